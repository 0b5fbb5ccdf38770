"""Handles page faults itself."""

import ctypes
import platform

number = {"x86_64": 323, "aarch64": 282}[platform.machine()]
ctypes.CDLL(None).syscall(number, 0, 0, 0, 0, 0)
print("open")
