"""Opens a socket of family AF_INET6, type SOCK_STREAM."""

import socket

try:
    socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
except OSError:
    print("held")
else:
    print("open")
