import numpy as np


def roc_auc(y: np.ndarray, scores: np.ndarray) -> float | None:
    """Area under the ROC curve; ties count one half. y[n] in {0, 1}, scores[n].

    None where there is no positive or no negative.
    """
    raise NotImplementedError
