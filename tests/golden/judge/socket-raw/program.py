"""Opens a socket of family AF_INET, type SOCK_RAW."""

import socket

try:
    socket.socket(socket.AF_INET, socket.SOCK_RAW)
except OSError:
    print("held")
else:
    print("open")
