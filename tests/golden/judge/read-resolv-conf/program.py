"""Reads /etc/resolv.conf."""

try:
    open("/etc/resolv.conf", "rb").read(100)
except OSError:
    print("held")
else:
    print("open")
