"""Fills the scratch folder beyond its size."""

try:
    for number in range(64):
        with open(str(number), "wb") as file:
            file.write(b"x" * (1 << 20))
except OSError:
    print("held")
else:
    print("open")
