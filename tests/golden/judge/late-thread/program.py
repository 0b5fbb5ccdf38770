"""A daemon thread writes to the descriptor after the result."""

import os
import threading
import time


def late():
    while True:
        os.write(3, b"\x02\x00\x00\x00\x02\x00\x00\x00{}")
        time.sleep(0)


def solve(values):
    threading.Thread(target=late, daemon=True).start()
    time.sleep(0.02)
    return sum(values)
