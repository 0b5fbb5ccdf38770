"""`python -m greenroom` and the `greenroom` command."""

from __future__ import annotations

from greenroom.cli.main import main

if __name__ == "__main__":
    main()
