"""Loads a kernel program."""

import ctypes
import platform

number = {"x86_64": 321, "aarch64": 280}[platform.machine()]
ctypes.CDLL(None).syscall(number, 0, 0, 0, 0, 0)
print("open")
