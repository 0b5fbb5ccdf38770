"""Reads a host file with numpy."""

import numpy as np

try:
    print(np.fromfile("/etc/passwd", dtype="u1")[:5])
except OSError:
    print("held")
else:
    print("open")
