"""Has the kernel signal another process."""

import fcntl

try:
    fcntl.fcntl(1, fcntl.F_SETOWN, 1)
except OSError:
    print("held")
else:
    print("open")
