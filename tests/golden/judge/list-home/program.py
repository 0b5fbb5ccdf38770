"""Lists home folders."""

import os

try:
    print(os.listdir("/home"), os.listdir("/root"))
except OSError:
    print("held")
else:
    print("open")
