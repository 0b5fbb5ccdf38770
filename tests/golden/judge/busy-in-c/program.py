"""Loops for ever inside one C call."""

sum(range(10**15))
