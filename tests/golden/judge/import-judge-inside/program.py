"""Imports the harness's own package to find the supervisor's part."""

import importlib

try:
    importlib.import_module("inside.zygote2")
except ImportError:
    print("held")
else:
    print("open")
