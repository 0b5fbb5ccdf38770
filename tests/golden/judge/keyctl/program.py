"""Reads kernel keys."""

import ctypes
import platform

number = {"x86_64": 250, "aarch64": 219}[platform.machine()]
ctypes.CDLL(None).syscall(number, 0, 0, 0, 0, 0)
print("open")
