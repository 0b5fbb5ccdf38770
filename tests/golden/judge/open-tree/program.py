"""Takes a mount."""

import ctypes
import platform

number = {"x86_64": 428, "aarch64": 428}[platform.machine()]
ctypes.CDLL(None).syscall(number, 0, 0, 0, 0, 0)
print("open")
