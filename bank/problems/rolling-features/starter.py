import numpy as np


def rolling_features(
    user: np.ndarray, at: np.ndarray, amount: np.ndarray, window: int
) -> np.ndarray:
    """Features of each row from the same user's rows in [at - window, at).

    user[n], at[n] (seconds), amount[n]. Returns [n, 4]: count, sum, mean, seconds since the latest earlier row.
    """
    raise NotImplementedError
