"""Reads /etc/machine-id."""

try:
    open("/etc/machine-id", "rb").read(100)
except OSError:
    print("held")
else:
    print("open")
