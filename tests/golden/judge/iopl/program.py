"""Asks for port input and output."""

import ctypes
import platform

number = {"x86_64": 172, "aarch64": -1}[platform.machine()]
result = ctypes.CDLL(None, use_errno=True).syscall(number, 3)
print("held" if result == -1 and ctypes.get_errno() in (1, 38) else "open")
