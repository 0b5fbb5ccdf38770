"""Reads a host file as text with numpy."""

import numpy as np

try:
    print(np.loadtxt("/etc/passwd", dtype=str))
except OSError:
    print("held")
else:
    print("open")
