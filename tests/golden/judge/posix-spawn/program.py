"""Spawns a shell."""

import os

try:
    os.posix_spawn("/bin/sh", ["sh"], {})
except OSError:
    print("held")
else:
    print("open")
