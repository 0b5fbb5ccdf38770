"""Opens a socket of family AF_PACKET, type SOCK_RAW."""

import socket

try:
    socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
except OSError:
    print("held")
else:
    print("open")
