"""Opens a socket of family AF_VSOCK, type SOCK_STREAM."""

import socket

try:
    socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)
except OSError:
    print("held")
else:
    print("open")
