"""Reads /proc/self/environ."""

try:
    open("/proc/self/environ", "rb").read(100)
except OSError:
    print("held")
else:
    print("open")
