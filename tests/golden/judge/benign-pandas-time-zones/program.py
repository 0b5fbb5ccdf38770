"""Time zones in pandas."""

import pandas as pd

moment = pd.Timestamp("2024-07-01", tz="Europe/Berlin")
print("ok" if moment.tz_convert("UTC").hour == 22 else "bad")
