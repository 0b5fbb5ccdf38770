"""Fetches a URL with pandas."""

import pandas as pd

try:
    print(pd.read_csv("http://127.0.0.1:8020/"))
except OSError:
    print("held")
else:
    print("open")
