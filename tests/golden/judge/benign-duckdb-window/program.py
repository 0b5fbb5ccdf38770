"""A window function over a million rows."""

import duckdb

row = duckdb.connect().execute("SELECT max(r) FROM (SELECT row_number() OVER (ORDER BY i) r FROM range(1000000) t(i))")
print("ok" if row.fetchone()[0] == 1_000_000 else "bad")
