"""Writes to descriptor 1 past Python's streams."""

import os

while True:
    os.write(1, b"x" * 4096)
