"""Takes priority."""

import os

try:
    os.nice(-5)
except OSError:
    print("held")
else:
    print("open")
