"""Sets an extended attribute."""

import os

try:
    os.setxattr(".", "user.x", b"1")
except OSError:
    print("held")
else:
    print("open")
