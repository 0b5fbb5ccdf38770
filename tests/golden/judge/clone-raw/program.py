"""Clones a process with the raw call."""

import ctypes
import platform

number = {"x86_64": 56, "aarch64": 220}[platform.machine()]
result = ctypes.CDLL(None, use_errno=True).syscall(number, 17, 0, 0, 0, 0)
print("held" if result == -1 and ctypes.get_errno() in (1, 38) else "open")
