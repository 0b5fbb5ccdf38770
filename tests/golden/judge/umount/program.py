"""Unmounts."""

import ctypes
import platform

number = {"x86_64": 166, "aarch64": 39}[platform.machine()]
ctypes.CDLL(None).syscall(number, 0, 0, 0, 0, 0)
print("open")
