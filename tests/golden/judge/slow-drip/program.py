"""Prints a little now and then, for ever."""

import time

while True:
    print(".", flush=True)
    time.sleep(0.05)
