"""Makes a symbolic link to a host file and reads through it."""

import os

try:
    os.symlink("/etc/passwd", "link")
    print(open("link").read())
except OSError:
    print("held")
else:
    print("open")
