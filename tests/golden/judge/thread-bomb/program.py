"""Starts threads without end."""

import threading

threading.stack_size(32 << 10)
stop = threading.Event()
count = 0
try:
    for _ in range(100_000):
        threading.Thread(target=stop.wait, daemon=True).start()
        count += 1
except (RuntimeError, MemoryError):
    pass
stop.set()
print("held" if count < 2_000 else "open")
