"""Reads another process's memory."""

import ctypes
import platform

number = {"x86_64": 310, "aarch64": 270}[platform.machine()]
ctypes.CDLL(None).syscall(number, 0, 0, 0, 0, 0)
print("open")
