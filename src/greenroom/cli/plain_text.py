"""The bank's HTML as text for a terminal."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

_BREAKS = {"p", "li", "pre", "tr", "br", "h1", "h2", "h3", "h4", "ul", "ol", "table", "blockquote"}
_SPLITS = {"msup": "^", "msub": "_", "mfrac": "/", "munder": "_", "mover": "^", "mroot": "^1/"}
_SPLITS_TWICE = {"msubsup": ("_", "^"), "munderover": ("_", "^")}


class _Reader(HTMLParser):
    """Collects text; a MathML node with parts joins them with its sign, and brackets what is longer than one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, list[str]]] = [("", [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        gap = dict(attrs).get("data-blank")
        if gap is not None and gap.isdigit():
            self._open[-1][1].append(f"[{int(gap) + 1}]")
        if tag == "br":
            self._open[-1][1].append("\n")
        elif tag not in ("img", "hr"):
            self._open.append((tag, []))

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1 and self._open[-1][0] == tag:
            _, parts = self._open.pop()
            self._open[-1][1].append(_joined(tag, parts))

    def handle_data(self, data: str) -> None:
        self._open[-1][1].append(data)

    def text(self) -> str:
        """All that was read."""
        return "".join("".join(parts) for _, parts in self._open)


def plain_text(html: str) -> str:
    """Text with line breaks; gaps as [1], powers as ^, fractions as /, tags gone."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", unescape(reader.text())).strip()


def _joined(tag: str, parts: list[str]) -> str:
    if tag in _SPLITS or tag in _SPLITS_TWICE:
        kept = [part for part in parts if part.strip()]
        signs = _SPLITS_TWICE.get(tag) or (_SPLITS.get(tag, ""),)
        joined = _bracketed(kept[0]) if kept and tag == "mfrac" else (kept[0] if kept else "")
        for sign, part in zip(signs, kept[1:], strict=False):
            joined += sign + _bracketed(part)
        return joined
    if tag == "msqrt":
        return "√" + _bracketed("".join(parts))
    if tag == "annotation":
        return ""
    return "".join(parts) + ("\n" if tag in _BREAKS else "")


def _bracketed(text: str) -> str:
    return text if re.fullmatch(r"[\w.∞⊤]+", text) else f"({text})"
