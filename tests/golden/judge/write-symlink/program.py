"""Plants a symbolic link in the scratch folder."""

import os

try:
    os.symlink("/etc", "etc")
except OSError:
    print("held")
else:
    print("open")
