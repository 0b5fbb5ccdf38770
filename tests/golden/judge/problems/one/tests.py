"""Returns the integer 1."""

from greenroom.judge.cases import Case


def visible():
    return [Case("one", args=[1], expected=1)]
