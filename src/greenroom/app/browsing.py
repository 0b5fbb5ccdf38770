"""Looks into the bank as a learner sees it: search, and one item without its answer."""

from __future__ import annotations

from dataclasses import dataclass

from greenroom.app.deps import Deps
from greenroom.app.feedback import right_text
from greenroom.app.questions import Question, present
from greenroom.core.items import Item

PAGE_ROWS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One item in the list; of a family only its first variant, with their number."""

    item_id: str
    stem_html: str
    area_title: str
    topic_title: str
    kind: str
    level: str
    n_variants: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page of what a search found. `total` counts rows, families once."""

    rows: tuple[Row, ...]
    total: int
    page: int
    n_pages: int
    n_authored: int
    n_families: int
    n_variants: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """An item as it is asked, and what is shown once it was answered."""

    question: Question
    right_text: str
    explanation_html: str
    sources: tuple[str, ...]
    path: str


def search(deps: Deps, words: str = "", *, area: str = "", kind: str = "", page: int = 1) -> Found:
    """Items whose text holds every word, in the bank's order. Pages count from 1; one too far is the last."""
    wanted = words.casefold().split()
    items: list[Item] = [deps.bank.items[item_id] for item_id in deps.bank.items]
    variants: dict[str, int] = {}
    first: dict[str, Item] = {}
    for item in items:
        if item.family:
            variants[item.family] = variants.get(item.family, 0) + 1
        first.setdefault(item.family or item.id, item)
    hits = [
        item
        for item in first.values()
        if area in ("", item.area)
        and kind in ("", item.kind.value)
        and all(word in _searched(deps, item) for word in wanted)
    ]
    n_pages = max(1, -(-len(hits) // PAGE_ROWS))
    page = min(max(1, page), n_pages)
    return Found(
        rows=tuple(_row(deps, item, variants) for item in hits[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]),
        total=len(hits),
        page=page,
        n_pages=n_pages,
        n_authored=sum(item.family is None for item in items),
        n_families=len(variants),
        n_variants=sum(variants.values()),
    )


def preview(deps: Deps, item_id: str) -> Preview:
    """The item of that id. Raises NotFound. Nothing is recorded."""
    item = deps.bank.item(item_id)
    question = present(
        item, deps.bank.taxonomy, session_id="preview", purpose="preview", reason="", number=1, total=1
    )
    return Preview(
        question=question,
        right_text=right_text(item),
        explanation_html=item.explanation_html,
        sources=item.sources,
        path=item.path,
    )


def _searched(deps: Deps, item: Item) -> str:
    topic = deps.bank.taxonomy.topics.get(item.topic)
    return f"{item.stem_text} {topic.title if topic else ''} {item.id}".casefold()


def _row(deps: Deps, item: Item, variants: dict[str, int]) -> Row:
    taxonomy = deps.bank.taxonomy
    area, topic = taxonomy.areas.get(item.area), taxonomy.topics.get(item.topic)
    return Row(
        item_id=item.id,
        stem_html=item.stem_html,
        area_title=area.title if area else item.area,
        topic_title=topic.title if topic else item.topic,
        kind=item.kind.value,
        level=item.level.value,
        n_variants=variants.get(item.family or "", 0),
    )
