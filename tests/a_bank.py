"""A compiled bank of real coding problems, built for tests from the bank's own sources."""

from __future__ import annotations

import shutil
from pathlib import Path

from greenroom.content.bank import CompiledBank, load
from greenroom.content.compiling import compile_bank, write

BANK = Path(__file__).parents[1] / "bank"


def a_bank_of_problems(folder: Path, *problems: str) -> CompiledBank:
    """The taxonomy and these problems (`k-means`, …), compiled into that folder."""
    sources = folder / "bank"
    shutil.copytree(BANK / "taxonomy", sources / "taxonomy")
    for problem in problems:
        shutil.copytree(BANK / "problems" / problem, sources / "problems" / problem)
    write(compile_bank(sources, cache_dir=folder / "cache"), folder / "bank.json", left_out=frozenset())
    return load(folder / "bank.json")
