"""Builds the bank before a wheel is made, so that the compiled bank ships inside it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BankBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling leaves the parameter open
    """Compiles bank/ into src/greenroom/content/compiled/."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Runs before files are collected. An editable install leaves the bank to `./dev`."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from greenroom.content.compiling import build  # after sys.path: the package is not installed yet

        # A wheel is a release: items that nobody solved blind stay out of it.
        build(root / "bank", root / "src" / "greenroom" / "content" / "compiled" / "bank.json", is_release=True)
