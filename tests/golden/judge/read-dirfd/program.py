"""Opens the root as a folder and reads relative to it."""

import os

try:
    root = os.open("/", os.O_RDONLY | os.O_DIRECTORY)
    print(os.read(os.open("etc/passwd", os.O_RDONLY, dir_fd=root), 100))
except OSError:
    print("held")
else:
    print("open")
