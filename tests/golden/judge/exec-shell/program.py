"""Replaces itself by a shell."""

import os

try:
    os.execv("/bin/sh", ["sh"])
except OSError:
    print("held")
else:
    print("open")
