"""Kills everything it may."""

import os
import signal

try:
    os.kill(-1, signal.SIGKILL)
except OSError:
    print("held")
else:
    print("open")
