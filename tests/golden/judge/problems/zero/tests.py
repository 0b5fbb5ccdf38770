"""Returns zero as a float."""

from greenroom.judge.cases import Case


def visible():
    return [Case("zero", args=[1.0], expected=0.0)]
