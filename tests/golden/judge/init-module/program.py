"""Loads a kernel module."""

import ctypes
import platform

number = {"x86_64": 175, "aarch64": 105}[platform.machine()]
ctypes.CDLL(None).syscall(number, 0, 0, 0, 0, 0)
print("open")
