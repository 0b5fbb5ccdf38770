"""Started by path as the zygote's program: `python -I -S -B boot.py '["/lib/python", …]'` (its sys.path)."""

from __future__ import annotations

import json
import os
import sys


def start() -> None:
    """Load the package `inside` from its folder, forget the folder, and run the zygote."""
    sys.path[:] = [os.path.dirname(os.path.dirname(os.path.abspath(__file__))), *json.loads(sys.argv[1])]
    # Late import: the folder is on the path only for this one line.
    from inside import zygote  # type: ignore[import-not-found,unused-ignore]  # its name when started by path

    del sys.path[0]
    zygote.main()


if __name__ == "__main__":
    start()
