"""Executes by descriptor."""

import ctypes
import platform

number = {"x86_64": 322, "aarch64": 281}[platform.machine()]
result = ctypes.CDLL(None, use_errno=True).syscall(number, 0, b"", 0, 0, 0x1000)
print("held" if result == -1 and ctypes.get_errno() in (1, 38) else "open")
