"""A pipeline with cross-validation."""

from sklearn.datasets import load_iris
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

X, y = load_iris(return_X_y=True)
print("ok" if cross_val_score(make_pipeline(StandardScaler(), SVC()), X, y).mean() > 0.9 else "bad")
