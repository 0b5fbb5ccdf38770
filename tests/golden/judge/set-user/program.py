"""Becomes root."""

import os

try:
    os.setuid(0)
except OSError:
    print("held")
else:
    print("open")
