"""Allocates until it is stopped."""

kept = []
while True:
    kept.append(bytearray(1 << 20))
