"""Raises its CPU limit."""

import resource

try:
    resource.setrlimit(resource.RLIMIT_CPU, (10_000, 10_000))
except (OSError, ValueError):
    print("held")
else:
    print("open")
