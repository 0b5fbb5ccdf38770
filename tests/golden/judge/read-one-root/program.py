"""Reads /proc/1/root/etc/passwd."""

try:
    open("/proc/1/root/etc/passwd", "rb").read(100)
except OSError:
    print("held")
else:
    print("open")
