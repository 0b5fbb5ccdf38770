"""Is no Python."""

def f(:
    pass
