"""Reads /dev/tty."""

try:
    open("/dev/tty", "rb").read(100)
except OSError:
    print("held")
else:
    print("open")
