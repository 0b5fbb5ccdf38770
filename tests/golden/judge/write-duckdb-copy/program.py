"""Writes a host file with DuckDB."""

import duckdb

try:
    duckdb.connect().execute("COPY (SELECT 1) TO '/tmp/out.csv'")
except duckdb.Error:
    print("held")
else:
    print("open")
