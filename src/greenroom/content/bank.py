"""The compiled bank, read-only: records are read when they are first asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

from greenroom.content.records import item_of, value_of
from greenroom.core.blueprints import Blueprint
from greenroom.core.competencies import Competency
from greenroom.core.errors import BankInvalid, BankMissing, NotFound
from greenroom.core.ids import ItemId
from greenroom.core.items import Item, Misconception
from greenroom.core.problems import Problem
from greenroom.core.questions import DesignCase, OpenQuestion, StoryPrompt
from greenroom.core.taxonomy import Taxonomy

FORMAT = 1
COMPILED_FILE = Path(__file__).parent / "compiled" / "bank.json"
"""The bank that ships with Greenroom."""

T = TypeVar("T")
K = TypeVar("K", bound=str)


class Records(Mapping[K, T], Generic[K, T]):
    """A section: id -> value, each parsed once, when it is first asked for."""

    def __init__(self, content: bytes, places: dict[K, tuple[int, int]], read: Callable[[Any], T]) -> None:
        self._content = content
        self._places = places
        self._read = read
        self._values: dict[K, T] = {}

    def __getitem__(self, key: K) -> T:
        value = self._values.get(key)
        if value is None:
            start, end = self._places[key]
            value = self._values[key] = self._read(json.loads(self._content[start:end]))
        return value

    def __iter__(self) -> Iterator[K]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, key: object) -> bool:
        return key in self._places


def _plain(data: Any) -> Any:  # Any: JSON
    return data


class CompiledBank:
    """`core.ports.Bank` on a compiled file."""

    def __init__(self, content: bytes, origin: str) -> None:
        self._content = content
        try:
            end = content.index(b',"records":[\n')
            header = json.loads(content[:end] + b"}")
            if header["greenroom_bank"] != FORMAT:
                raise ValueError(f"format {header['greenroom_bank']} is not {FORMAT}")
            self._places = _places(header["index"], end + len(b',"records":[\n'), len(content))
            self._hash: str = header["hash"]
        except (ValueError, KeyError, TypeError) as error:
            raise BankInvalid(
                f"{origin}:1: this is no compiled bank of this version ({error}).",
                hint="Build it again with `greenroom bank build`.",
            ) from error
        self._items: Records[ItemId, Item] = self._section("items", item_of)
        self._misconceptions: Records[str, Misconception] = self._of("misconceptions", Misconception)
        self._problems: Records[str, Problem] = self._of("problems", Problem)
        self._open: Records[str, OpenQuestion] = self._of("open_questions", OpenQuestion)
        self._designs: Records[str, DesignCase] = self._of("design_cases", DesignCase)
        self._stories: Records[str, StoryPrompt] = self._of("story_prompts", StoryPrompt)
        self._blueprints: Records[str, Blueprint] = self._of("blueprints", Blueprint)
        self._competencies: Records[str, Competency] = self._of("competencies", Competency)
        self._taxonomy: Records[str, Taxonomy] = self._of("taxonomy", Taxonomy)

    def _section(self, section: str, read: Callable[[Any], T]) -> Records[Any, T]:  # Any: str or ItemId
        return Records(self._content, self._places.get(section, {}), read)

    def _of(self, section: str, cls: type[T]) -> Records[str, T]:
        return self._section(section, lambda data: value_of(cls, data))

    @property
    def hash(self) -> str:
        """Hash of the whole compiled content."""
        return self._hash

    @property
    def taxonomy(self) -> Taxonomy:
        """Areas, topics, roles, levels, loops."""
        return self._taxonomy["taxonomy"]

    @property
    def items(self) -> Mapping[ItemId, Item]:
        """Closed items by id, variants of families among them."""
        return self._items

    @property
    def misconceptions(self) -> Mapping[str, Misconception]:
        """Named mistakes by id."""
        return self._misconceptions

    @property
    def problems(self) -> Mapping[str, Problem]:
        """Coding problems by id."""
        return self._problems

    @property
    def open_questions(self) -> Mapping[str, OpenQuestion]:
        """Open questions by id."""
        return self._open

    @property
    def design_cases(self) -> Mapping[str, DesignCase]:
        """Design cases by id."""
        return self._designs

    @property
    def story_prompts(self) -> Mapping[str, StoryPrompt]:
        """Behavioural prompts by id."""
        return self._stories

    @property
    def blueprints(self) -> Mapping[str, Blueprint]:
        """Round blueprints by id."""
        return self._blueprints

    @property
    def competencies(self) -> Mapping[str, Competency]:
        """Competencies with anchored bands, by id."""
        return self._competencies

    @property
    def item_notes(self) -> Mapping[str, Mapping[str, Any]]:  # Any: JSON
        """Item id -> check, waived gates, the explanation as Markdown, tags: what authors and exports need."""
        return self._section("item_notes", _plain)

    @property
    def families(self) -> Mapping[str, Mapping[str, Any]]:  # Any: JSON
        """Family slug -> area, topic, level, response, number of variants, rates of its gates."""
        return self._section("families", _plain)

    @property
    def explains(self) -> Mapping[str, Mapping[str, str]]:
        """Topic -> title, html and text of its explain page."""
        return self._section("explains", _plain)

    def item(self, item_id: str) -> Item:
        """The item of that id. Raises NotFound."""
        try:
            return self._items[ItemId(item_id)]
        except KeyError:
            raise NotFound(
                f"There is no question {item_id!r} in this bank.",
                hint="It may have been renamed or removed in a newer bank.",
            ) from None

    def problem(self, problem_id: str) -> Problem:
        """The problem of that id. Raises NotFound."""
        try:
            return self._problems[problem_id]
        except KeyError:
            raise NotFound(
                f"There is no coding problem {problem_id!r} in this bank.",
                hint="`greenroom code list` names them.",
            ) from None


def _places(
    index: Mapping[str, list[tuple[str, int]]], start: int, size: int
) -> dict[str, dict[Any, tuple[int, int]]]:  # Any: str or ItemId
    """Section -> id -> (start, end) in bytes. Raises ValueError where the file is shorter than its index says."""
    places: dict[str, dict[Any, tuple[int, int]]] = {}
    for section, entries in index.items():
        found = places[section] = {}
        for id_, length in entries:
            found[id_] = (start, start + length)
            start += length + 2
    if start - 2 > size:
        raise ValueError("the file is cut short")
    return places


def load(path: Path | None = None) -> CompiledBank:
    """The bank of a compiled file, the bundled one by default. Raises BankMissing or BankInvalid."""
    file = path or COMPILED_FILE
    try:
        return CompiledBank(file.read_bytes(), str(file))
    except OSError as error:
        raise BankMissing(
            f"No compiled bank at {file}.", hint="Build it with `greenroom bank build` or `./dev bank`."
        ) from error
