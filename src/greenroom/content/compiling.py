"""Compiles bank/ into one content-hashed file, byte for byte the same for the same sources.

Each source file becomes a `Unit` on its own, cached by the hash of its content; the build then only joins
units, so a rebuild after one change costs the reading of the rest. An unsound item is left out and said.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from greenroom.content.bank import FORMAT, CompiledBank
from greenroom.content.blind import Standing, read_solves, standings_of_hashes
from greenroom.content.crossing import cross_findings
from greenroom.content.findings import Finding
from greenroom.content.records import item_of
from greenroom.content.sources import read_sources, taxonomy_texts, units_of
from greenroom.content.taxonomy_files import read_taxonomy
from greenroom.content.units import SECTIONS, Record, Unit
from greenroom.core.errors import BankInvalid
from greenroom.core.items import Item
from greenroom.core.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class Compilation:
    """Everything that was read, before it is written: what `bank check` looks at."""

    bank_dir: Path
    taxonomy: Taxonomy
    records: Mapping[str, Sequence[Record]]
    """section -> records, by id"""
    findings: tuple[Finding, ...]
    n_sources: int
    n_compiled: int
    """How many sources had to be compiled; the others came from the cache."""

    def items(self) -> list[Item]:
        """The items, by id."""
        return [item_of(json.loads(record.json)) for record in self.records["items"]]

    def notes(self) -> dict[str, dict[str, Any]]:  # Any: plain JSON
        """Item id -> check, waived gates, explanation as Markdown, tags."""
        return {record.id: json.loads(record.json) for record in self.records["item_notes"]}


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did."""

    out_file: Path
    hash: str
    counts: dict[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    """Why something was left out."""
    n_sources: int = 0
    n_compiled: int = 0
    bytes_written: int = 0
    unsolved: int = 0
    """Authored items without an agreed or ruled blind-solve record."""
    is_release: bool = False


def compile_bank(bank_dir: Path, *, cache_dir: Path | None = None) -> Compilation:
    """Reads and compiles every source. Raises BankInvalid where there is no usable areas.yaml."""
    if not (bank_dir / "taxonomy" / "areas.yaml").is_file():
        raise BankInvalid(
            f"{bank_dir}/taxonomy/areas.yaml:1: the file is missing.",
            hint="Name the folder that holds taxonomy/, items/, families/ …",
        )
    sources = read_sources(bank_dir)
    units, n_compiled = units_of(sources, cache_dir or bank_dir.parent / ".cache" / "greenroom-bank")
    titles = {topic: title for unit in units for topic, title in unit.titles.items()}
    own = Unit()
    taxonomy = read_taxonomy(taxonomy_texts(bank_dir), "bank/taxonomy", titles, own)
    if taxonomy is None:
        raise BankInvalid(str(own.findings[0]), hint="Correct it and build again.")
    own.add("taxonomy", "taxonomy", taxonomy, path="bank/taxonomy/areas.yaml")
    findings = [finding for unit in [own, *units] for finding in unit.findings]
    records, crossed = cross_findings([own, *units], taxonomy)
    return Compilation(
        bank_dir=bank_dir,
        taxonomy=taxonomy,
        records=records,
        findings=tuple(sorted([*findings, *crossed], key=lambda f: (f.path, f.line, f.what))),
        n_sources=len(sources),
        n_compiled=n_compiled,
    )


def build(
    bank_dir: Path, out_file: Path, *, cache_dir: Path | None = None, is_release: bool = False
) -> BuildReport:
    """Compiles bank_dir into out_file and says what was left out and why.

    A release holds only authored items that were blind-solved and agreed or ruled. Raises BankInvalid where
    the taxonomy cannot be read; then nothing is written.
    """
    compilation = compile_bank(bank_dir, cache_dir=cache_dir)
    hashes = {record.id: record.hash for record in compilation.records["items"] if record.hash}
    known = standings_of_hashes(hashes, read_solves(bank_dir))
    unsolved = frozenset(id_ for id_, it in known.items() if it not in (Standing.AGREED, Standing.RULED))
    return write(
        compilation,
        out_file,
        left_out=unsolved if is_release else frozenset(),
        unsolved=len(unsolved),
        is_release=is_release,
    )


def write(
    compilation: Compilation,
    out_file: Path,
    *,
    left_out: frozenset[str],
    unsolved: int = 0,
    is_release: bool = False,
) -> BuildReport:
    """Writes the compiled file in one step (a reader sees the old or the new one, never half)."""
    kept = {
        section: [record for record in compilation.records.get(section, ()) if record.id not in left_out]
        for section in SECTIONS
    }
    content, digest = compiled_bytes(kept)
    out_file.parent.mkdir(parents=True, exist_ok=True)
    if not out_file.is_file() or out_file.read_bytes() != content:
        partial = out_file.with_name(f".{out_file.name}.{os.getpid()}")
        partial.write_bytes(content)
        partial.replace(out_file)
    return BuildReport(
        out_file=out_file,
        hash=digest,
        counts={section: len(records) for section, records in kept.items() if section != "item_notes"},
        findings=compilation.findings,
        n_sources=compilation.n_sources,
        n_compiled=compilation.n_compiled,
        bytes_written=len(content),
        unsolved=unsolved,
        is_release=is_release,
    )


def bank_of(compilation: Compilation) -> CompiledBank:
    """The bank without a file in between."""
    return CompiledBank(compiled_bytes(compilation.records)[0], str(compilation.bank_dir))


def compiled_bytes(kept: Mapping[str, Sequence[Record]]) -> tuple[bytes, str]:
    """(content of the compiled file, hash of its records)"""
    body, index = _body(kept)
    digest = hashlib.sha256(body).hexdigest()[:32]
    header = json.dumps({"greenroom_bank": FORMAT, "hash": digest, "index": index}, ensure_ascii=False)
    return header[:-1].encode() + b',"records":[\n' + body + b"\n]}\n", digest


def _body(kept: Mapping[str, Sequence[Record]]) -> tuple[bytes, dict[str, list[list[str | int]]]]:
    """The records joined by commas, one a line, and the index: section -> [id, length in bytes] in order."""
    lines: list[bytes] = []
    index: dict[str, list[list[str | int]]] = {}
    for section in SECTIONS:
        index[section] = []
        for record in kept.get(section, ()):
            line = record.json.encode()
            index[section].append([record.id, len(line)])
            lines.append(line)
    return b",\n".join(lines), index
