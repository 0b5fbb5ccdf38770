"""Forks."""

import os

try:
    os.fork()
except OSError:
    print("held")
else:
    print("open")
