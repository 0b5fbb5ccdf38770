"""Replaces the filter."""

import ctypes
import platform

number = {"x86_64": 317, "aarch64": 277}[platform.machine()]
result = ctypes.CDLL(None, use_errno=True).syscall(number, 1, 0, 0)
print("held" if result == -1 and ctypes.get_errno() in (1, 38) else "open")
