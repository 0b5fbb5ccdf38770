"""The question bank, to look into: search, and an item as a learner sees it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from greenroom.app import browsing
from greenroom.core.items import Kind
from greenroom.web import pages
from greenroom.web.forms import read_query

KIND_WORDS = {
    "choice": "One answer",
    "several": "Several answers",
    "numeric": "Number",
    "order": "Order",
    "cloze": "Gaps",
}


def get_bank(request: Request) -> Response:
    """Search, by words, area and kind."""
    deps = pages.deps_of(request)
    query = read_query(request)
    words = query.text("q", max_chars=200, label="search")
    area = query.choice("area", ["", *deps.bank.taxonomy.areas], default="")
    kind = query.choice("kind", ["", *Kind], default="")
    page = query.whole("page", low=1, high=100_000) or 1
    context = {
        "found": browsing.search(deps, words, area=area, kind=kind, page=page),
        "words": words,
        "area": area,
        "kind": kind,
        "areas": sorted(deps.bank.taxonomy.areas.values(), key=lambda entry: entry.title),
        "kind_words": KIND_WORDS,
        "counts": {"problems": len(deps.bank.problems), "open": len(deps.bank.open_questions)},
    }
    return pages.render(request, "bank/list.html", context)


def get_item(request: Request) -> Response:
    """One item; its answer is folded away."""
    deps = pages.deps_of(request)
    item_id = read_query(request).text("id", max_chars=200)
    context = {"preview": browsing.preview(deps, item_id), "kind_words": KIND_WORDS}
    return pages.render(request, "bank/item.html", context)
