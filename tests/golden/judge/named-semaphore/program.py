"""Makes a named semaphore."""

import multiprocessing

try:
    multiprocessing.Lock()
except (OSError, ImportError):
    print("held")
else:
    print("open")
