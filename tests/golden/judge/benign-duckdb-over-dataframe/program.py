"""DuckDB over a DataFrame."""

import duckdb
import pandas as pd

frame = pd.DataFrame({"a": [1, 2, 3]})
print("ok" if duckdb.connect().execute("SELECT sum(a) FROM frame").fetchone()[0] == 6 else "bad")
