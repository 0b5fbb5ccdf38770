"""Sets the clock."""

import ctypes
import platform

number = {"x86_64": 227, "aarch64": 112}[platform.machine()]
ctypes.CDLL(None).syscall(number, 0, 0, 0, 0, 0)
print("open")
