"""Patches numpy in memory for the next run."""

import numpy as np

print("open" if np.mean(np.ones(3)) == 7 else "held")
np.mean = lambda values: 7
