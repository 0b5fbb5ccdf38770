"""Anki packages out: one note an item, with a GUID that stays, so that a new export updates old cards.

Needs the extra `anki` (genanki). Maths is written for Anki's MathJax, which shows what KaTeX does.
"""

from __future__ import annotations

import html
import re
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from greenroom.content.exchange.drafts import Draft
from greenroom.content.exchange.rich_text import html_of
from greenroom.core.errors import InputRejected
from greenroom.core.items import Misconception

_GAP = re.compile(r"\{\{(.+?)\}\}", re.DOTALL)
_MODEL_ID = 1_742_318_051
_CSS = ".card{font-family:sans-serif;font-size:18px;text-align:left}code,pre{font-family:monospace}"


def write(
    items: Sequence[tuple[str, str, Draft]],
    misconceptions: Mapping[str, Misconception],
    titles: Mapping[str, str],
    out_file: Path,
) -> int:
    """Writes the package and returns the number of notes. `items`: (item id, area id, draft).

    `titles`: area id -> title, the name of its deck. Raises InputRejected where genanki is not installed.
    """
    try:
        import genanki  # late: an optional library, needed by this export alone
    except ImportError as error:
        raise InputRejected(
            "Anki packages need genanki.", hint="Install it with `pip install greenroom[anki]`."
        ) from error
    model = genanki.Model(
        _MODEL_ID,
        "Greenroom",
        fields=[{"name": "Front"}, {"name": "Back"}, {"name": "Id"}],
        templates=[
            {"name": "Card", "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr id=answer>{{Back}}"},
        ],
        css=_CSS,
    )
    decks: dict[str, genanki.Deck] = {}
    for id_, area, draft in items:
        deck = decks.setdefault(
            area, genanki.Deck(_stable_id(f"deck {area}"), f"Greenroom::{titles.get(area, area)}")
        )
        deck.add_note(
            genanki.Note(
                model=model,
                fields=[_front(draft), _back(draft, misconceptions), id_],
                guid=genanki.guid_for("greenroom", id_),
                tags=[area, id_.split("/")[0].split("#")[0], draft.level],
            )
        )
    # One fixed time: the same items give the same package.
    genanki.Package(list(decks.values())).write_to_file(str(out_file), timestamp=1_700_000_000)
    return len(items)


def _stable_id(text: str) -> int:
    return (1 << 30) + zlib.crc32(text.encode())


def _front(draft: Draft) -> str:
    stem = _GAP.sub("____", draft.stem) if draft.kind == "cloze" else draft.stem
    shown = html_of(stem)
    if draft.kind in ("choice", "several"):
        entries = "".join(f"<li>{html_of(a.text, is_inline=True)}</li>" for a in draft.answers)
        return f'{shown}<ol type="a">{entries}</ol>'
    if draft.kind == "order":
        # By text: any order that does not tell the right one.
        entries = "".join(
            f"<li>{html_of(a.text, is_inline=True)}</li>" for a in sorted(draft.answers, key=lambda a: a.text)
        )
        return f"{shown}<ul>{entries}</ul>"
    return shown


def _back(draft: Draft, misconceptions: Mapping[str, Misconception]) -> str:
    parts: list[str] = []
    if draft.kind == "cloze":
        parts.append(
            "<p><b>" + "; ".join(html.escape(g.split("|")[0]) for g in _GAP.findall(draft.stem)) + "</b></p>"
        )
    elif draft.kind == "order":
        parts.append(
            "<ol>" + "".join(f"<li>{html_of(a.text, is_inline=True)}</li>" for a in draft.answers) + "</ol>"
        )
    else:
        right = [html_of(a.text, is_inline=True) for a in draft.answers if a.mark in ("x", "=")]
        parts.append(f"<p><b>{'<br>'.join(right)}</b></p>")
    parts.append(html_of(draft.explanation))
    for answer in draft.answers:
        found = misconceptions.get(answer.misconception or "")
        if found:
            parts.append(
                f"<p><i>{html_of(answer.text, is_inline=True)}</i>: {html_of(found.diagnosis, is_inline=True)}</p>"
            )
    return "".join(parts)
