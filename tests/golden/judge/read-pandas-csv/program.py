"""Reads a host file with pandas."""

import pandas as pd

try:
    print(pd.read_csv("/etc/passwd"))
except OSError:
    print("held")
else:
    print("open")
