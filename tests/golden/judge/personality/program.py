"""Turns address randomisation off."""

import ctypes
import platform

number = {"x86_64": 135, "aarch64": 92}[platform.machine()]
result = ctypes.CDLL(None, use_errno=True).syscall(number, 0x0040000)
print("held" if result == -1 and ctypes.get_errno() in (1, 38) else "open")
