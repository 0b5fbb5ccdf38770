"""Opens descriptors without end."""

import os

try:
    kept = [os.dup(1) for _ in range(10_000)]
except OSError:
    print("held")
else:
    print("open")
