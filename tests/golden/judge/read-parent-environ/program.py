"""Reads /proc/1/environ."""

try:
    open("/proc/1/environ", "rb").read(100)
except OSError:
    print("held")
else:
    print("open")
