"""Opens a socket of family AF_NETLINK, type SOCK_RAW."""

import socket

try:
    socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)
except OSError:
    print("held")
else:
    print("open")
