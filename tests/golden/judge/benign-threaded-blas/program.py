"""BLAS with several threads."""

import threading

import numpy as np

results = []
threads = [threading.Thread(target=lambda: results.append((np.ones((300, 300)) @ np.ones((300, 300)))[0, 0])) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("ok" if results == [300.0] * 4 else "bad")
