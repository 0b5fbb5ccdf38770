"""Imports Greenroom to read the bank."""

import importlib

try:
    importlib.import_module("greenroom.content.bank")
except ImportError:
    print("held")
else:
    print("open")
