"""Returns an object that says it is an int."""

class Spoofed:
    @property
    def __class__(self):
        return int

    def __int__(self):
        return 7

    __index__ = __int__


def solve(values):
    return Spoofed()
