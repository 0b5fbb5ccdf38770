"""Makes own namespaces."""

import ctypes
import platform

number = {"x86_64": 272, "aarch64": 97}[platform.machine()]
ctypes.CDLL(None).syscall(number, 0x10000000)
print("open")
