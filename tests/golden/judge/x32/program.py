"""Makes a system call through the x32 table."""

import ctypes

ctypes.CDLL(None).syscall(0x40000000 + 39)
print("open")
