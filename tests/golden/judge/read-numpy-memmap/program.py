"""Maps a host file with numpy."""

import numpy as np

try:
    print(np.memmap("/etc/passwd", dtype="u1", mode="r")[:5])
except OSError:
    print("held")
else:
    print("open")
