"""Writes another process's memory."""

import ctypes
import platform

number = {"x86_64": 311, "aarch64": 271}[platform.machine()]
ctypes.CDLL(None).syscall(number, 0, 0, 0, 0, 0)
print("open")
