"""Reads bank/ and writes one compiled, content-hashed file."""
