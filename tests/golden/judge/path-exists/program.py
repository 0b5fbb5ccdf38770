"""Asks whether host files exist."""

import os

found = [path for path in ("/etc/passwd", "/proc", "/home", "/var", "/boot") if os.path.exists(path)]
print("open" if found else "held")
