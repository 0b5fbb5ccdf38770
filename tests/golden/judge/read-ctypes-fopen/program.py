"""Reads a host file through libc."""

import ctypes

try:
    libc = ctypes.CDLL(None)
    libc.fopen.restype = ctypes.c_void_p
    if not libc.fopen(b"/etc/passwd", b"r"):
        raise OSError("no file")
except OSError:
    print("held")
else:
    print("open")
