"""A pool of threads."""

from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor(4) as pool:
    print("ok" if sum(pool.map(lambda x: x * x, range(100))) == 328350 else "bad")
