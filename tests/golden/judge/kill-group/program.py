"""Kills its process group."""

import os
import signal

try:
    os.killpg(0, signal.SIGKILL)
except OSError:
    print("held")
else:
    print("open")
