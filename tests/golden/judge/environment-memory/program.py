"""Reads the environment block through libc."""

import ctypes

block = (ctypes.c_char_p * 64).in_dll(ctypes.CDLL(None), "environ")
pointer = ctypes.cast(ctypes.c_void_p.in_dll(ctypes.CDLL(None), "environ").value, ctypes.POINTER(ctypes.c_char_p))
names = []
while pointer[len(names)]:
    names.append(pointer[len(names)])
print("open" if any(name.startswith((b"PATH=", b"GREENROOM", b"USER=", b"SSH")) for name in names) else "held")
