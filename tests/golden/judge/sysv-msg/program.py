"""Gets a System V message queue."""

import ctypes
import platform

number = {"x86_64": 68, "aarch64": 186}[platform.machine()]
result = ctypes.CDLL(None, use_errno=True).syscall(number, 1234, 0o1666)
print("held" if result == -1 and ctypes.get_errno() in (1, 38) else "open")
