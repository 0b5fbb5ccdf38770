"""Reads a host file with io.open_code."""

import io

try:
    print(io.open_code("/etc/passwd").read())
except OSError:
    print("held")
else:
    print("open")
