"""Reads a host file with DuckDB."""

import duckdb

try:
    if not duckdb.connect().execute("SELECT * FROM read_text('/etc/passwd')").fetchall():
        raise duckdb.Error("no such file")
except duckdb.Error:
    print("held")
else:
    print("open")
