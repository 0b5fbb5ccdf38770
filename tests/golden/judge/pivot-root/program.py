"""Changes the root."""

import ctypes
import platform

number = {"x86_64": 155, "aarch64": 41}[platform.machine()]
ctypes.CDLL(None).syscall(number, 0, 0, 0, 0, 0)
print("open")
