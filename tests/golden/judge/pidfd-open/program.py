"""Opens a handle on its parent."""

import ctypes
import platform

number = {"x86_64": 434, "aarch64": 434}[platform.machine()]
result = ctypes.CDLL(None, use_errno=True).syscall(number, 1, 0)
print("held" if result == -1 and ctypes.get_errno() in (1, 38) else "open")
