"""Raises SystemExit(0) instead of answering."""

import sys


def solve(values):
    sys.exit(0)
