"""Catches MemoryError and goes on within its limit: that is allowed."""

try:
    bytearray(2 << 30)
except MemoryError:
    print("held")
