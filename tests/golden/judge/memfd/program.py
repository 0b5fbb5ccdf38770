"""Makes an anonymous executable file."""

import ctypes
import platform

number = {"x86_64": 319, "aarch64": 279}[platform.machine()]
result = ctypes.CDLL(None, use_errno=True).syscall(number, b"x", 0)
print("held" if result == -1 and ctypes.get_errno() in (1, 38) else "open")
