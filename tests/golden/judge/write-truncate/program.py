"""Truncates a library."""

import os

try:
    os.truncate(os.__file__, 0)
except OSError:
    print("held")
else:
    print("open")
