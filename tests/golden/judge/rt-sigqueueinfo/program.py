"""Queues a signal for its parent."""

import ctypes
import platform

number = {"x86_64": 129, "aarch64": 138}[platform.machine()]
result = ctypes.CDLL(None, use_errno=True).syscall(number, 1, 9, 0)
print("held" if result == -1 and ctypes.get_errno() in (1, 38) else "open")
