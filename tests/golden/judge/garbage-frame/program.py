"""Sends bytes that are no frame."""

import os
import struct


def solve(values):
    os.write(3, struct.pack("<II", 8, 8) + b"\x80\x04K\x07.xyz")
    return 0
