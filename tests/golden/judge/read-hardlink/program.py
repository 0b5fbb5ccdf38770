"""Links a host file into the scratch folder."""

import os

try:
    os.link("/etc/passwd", "link")
    print(open("link").read())
except OSError:
    print("held")
else:
    print("open")
