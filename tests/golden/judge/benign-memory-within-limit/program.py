"""Uses most of its memory and gives it back."""

import numpy as np

for _ in range(20):
    x = np.ones(6_000_000)
print("ok" if x.sum() == 6_000_000 else "bad")
