"""Sends JSON nested a hundred thousand deep."""

import os
import struct


def solve(values):
    data = b"[" * 100_000 + b"]" * 100_000
    view = memoryview(struct.pack("<II", len(data), len(data)) + data)
    while view:
        view = view[os.write(3, view) :]
    return 0
