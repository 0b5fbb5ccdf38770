"""Sends an array block of objects, which would need pickle."""

import os
import struct


def solve(values):
    header = b"{'descr': '|O', 'fortran_order': False, 'shape': (1,), }\n"
    block = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + b"\x80\x04K\x07."
    text = b'{"value":{"!":"array","b":0},"nonce":"0","blocks":[%d]}' % len(block)
    os.write(3, struct.pack("<II", len(text) + len(block), len(text)) + text + block)
    return 0
