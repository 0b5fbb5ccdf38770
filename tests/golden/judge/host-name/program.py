"""Asks for the host's name."""

import os

print("held" if os.uname().nodename == "greenroom" else "open")
