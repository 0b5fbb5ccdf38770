"""Gets System V shared memory."""

import ctypes
import platform

number = {"x86_64": 29, "aarch64": 194}[platform.machine()]
result = ctypes.CDLL(None, use_errno=True).syscall(number, 1234, 4096, 0o1666)
print("held" if result == -1 and ctypes.get_errno() in (1, 38) else "open")
