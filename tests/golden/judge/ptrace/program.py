"""Traces its parent."""

import ctypes
import platform

number = {"x86_64": 101, "aarch64": 117}[platform.machine()]
ctypes.CDLL(None).syscall(number, 16, 1, 0, 0)
print("open")
