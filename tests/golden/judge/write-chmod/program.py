"""Makes a library writable."""

import os

try:
    os.chmod(os.__file__, 0o777)
except OSError:
    print("held")
else:
    print("open")
