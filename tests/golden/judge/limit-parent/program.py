"""Changes a limit of its parent."""

import resource

try:
    resource.prlimit(1, resource.RLIMIT_CPU, (1, 1))
except OSError:
    print("held")
else:
    print("open")
