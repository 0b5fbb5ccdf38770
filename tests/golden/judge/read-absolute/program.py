"""Reads a host file by its absolute path."""

try:
    print(open("/etc/passwd").read())
except OSError:
    print("held")
else:
    print("open")
