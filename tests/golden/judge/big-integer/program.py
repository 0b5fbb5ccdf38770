"""Computes a power that never ends."""

print(9 ** 9 ** 9 % 7 if 9 ** 9 ** 8 else 0)
