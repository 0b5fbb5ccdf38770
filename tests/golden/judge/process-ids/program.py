"""Asks who its parent is: the judge's process 1 of an own namespace."""

import os

print("held" if os.getppid() == 1 else "open")
