"""Makes a sparse file of a terabyte."""

import os

try:
    with open("sparse", "wb") as file:
        file.truncate(1 << 40)
except OSError:
    print("held")
else:
    print("open")
