"""Reads /dev/mem."""

try:
    open("/dev/mem", "rb").read(100)
except OSError:
    print("held")
else:
    print("open")
