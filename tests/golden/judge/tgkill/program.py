"""Signals a thread of another process."""

import ctypes
import platform

number = {"x86_64": 234, "aarch64": 131}[platform.machine()]
result = ctypes.CDLL(None, use_errno=True).syscall(number, 1, 1, 9)
print("held" if result == -1 and ctypes.get_errno() in (1, 38) else "open")
