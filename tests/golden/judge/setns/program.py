"""Joins namespaces."""

import ctypes
import platform

number = {"x86_64": 308, "aarch64": 268}[platform.machine()]
ctypes.CDLL(None).syscall(number, 0, 0)
print("open")
