"""Looks for paths and names in the interpreter's arguments."""

import sys

print("held" if sys.argv == [""] and not sys.orig_argv else "open")
