"""Reads /proc/self/mem."""

try:
    open("/proc/self/mem", "rb").read(100)
except OSError:
    print("held")
else:
    print("open")
