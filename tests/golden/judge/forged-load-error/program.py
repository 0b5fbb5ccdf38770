"""Answers the loading itself, with an error of a form that the supervisor does not know."""

import json
import os
import struct
import sys

caller = sys._getframe()
while "message" not in caller.f_locals or "nonce" not in caller.f_locals["message"]:
    caller = caller.f_back
text = json.dumps({"error": 5, "stage": "import", "nonce": caller.f_locals["message"]["nonce"]}).encode()
os.write(3, struct.pack("<II", len(text), len(text)) + text)


def solve(values):
    return 0
