"""Reads CSV from memory."""

import io

import pandas as pd

print("ok" if pd.read_csv(io.StringIO("a,b\n1,2\n")).b[0] == 2 else "bad")
