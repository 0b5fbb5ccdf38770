"""Runs a command."""

import subprocess

try:
    subprocess.run(["/bin/true"])
except OSError:
    print("held")
else:
    print("open")
