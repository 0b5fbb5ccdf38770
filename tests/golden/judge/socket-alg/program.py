"""Opens a socket of family AF_ALG, type SOCK_SEQPACKET."""

import socket

try:
    socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET)
except OSError:
    print("held")
else:
    print("open")
