"""k-means, which uses OpenMP."""

import numpy as np
from sklearn.cluster import KMeans

X = np.r_[np.zeros((50, 2)), np.ones((50, 2))] + np.random.default_rng(0).normal(size=(100, 2)) * 0.01
print("ok" if len(set(KMeans(2, n_init=2, random_state=0).fit_predict(X))) == 2 else "bad")
