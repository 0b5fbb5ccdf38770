"""Rearranges its mappings."""

import ctypes
import platform

number = {"x86_64": 216, "aarch64": 234}[platform.machine()]
result = ctypes.CDLL(None, use_errno=True).syscall(number, 0, 0, 0, 0, 0)
print("held" if result == -1 and ctypes.get_errno() in (1, 38) else "open")
