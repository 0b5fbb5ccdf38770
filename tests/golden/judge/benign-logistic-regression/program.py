"""Fits scikit-learn's logistic regression."""

from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression

X, y = make_classification(n_samples=300, random_state=0)
print("ok" if LogisticRegression().fit(X, y).score(X, y) > 0.8 else "bad")
