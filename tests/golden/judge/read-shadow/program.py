"""Reads /etc/shadow."""

try:
    open("/etc/shadow", "rb").read(100)
except OSError:
    print("held")
else:
    print("open")
