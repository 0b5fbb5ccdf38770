"""Asks a device for something else."""

import fcntl

try:
    fcntl.ioctl(0, 0x5413, b"        ")
except OSError:
    print("held")
else:
    print("open")
