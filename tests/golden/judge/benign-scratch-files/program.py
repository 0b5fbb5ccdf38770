"""Writes, reads, renames and removes scratch files."""

import os
import tempfile

with tempfile.TemporaryDirectory(dir=".") as folder:
    path = os.path.join(folder, "a.txt")
    with open(path, "w") as file:
        file.write("hello")
    os.rename(path, path + ".b")
    print("ok" if open(path + ".b").read() == "hello" else "bad")
