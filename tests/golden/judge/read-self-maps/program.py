"""Reads /proc/self/maps."""

try:
    open("/proc/self/maps", "rb").read(100)
except OSError:
    print("held")
else:
    print("open")
