"""Opens a POSIX message queue."""

import ctypes
import platform

number = {"x86_64": 240, "aarch64": 180}[platform.machine()]
result = ctypes.CDLL(None, use_errno=True).syscall(number, b"/greenroom", 66, 0o666, 0)
print("held" if result == -1 and ctypes.get_errno() in (1, 38) else "open")
