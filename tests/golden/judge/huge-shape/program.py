"""Claims an array of 10^15 elements in a few bytes."""

import os
import struct


def solve(values):
    header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000000,), }\n"
    block = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + b"12345678"
    text = b'{"value":{"!":"array","b":0},"nonce":"0","blocks":[%d]}' % len(block)
    os.write(3, struct.pack("<II", len(text) + len(block), len(text)) + text + block)
    return 0
