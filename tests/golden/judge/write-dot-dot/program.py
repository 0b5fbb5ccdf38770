"""Writes beside the scratch folder."""

try:
    open("../greenroom-was-here", "w").write("x")
except OSError:
    print("held")
else:
    print("open")
