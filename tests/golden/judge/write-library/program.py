"""Changes a module of the standard library."""

import os

try:
    open(os.__file__, "a").write("print('owned')")
except OSError:
    print("held")
else:
    print("open")
