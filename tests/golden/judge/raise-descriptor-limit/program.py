"""Raises the number of descriptors."""

import resource

try:
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
except (OSError, ValueError):
    print("held")
else:
    print("open")
