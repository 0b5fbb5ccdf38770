"""Lifts Python's recursion limit and overflows the stack."""

import sys

sys.setrecursionlimit(10**9)


class A:
    def __getattr__(self, name):
        return getattr(self, name + "x")


def f(x):
    return repr(x)


x = []
for _ in range(10**6):
    x = [x]
repr(x)
