"""Lifts its memory limit."""

import resource

try:
    resource.setrlimit(resource.RLIMIT_AS, (-1, -1))
except (OSError, ValueError):
    print("held")
else:
    print("open")
