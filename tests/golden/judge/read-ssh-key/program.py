"""Reads /root/.ssh/id_rsa."""

try:
    open("/root/.ssh/id_rsa", "rb").read(100)
except OSError:
    print("held")
else:
    print("open")
