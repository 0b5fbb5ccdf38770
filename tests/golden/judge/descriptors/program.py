"""Looks for inherited descriptors."""

import fcntl

found = []
for fd in range(4, 4096):
    try:
        fcntl.fcntl(fd, fcntl.F_GETFD)
        found.append(fd)
    except OSError:
        pass
print("held" if not found else f"open {found}")
