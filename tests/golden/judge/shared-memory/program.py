"""Makes shared memory for another run."""

from multiprocessing import shared_memory

try:
    shared_memory.SharedMemory(create=True, size=100)
except OSError:
    print("held")
else:
    print("open")
