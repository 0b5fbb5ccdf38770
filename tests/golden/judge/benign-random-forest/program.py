"""Fits a random forest with two jobs."""

from sklearn.datasets import make_classification
from sklearn.ensemble import RandomForestClassifier

X, y = make_classification(n_samples=300, random_state=0)
model = RandomForestClassifier(n_estimators=20, n_jobs=2, random_state=0).fit(X, y)
print("ok" if model.score(X, y) > 0.9 else "bad")
