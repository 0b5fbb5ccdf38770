"""Runs a command line."""

import os

print("held" if os.system("true") != 0 else "open")
