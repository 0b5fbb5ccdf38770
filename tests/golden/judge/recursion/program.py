"""Recurses without end."""

def f():
    return f()


f()
