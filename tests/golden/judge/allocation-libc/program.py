"""Allocates through libc and touches the memory."""

import ctypes

libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
for _ in range(4_096):
    block = libc.malloc(1 << 20)
    if not block:
        raise MemoryError
    ctypes.memset(block, 1, 1 << 20)
print("open")
