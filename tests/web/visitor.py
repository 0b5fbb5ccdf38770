"""A person at a browser without script: follows links and sends the forms that pages hold, over the real app."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import httpx2 as httpx
from starlette.testclient import TestClient
from tests.people import World, a_world

from greenroom.web.app import create_app


@dataclass(kw_only=True)
class FoundForm:
    """A form of a page: where it goes, and the fields as they stand."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[FoundForm] = []
        self.links: list[str] = []
        self._select = ""
        self._is_in_chosen_option = False

    def handle_data(self, data: str) -> None:
        if self._is_in_chosen_option:
            self.forms[-1].fields[self._select] = [data]
            self._is_in_chosen_option = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "form":
            self.forms.append(FoundForm(action=given.get("action", ""), method=given.get("method", "get")))
        if not self.forms:
            return
        fields = self.forms[-1].fields
        if (
            tag == "input"
            and given.get("type") not in {"submit", "file", "radio", "checkbox"}
            and "name" in given
        ):
            fields.setdefault(given["name"], []).append(given.get("value", ""))
        if tag == "input" and given.get("type") in {"radio", "checkbox"} and "checked" in given:
            fields.setdefault(given["name"], []).append(given.get("value", "on"))
        if tag == "select":
            self._select = given.get("name", "")
        if tag == "option" and "selected" in given and self._select:
            self._is_in_chosen_option = "value" not in given
            fields[self._select] = [given.get("value", "")]
        if tag == "textarea" and "name" in given:
            fields.setdefault(given["name"], [""])


class Visitor:
    """One person, one cookie jar."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.client = TestClient(
            create_app(world.deps), base_url="http://127.0.0.1:8020", raise_server_exceptions=False
        )

    def get(self, path: str, *, status: int = 200) -> str:
        """The page at that path, redirects followed."""
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text[:2000]
        return answer.text

    def post(self, path: str, fields: Mapping[str, str | list[str]], *, status: int = 200) -> str:
        """What a form with these fields gets, redirects followed."""
        answer = self.client.post(path, data=dict(fields))
        assert answer.status_code == status, answer.text[:2000]
        return answer.text

    def raw(self, path: str, body: bytes, kind: str = "application/x-www-form-urlencoded") -> httpx.Response:
        """The answer to a body as it stands."""
        return self.client.post(path, content=body, headers={"Content-Type": kind})

    def form_on(self, page: str, action: str) -> dict[str, str | list[str]]:
        """The fields of the form with that action, as a browser would send them."""
        found = next(form for form in forms_of(page) if form.action == action and form.method == "post")
        return {name: values[0] if len(values) == 1 else values for name, values in found.fields.items()}

    def sets_goal(self, **changes: str) -> str:
        """Saves a goal that fits the generated bank."""
        fields = self.form_on(self.get("/start"), "/start")
        return self.post("/start", {**fields, "role": "even-role", **changes})

    def answers(self, where: str = "/practice", **fields: str | list[str]) -> str:
        """Answers the question at that address (`I don't know` without fields) and returns what it came to."""
        page = self.get(where)
        action = where.split("?")[0]
        return self.post(action, {**self.form_on(page, action), **(fields or {"pass": "1"})})


def a_visitor(folder: Path, *, n_items: int = 60) -> Visitor:
    """A new person at a Greenroom with generated items, on Monday morning."""
    return Visitor(a_world(folder, n_items=n_items))


def forms_of(page: str) -> list[FoundForm]:
    """Every form of the page."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms


def links_of(page: str) -> list[str]:
    """Every link of the page, in order."""
    reader = _Reader()
    reader.feed(page)
    return reader.links


def words_of(page: str) -> str:
    """The text of the page's main part, tags taken out."""
    main = page.split("<main", 1)[-1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())
