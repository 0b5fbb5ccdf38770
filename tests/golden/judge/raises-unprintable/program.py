"""Raises an exception that cannot be printed."""

class Rude(Exception):
    def __str__(self):
        raise self

    __repr__ = __str__


def solve(values):
    raise Rude
