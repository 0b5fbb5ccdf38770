"""Opens a socket of family AF_UNIX, type SOCK_STREAM."""

import socket

try:
    socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
except OSError:
    print("held")
else:
    print("open")
