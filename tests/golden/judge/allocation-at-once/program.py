"""Asks for two gigabytes at once."""

bytearray(2 << 30)
