"""A pandas group-by with a merge."""

import pandas as pd

frame = pd.DataFrame({"k": ["a", "b", "a"], "v": [1, 2, 3]})
print("ok" if frame.groupby("k").v.sum().to_dict() == {"a": 4, "b": 2} else "bad")
