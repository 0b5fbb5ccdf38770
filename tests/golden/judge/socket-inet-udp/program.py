"""Opens a socket of family AF_INET, type SOCK_DGRAM."""

import socket

try:
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
except OSError:
    print("held")
else:
    print("open")
