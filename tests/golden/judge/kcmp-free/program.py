"""Sets its own robust process name through prctl."""

import ctypes
import platform

number = {"x86_64": 157, "aarch64": 167}[platform.machine()]
result = ctypes.CDLL(None, use_errno=True).syscall(number, 15, 0, 0, 0, 0)
print("held" if result == -1 and ctypes.get_errno() in (1, 38) else "open")
