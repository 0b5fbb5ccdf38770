"""Prints a lot, within the limit."""

for number in range(5_000):
    print("line", number)
