"""Leaves a mark for the next run and looks for an older one."""

import os

print("open" if os.path.exists("mark") else "held")
try:
    open("mark", "w").write("I was here")
except OSError:
    pass
