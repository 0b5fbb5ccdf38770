"""Opens the root with O_PATH, which needs no read permission."""

import os

try:
    root = os.open("/", os.O_PATH)
    print(os.read(os.open("etc/hostname", os.O_RDONLY, dir_fd=root), 100))
except OSError:
    print("held")
else:
    print("open")
