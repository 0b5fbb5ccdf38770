"""Attaches a database file outside."""

import duckdb

try:
    duckdb.connect().execute("ATTACH '/tmp/stolen.db'")
except duckdb.Error:
    print("held")
else:
    print("open")
