"""Makes a named pipe."""

import os

try:
    os.mkfifo("pipe")
except OSError:
    print("held")
else:
    print("open")
