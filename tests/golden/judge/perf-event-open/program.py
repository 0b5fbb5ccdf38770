"""Opens kernel counters."""

import ctypes
import platform

number = {"x86_64": 298, "aarch64": 241}[platform.machine()]
ctypes.CDLL(None).syscall(number, 0, 0, 0, 0, 0)
print("open")
