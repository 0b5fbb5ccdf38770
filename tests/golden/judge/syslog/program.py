"""Reads the kernel's log."""

import ctypes
import platform

number = {"x86_64": 103, "aarch64": 116}[platform.machine()]
result = ctypes.CDLL(None, use_errno=True).syscall(number, 3, 0, 0)
print("held" if result == -1 and ctypes.get_errno() in (1, 38) else "open")
