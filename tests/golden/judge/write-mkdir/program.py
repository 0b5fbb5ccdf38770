"""Makes a folder in the root."""

import os

try:
    os.mkdir("/greenroom-was-here")
except OSError:
    print("held")
else:
    print("open")
