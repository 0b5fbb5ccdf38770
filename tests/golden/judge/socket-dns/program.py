"""Resolves a name."""

import socket

try:
    socket.getaddrinfo("example.org", 80)
except OSError:
    print("held")
else:
    print("open")
