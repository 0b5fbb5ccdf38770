"""Downloads a DuckDB extension."""

import duckdb

try:
    duckdb.connect().execute("INSTALL httpfs")
except duckdb.Error:
    print("held")
else:
    print("open")
