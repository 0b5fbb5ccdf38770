"""Lists the root folder."""

import os

try:
    print(os.listdir("/"))
except OSError:
    print("held")
else:
    print("open")
