"""Moves a scratch file out."""

import os

try:
    open("x", "w").write("x")
    os.rename("x", "/tmp/x")
except OSError:
    print("held")
else:
    print("open")
