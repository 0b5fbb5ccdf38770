"""Announces more than it sends, then leaves."""

import os
import struct


def solve(values):
    os.write(3, struct.pack("<II", 1000, 10) + b"{}")
    os._exit(0)
