"""What a check found: where, what, why it matters and what to do. Collected, never raised one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One problem of the bank's sources, printed as `path:line: what, why; remedy`."""

    path: str
    """As people type it, `bank/items/rag/bm25.md`."""
    line: int
    """Counted from 1."""
    what: str
    why: str
    remedy: str
    gate: str = "format"
    """Id of the gate that tripped; `format` for sources that cannot be read."""
    is_error: bool = True
    subject: str = ""
    """Id of the item, family, problem or question that is affected."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}, {self.why}; {self.remedy}"


def finding_data(finding: Finding) -> dict[str, Any]:  # Any: plain JSON values of mixed type
    """The finding as plain data; `finding_of` reads it back."""
    return {name: getattr(finding, name) for name in Finding.__slots__}


def finding_of(data: Mapping[str, Any]) -> Finding:  # Any: as above
    """The finding of plain data."""
    return Finding(**data)
