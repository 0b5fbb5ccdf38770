"""Opens a socket of family AF_INET, type SOCK_STREAM."""

import socket

try:
    socket.socket(socket.AF_INET, socket.SOCK_STREAM)
except OSError:
    print("held")
else:
    print("open")
