"""A stack with push, pop and size."""

from greenroom.judge.cases import Case


def visible():
    return [Case("push and pop", calls=[("__init__", []), ("push", [3]), ("push", [4]), ("pop", []), ("size", [])])]


def hidden(rng):
    return [Case("two stacks share nothing", calls=[("__init__", []), ("size", [])])]
