"""Holds a null byte."""

x = '\0'
