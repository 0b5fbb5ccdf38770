"""Between the bank's Markdown and the HTML of other programs, maths as `\\( \\)` and `\\[ \\]`."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.dollarmath import dollarmath_plugin


def html_of(text: str, *, is_inline: bool = False) -> str:
    """HTML of the bank's Markdown with TeX left as text, which MathJax and KaTeX filters find."""
    made: str = _MD.renderInline(text) if is_inline else _MD.render(text)
    return made.strip()


def _tex(is_block: bool) -> Any:  # Any: markdown-it's render rule
    before, after = ("\\[", "\\]") if is_block else ("\\(", "\\)")

    def rule(
        _self: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: Any
    ) -> str:
        return f"{before}{html.escape(tokens[index].content.strip(), quote=False)}{after}"

    return rule


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable(["image"])
    parser.use(
        dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False, double_inline=True
    )
    parser.add_render_rule("math_inline", _tex(False))
    for name in ("math_inline_double", "math_block"):
        parser.add_render_rule(name, _tex(True))
    return parser


_MD = _parser()
_DELIMITED = re.compile(r"\\\((.+?)\\\)|\\\[(.+?)\\\]|\$\$(.+?)\$\$", re.DOTALL)
_SPECIAL = re.compile(r"([\\`*\[\]$]|(?<!\w)_|_(?!\w))")


def markdown_of_html(source: str) -> str:
    """Markdown of a fragment of HTML: paragraphs, emphasis, code, lists, tables, maths. Scripts are dropped."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", "".join(reader.parts))).strip()


def markdown_of_plain(text: str) -> str:
    """Markdown that shows the text as it is, maths in `\\( \\)` or `$$ $$` recognised."""
    parts: list[str] = []
    end = 0
    for found in _DELIMITED.finditer(text):
        parts.append(_SPECIAL.sub(r"\\\1", text[end : found.start()]))
        inline, display, dollars = found.groups()
        parts.append(f"${inline.strip()}$" if inline is not None else f"$${(display or dollars).strip()}$$")
        end = found.end()
    parts.append(_SPECIAL.sub(r"\\\1", text[end:]))
    return "".join(parts)


class _Reader(HTMLParser):
    """Writes Markdown while it reads tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0
        self._pre = False
        self._code = False
        self._lists: list[list[int | None]] = []
        self._cells: list[str] | None = None
        self._rows = 0

    def _put(self, text: str) -> None:
        """Into the open table cell, or into the text."""
        if self._cells:
            self._cells[-1] += text
        else:
            self.parts.append(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "head", "title"):
            self._silent += 1
        elif tag in ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "table"):
            self._put(" " if self._cells else "\n\n")
            self._rows = self._rows if self._cells else 0
        elif tag == "br":
            self._put("\n")
        elif tag in ("b", "strong", "i", "em"):
            self._put("**" if tag in ("b", "strong") else "*")
        elif tag == "pre":
            self._pre = True
            self._put("\n\n```\n")
        elif tag == "code":
            self._begin_code(attrs)
        elif tag in ("ul", "ol"):
            self._lists.append([None if tag == "ul" else 0])
            self._put("\n\n" if len(self._lists) == 1 else "\n")
        elif tag == "li" and self._lists:
            self._begin_entry()
        elif tag == "tr":
            self._cells = []
        elif tag in ("td", "th") and self._cells is not None:
            self._cells.append("")

    def _begin_code(self, attrs: list[tuple[str, str | None]]) -> None:
        if not self._pre:
            self._code = True
            self._put("`")
        elif self.parts[-1].endswith("```\n"):
            language = re.search(r"language-(\w+)", dict(attrs).get("class") or "")
            self.parts[-1] = f"\n\n```{language.group(1) if language else ''}\n"

    def _begin_entry(self) -> None:
        count = self._lists[-1][0]
        indent = "  " * (len(self._lists) - 1)
        if count is None:
            self._put(f"\n{indent}- ")
        else:
            self._lists[-1][0] = count + 1
            self._put(f"\n{indent}{count + 1}. ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "head", "title"):
            self._silent = max(0, self._silent - 1)
        elif tag in ("b", "strong", "i", "em"):
            self._put("**" if tag in ("b", "strong") else "*")
        elif tag == "pre":
            self._pre = False
            self._put("" if self.parts[-1].endswith("\n") else "\n")
            self._put("```\n\n")
        elif tag == "code" and self._code:
            self._code = False
            self._put("`")
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            self._put("\n\n" if not self._lists else "")
        elif tag in ("p", "table"):
            self._put("\n\n")
        elif tag == "tr" and self._cells is not None:
            self._end_row(self._cells)

    def _end_row(self, cells: list[str]) -> None:
        self._cells = None
        self._put("| " + " | ".join(" ".join(cell.split()) for cell in cells) + " |\n")
        if self._rows == 0:
            self._put("|" + "---|" * len(cells) + "\n")
        self._rows += 1

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._pre:
            self._put(data)
            return
        text = data if self._code else markdown_of_plain(re.sub(r"\s+", " ", data))
        if self._cells is not None:
            self._put(text if self._cells else "")
        elif text.strip() or (self.parts and not self.parts[-1].endswith(("\n", " "))):
            at_start = not self.parts or self.parts[-1].endswith("\n")
            self._put(text.lstrip() if at_start else text)
