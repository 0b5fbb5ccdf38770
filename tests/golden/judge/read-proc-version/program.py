"""Reads /proc/version."""

try:
    open("/proc/version", "rb").read(100)
except OSError:
    print("held")
else:
    print("open")
