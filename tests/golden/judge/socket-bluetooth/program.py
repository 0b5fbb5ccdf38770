"""Opens a Bluetooth socket."""

import socket

try:
    socket.socket(31, socket.SOCK_RAW, 1)
except OSError:
    print("held")
else:
    print("open")
