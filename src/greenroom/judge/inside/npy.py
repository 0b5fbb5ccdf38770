"""Arrays as `.npy` blocks (version 1.0), strictly: one header form, plain dtypes, never pickle."""

from __future__ import annotations

import re
import struct
from typing import Any  # Any: arrays of any plain dtype

import numpy as np

_MAGIC = b"\x93NUMPY\x01\x00"
_NPY = re.compile(
    r"\{'descr': '([<>|=][biufcSUMm]\d+(?:\[\w+\])?)', 'fortran_order': False, 'shape': \(((?:\d+,? ?)*)\), \} *\n"
)


class Malformed(ValueError):
    """The bytes are no frame of this protocol, or break one of its caps."""


def write_npy(value: np.ndarray[Any, Any]) -> bytes:
    """The block of an array of a plain dtype, in C order."""
    header = f"{{'descr': '{value.dtype.str}', 'fortran_order': False, 'shape': {value.shape!r}, }}"
    header += " " * (63 - (len(header) + 10) % 64) + "\n"
    return _MAGIC + struct.pack("<H", len(header)) + header.encode() + value.tobytes("C")


def read_npy(block: memoryview) -> np.ndarray[Any, Any]:
    """The array of one `.npy` block (version 1.0). The claimed size must be the real one: nothing else
    is allocated. Raises Malformed."""
    if bytes(block[:8]) != _MAGIC:
        raise Malformed("a block is not .npy")
    (header_length,) = struct.unpack("<H", block[8:10])
    header = _NPY.fullmatch(bytes(block[10 : 10 + header_length]).decode("latin-1"))
    if header is None:
        raise Malformed("an array header is not of this protocol")
    dtype = np.dtype(header[1])
    shape = tuple(int(size) for size in header[2].replace(",", " ").split())
    data = block[10 + header_length :]
    count = 1
    for size in shape:
        count *= size
    if len(shape) > 32 or dtype.itemsize == 0 or count * dtype.itemsize != len(data):
        if not (dtype.itemsize == 0 and len(data) == 0 and count <= 1 << 20):
            raise Malformed("an array's size does not fit its shape")
        return np.zeros(shape, dtype=dtype)
    return np.frombuffer(data, dtype=dtype).reshape(shape).copy()
