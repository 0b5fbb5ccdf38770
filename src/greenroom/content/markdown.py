"""Markdown and TeX to sanitized HTML with MathML, at build time.

Raw HTML is not passed through, images are not allowed (no request leaves the machine). Maths and plots are
made by this code alone, so they are put in after the sanitizer has seen the author's words.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import nh3
from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.dollarmath import dollarmath_plugin

from greenroom.content.plots import PlotInvalid, plot_svg

_TAGS = {
    *("p", "br", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "hr", "a"),
    *("table", "thead", "tbody", "tr", "th", "td", "h3", "h4", "h5", "span", "div", "sub", "sup"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "code": {"class"}, "ol": {"start"}, "th": {"align"}, "td": {"align"}}
_OPEN, _CLOSE = "\ue000", "\ue001"
_STASHED = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_PRIVATE = re.compile("[\ue000-\ue00f]")
_PLAIN = re.compile(r"[A-Za-z0-9 ,.;:()'=+%/?\u00a0-\u1fff\u2010-\ud7ff\"-]*")
_STARTS_BLOCK = re.compile(r"\s|[-+=#>|:]|\d+[.)]")
GAP = "\ue002"
"""Stands for a gap of a cloze stem; `render_block` keeps it as one character."""


class MarkdownInvalid(ValueError):
    """The text cannot be rendered; the message says what and the remedy follows a semicolon."""


def render_block(text: str) -> str:
    """HTML of Markdown paragraphs, lists, tables, code and maths. Raises MarkdownInvalid."""
    if _is_plain(text):
        return f"<p>{html.escape(text.strip(), quote=False)}</p>" if text.strip() else ""
    return _rendered(text, is_inline=False).strip()


def render_inline(text: str) -> str:
    """HTML of one line of Markdown, without a paragraph around it. Raises MarkdownInvalid."""
    if _PLAIN.fullmatch(text):
        return html.escape(text.strip(), quote=False)
    return _rendered(text, is_inline=True).strip()


def _is_plain(text: str) -> bool:
    """True where Markdown would only wrap a paragraph around the text."""
    return _PLAIN.fullmatch(text) is not None and not _STARTS_BLOCK.match(text)


def _rendered(text: str, *, is_inline: bool) -> str:
    stash: list[str] = []
    env: dict[str, Any] = {"stash": stash}  # Any: markdown-it's env holds anything
    source = _PRIVATE.sub(lambda found: GAP if found.group() == GAP else "\ufffd", text)
    raw = _MD.renderInline(source, env) if is_inline else _MD.render(source, env)
    clean = nh3.clean(raw, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"https", "http"})
    return _STASHED.sub(lambda found: stash[int(found.group(1))], clean) if stash else clean


def _stash(env: Any, made: str) -> str:  # Any: markdown-it's env
    stash: list[str] = env["stash"]
    stash.append(made)
    return f"{_OPEN}{len(stash) - 1}{_CLOSE}"


def _math_inline(
    _self: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, env: Any
) -> str:
    return _stash(env, mathml(tokens[index].content.strip(), is_block=False))


def _math_block(
    _self: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, env: Any
) -> str:
    return _stash(env, mathml(tokens[index].content.strip(), is_block=True)) + "\n"


def _fence(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Any) -> str:
    token = tokens[index]
    if token.info.strip() != "plot":
        return self.fence(tokens, index, options, env)
    try:
        return _stash(env, plot_svg(token.content))
    except PlotInvalid as error:
        raise MarkdownInvalid(str(error)) from error


_WORDS = re.compile(r"\\(?:mathrm|textrm|mathsf|textsf)\s*\{([A-Za-z0-9 ,.\-]+)\}")
_REFERENCE = re.compile(r"&#x0*([0-9A-Fa-f]+);")
_BOLD = re.compile(r'<(m[in]) mathvariant="(bold|bold-italic)">([A-Za-z0-9])</\1>')
_TAG = re.compile(r"<[^<>]*>")
_MATHML = re.compile(
    r"</?(?:math|m(?:row|i|n|o|text|space|sup|sub|subsup|frac|sqrt|root|over|under|underover|table|tr|td|style"
    r"|padded|phantom|enclose|multiscripts|prescripts))"
    r"(?: (?:xmlns|display|displaystyle|scriptlevel|stretchy|fence|form|accent|accentunder|mathvariant|movablelimits"
    r"|lspace|rspace|width|height|depth|minsize|maxsize|columnalign|rowspacing|columnspacing|linethickness|largeop"
    r"|separator|symmetric|linebreak|notation|voffset|columnlines|rowlines)=\"[^\"<>]*\")*\s*/?>"
)
_UNKNOWN = re.compile(r"\\[A-Za-z]+")


@lru_cache(maxsize=4096)
def mathml(tex: str, *, is_block: bool) -> str:
    """MathML of TeX. Raises MarkdownInvalid where the TeX cannot be read or names an unknown command."""
    try:
        known = _WORDS.sub(r"\\text{\1}", tex).replace("{aligned}", "{align*}")
        made = convert(known, display="block" if is_block else "inline")
    except Exception as error:  # latex2mathml raises many kinds, all of them about the TeX
        raise MarkdownInvalid(f"the maths ${tex}$ cannot be read ({type(error).__name__})") from error
    strange = next((tag for tag in _TAG.findall(made) if not _MATHML.fullmatch(tag)), None)
    if strange or made.count("<") != len(_TAG.findall(made)):
        # latex2mathml copies the words of \\text{} as they are, so only known tags may pass.
        raise MarkdownInvalid(f"the maths ${tex}$ holds markup ({strange or '<'}); write < as \\lt")
    unknown = _UNKNOWN.search(re.sub(r"<mtext>.*?</mtext>", "", made))
    if unknown:
        raise MarkdownInvalid(f"the maths ${tex}$ uses {unknown.group()}, which is not known")
    made = made.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "").replace(' display="inline"', "")
    return _BOLD.sub(_bold, _REFERENCE.sub(_character, made))


def _character(found: re.Match[str]) -> str:
    character = chr(int(found.group(1), 16))
    return found.group() if character in "<>&\"'" else character


def _bold(found: re.Match[str]) -> str:
    """MathML Core knows no bold variant, so the bold letter itself is written."""
    tag, variant, letter = found.groups()
    if letter.isdigit():
        return f"<{tag}>{chr(0x1D7CE + int(letter))}</{tag}>"
    upper, lower = (0x1D400, 0x1D41A) if variant == "bold" else (0x1D468, 0x1D482)
    code = upper + ord(letter) - 65 if letter.isupper() else lower + ord(letter) - 97
    return f"<{tag}>{chr(code)}</{tag}>"


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable(["image"])
    parser.use(
        dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False, double_inline=True
    )
    for rule, rendered in (
        ("math_inline", _math_inline),
        ("math_inline_double", _math_block),
        ("math_block", _math_block),
        ("fence", _fence),
    ):
        parser.add_render_rule(rule, rendered)
    return parser


_MD = _parser()
