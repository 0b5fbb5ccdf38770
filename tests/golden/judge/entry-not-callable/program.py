"""Defines it as a number."""

solve = 7
