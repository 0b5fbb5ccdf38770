"""Greenroom: rehearse the whole AI/ML interview loop on your own machine."""

__version__ = "0.1.0"
