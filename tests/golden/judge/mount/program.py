"""Mounts a file system."""

import ctypes
import platform

number = {"x86_64": 165, "aarch64": 40}[platform.machine()]
ctypes.CDLL(None).syscall(number, 0, 0, 0, 0, 0)
print("open")
