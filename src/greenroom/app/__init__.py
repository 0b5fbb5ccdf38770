"""Use cases: one function each, at most one write transaction each."""
