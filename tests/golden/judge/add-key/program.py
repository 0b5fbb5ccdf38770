"""Adds a kernel key."""

import ctypes
import platform

number = {"x86_64": 248, "aarch64": 217}[platform.machine()]
ctypes.CDLL(None).syscall(number, 0, 0, 0, 0, 0)
print("open")
