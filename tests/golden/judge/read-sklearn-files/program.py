"""Loads a folder of the host with scikit-learn."""

from sklearn.datasets import load_files

try:
    print(load_files("/etc"))
except OSError:
    print("held")
else:
    print("open")
