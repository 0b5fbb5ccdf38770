"""Opens a file whose permissions say no; a capability would not ask."""

import os

try:
    os.close(os.open("locked", os.O_CREAT | os.O_WRONLY, 0o000))
    open("locked").read()
except OSError:
    print("held")
else:
    print("open")
