"""Takes a library over."""

import os

try:
    os.chown(os.__file__, os.getuid(), os.getgid())
except OSError:
    print("held")
else:
    print("open")
