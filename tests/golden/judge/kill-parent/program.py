"""Kills its parent."""

import os
import signal

try:
    os.kill(os.getppid(), signal.SIGKILL)
except OSError:
    print("held")
else:
    print("open")
