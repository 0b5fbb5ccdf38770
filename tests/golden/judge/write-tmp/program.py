"""Writes to /tmp."""

try:
    open("/tmp/greenroom-was-here", "w").write("x")
except OSError:
    print("held")
else:
    print("open")
