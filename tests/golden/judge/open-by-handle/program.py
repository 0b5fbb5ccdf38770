"""Opens a file by its handle, past all paths."""

import ctypes
import platform

number = {"x86_64": 304, "aarch64": 265}[platform.machine()]
result = ctypes.CDLL(None, use_errno=True).syscall(number, -100, 0, 0)
print("held" if result == -1 and ctypes.get_errno() in (1, 38) else "open")
