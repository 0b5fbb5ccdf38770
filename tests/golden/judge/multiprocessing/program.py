"""Starts a worker process."""

import multiprocessing

try:
    multiprocessing.get_context("fork").Process(target=print).start()
except OSError:
    print("held")
else:
    print("open")
