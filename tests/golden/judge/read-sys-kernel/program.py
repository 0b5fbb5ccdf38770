"""Reads /sys/kernel/notes."""

try:
    open("/sys/kernel/notes", "rb").read(100)
except OSError:
    print("held")
else:
    print("open")
