"""Makes its own session."""

import os

try:
    os.setsid()
except OSError:
    print("held")
else:
    print("open")
