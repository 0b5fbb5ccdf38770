"""Clones with clone3, whose flags a filter cannot see."""

import ctypes
import platform

number = {"x86_64": 435, "aarch64": 435}[platform.machine()]
result = ctypes.CDLL(None, use_errno=True).syscall(number, 0, 0)
print("held" if result == -1 and ctypes.get_errno() in (1, 38) else "open")
