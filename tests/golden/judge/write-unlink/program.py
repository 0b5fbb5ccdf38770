"""Deletes a module."""

import os

try:
    os.unlink(os.__file__)
except OSError:
    print("held")
else:
    print("open")
