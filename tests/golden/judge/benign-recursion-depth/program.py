"""Recursion within reason."""

import sys
from functools import cache

sys.setrecursionlimit(5_000)


@cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print("ok" if fib(1_000) % 10 == 5 else "bad")
