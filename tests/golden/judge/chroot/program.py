"""Changes the root the old way."""

import ctypes
import platform

number = {"x86_64": 161, "aarch64": 51}[platform.machine()]
ctypes.CDLL(None).syscall(number, b".")
print("open")
