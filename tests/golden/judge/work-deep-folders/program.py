"""Nests a thousand folders."""

import os

try:
    for _ in range(1_000):
        os.mkdir("d")
        os.chdir("d")
except OSError:
    print("held")
else:
    print("open")
