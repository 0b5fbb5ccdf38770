"""Finds the sources of a bank and turns each into a unit, from the cache where its content is known."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

from greenroom.content.item_files import explain_unit, family_unit, item_unit, misconception_unit
from greenroom.content.problem_files import problem_unit
from greenroom.content.question_files import design_unit, open_unit, story_unit
from greenroom.content.round_files import blueprint_unit, competency_unit
from greenroom.content.units import Unit, unit_of, unit_text

_TODO = re.compile(r"\bTODO\b")
_POOL_BYTES = 400_000
"""Above this much uncached text a second process pays for its start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file of the bank, or the files that make one thing together."""

    kind: str
    path: str
    """As people type it, `bank/items/rag/bm25.md`."""
    texts: tuple[tuple[str, str], ...]
    """(file name, text)"""

    def key(self, salt: str) -> str:
        """Hash of everything that its unit depends on."""
        digest = hashlib.sha256(salt.encode())
        for part in (self.kind, self.path, *(part for pair in self.texts for part in pair)):
            digest.update(f"{len(part)}:".encode())
            digest.update(part.encode("utf-8", "surrogatepass"))
        return digest.hexdigest()[:40]


def read_sources(bank_dir: Path) -> list[Source]:
    """Every source except the taxonomy, in order of path."""
    made: list[Source] = []
    for kind, pattern in (
        ("misconceptions", "misconceptions/*.yaml"),
        ("items", "items/*/*.md"),
        ("families", "families/*/*.py"),
        ("open", "open/*/*.yaml"),
        ("designs", "designs/*.yaml"),
        ("stories", "stories/*.yaml"),
        ("explains", "explains/*/*.md"),
        ("blueprints", "blueprints/*.yaml"),
        ("competencies", "competencies/*.yaml"),
    ):
        for file in sorted(bank_dir.glob(pattern)):
            if file.name.startswith((".", "_")):
                continue
            texts = [(file.name, _text(file))]
            lock = file.with_suffix(".lock.json")
            if kind == "families" and lock.is_file():
                texts.append((lock.name, _text(lock)))
            path = f"bank/{file.relative_to(bank_dir).as_posix()}"
            made.append(Source(kind=kind, path=path, texts=tuple(texts)))
    for folder in sorted(path for path in bank_dir.glob("problems/*") if path.is_dir()):
        files = sorted(file for file in folder.iterdir() if file.suffix in (".py", ".md"))
        if files:
            path = f"bank/problems/{folder.name}"
            made.append(
                Source(kind="problems", path=path, texts=tuple((file.name, _text(file)) for file in files))
            )
    return made


def _text(file: Path) -> str:
    """The text, newlines as LF; bytes that are no UTF-8 show as U+FFFD, which the checks refuse."""
    return file.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n").removeprefix("\ufeff")


def taxonomy_texts(bank_dir: Path) -> dict[str, str]:
    """The files of bank/taxonomy by name relative to it."""
    folder = bank_dir / "taxonomy"
    return {file.relative_to(folder).as_posix(): _text(file) for file in sorted(folder.rglob("*.yaml"))}


def compile_source(source: Source) -> Unit:
    """The unit of one source."""
    (name, text), *more = source.texts
    stem = name.rsplit(".", 1)[0]
    folder = source.path.split("/")[-2]
    match source.kind:
        case "items":
            unit = item_unit(text, source.path, area=folder, topic=stem)
        case "misconceptions":
            unit = misconception_unit(text, source.path, area=stem)
        case "families":
            lock_path = source.path.removesuffix(".py") + ".lock.json"
            unit = family_unit(text, more[0][1] if more else None, source.path, lock_path, area=folder)
        case "open":
            unit = open_unit(text, source.path, area=folder, id_=stem)
        case "designs":
            unit = design_unit(text, source.path, id_=stem)
        case "stories":
            unit = story_unit(text, source.path, id_=stem)
        case "explains":
            unit = explain_unit(text, source.path, area=folder, topic=stem)
        case "blueprints":
            unit = blueprint_unit(text, source.path, id_=stem)
        case "competencies":
            unit = competency_unit(text, source.path, id_=stem)
        case _:
            unit = problem_unit(dict(source.texts), source.path, id_=source.path.split("/")[-1])
    for file_name, content in source.texts:
        unfinished = _TODO.search(content) if file_name.endswith((".md", ".yaml")) else None
        if unfinished:
            line = content.count("\n", 0, unfinished.start()) + 1
            path = source.path if len(source.texts) == 1 else f"{source.path}/{file_name}"
            unit.complain(path, line, "a TODO is left", "a learner would read it", "write what is missing")
        if "\ufffd" in content:
            line = content.count("\n", 0, content.index("\ufffd")) + 1
            path = source.path if len(source.texts) == 1 else f"{source.path}/{file_name}"
            unit.complain(
                path, line, "a byte is no UTF-8", "the text would be shown broken", "save the file as UTF-8"
            )
    return unit


def _compiled(sources: Sequence[Source]) -> list[str]:
    return [unit_text(compile_source(source)) for source in sources]


def units_of(sources: Sequence[Source], cache_dir: Path) -> tuple[list[Unit], int]:
    """(the unit of each source, how many were compiled anew)"""
    salt = _salt()
    keys = [source.key(salt) for source in sources]
    store = cache_dir / "units.txt"
    texts = _known(store)
    units: dict[str, Unit] = {}
    for key in keys:
        # Keyed by content, so two equal files share a unit; a damaged entry is compiled again.
        with suppress(KeyError, ValueError, TypeError):
            units[key] = unit_of(texts[key])
    missing = {key: source for key, source in zip(keys, sources, strict=True) if key not in units}
    if missing:
        made = dict(zip(missing, _compile_all(list(missing.values())), strict=True))
        texts |= made
        units |= {key: unit_of(text) for key, text in made.items()}
    if missing or len(texts) != len(units):
        _keep(store, {key: texts[key] for key in units})
    return [units[key] for key in keys], len(missing)


def _compile_all(sources: Sequence[Source]) -> list[str]:
    n_bytes = sum(len(text) for source in sources for _, text in source.texts)
    if n_bytes < _POOL_BYTES or len(sources) < 8:
        return _compiled(sources)
    chunk = max(1, len(sources) // 16)
    parts = [sources[k : k + chunk] for k in range(0, len(sources), chunk)]
    with ProcessPoolExecutor(max_workers=2, mp_context=get_context("spawn")) as pool:
        return [text for part in pool.map(_compiled, parts) for text in part]


_BREAK = "\n\x1e"
"""Between units: a record separator, which no JSON line holds."""


def _known(store: Path) -> dict[str, str]:
    """Text of a unit by key."""
    try:
        content = store.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    return {key: text for key, tab, text in (part.partition("\t") for part in content.split(_BREAK)) if tab}


def _keep(store: Path, texts: dict[str, str]) -> None:
    try:
        store.parent.mkdir(parents=True, exist_ok=True)
        partial = store.with_name(f".{store.name}.{os.getpid()}")
        partial.write_text(_BREAK.join(f"{key}\t{text}" for key, text in texts.items()), encoding="utf-8")
        partial.replace(store)
    except OSError:
        return  # a cache that cannot be written costs time, nothing else


def _salt() -> str:
    """Changes with the code that compiles and with the libraries that render."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    for name in ("markdown-it-py", "mdit-py-plugins", "nh3", "latex2mathml", "pyyaml", "pydantic"):
        digest.update(version(name).encode())
    return digest.hexdigest()
