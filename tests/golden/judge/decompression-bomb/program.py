"""Unpacks a gigabyte."""

import zlib

zlib.decompress(zlib.compress(bytes(1 << 26)) )
zlib.decompress(zlib.compress(bytes(1 << 28)))
