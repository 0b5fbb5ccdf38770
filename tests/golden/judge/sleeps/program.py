"""Sleeps for ever: wall time is bounded too."""

import time

time.sleep(10_000)
