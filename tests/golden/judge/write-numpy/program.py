"""Changes numpy on disk for the next run."""

import numpy

try:
    open(numpy.__file__, "a").write("print('owned')")
except OSError:
    print("held")
else:
    print("open")
