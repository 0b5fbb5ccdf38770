"""The code pages: the desk, verdicts in the same response, hints, drafts and the review."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.a_bank import a_bank_of_problems
from tests.a_judge import RecordedJudge
from tests.people import HandClock, a_store

from greenroom.app.deps import Deps
from greenroom.core.verdicts import Outcome
from greenroom.grading.grader import OfflineGrader
from greenroom.web.app import create_app

HTMX = {"HX-Request": "true"}


class Browser:
    """Alice's browser: a client of the real application over a recorded judge."""

    def __init__(self, folder: Path, judge: RecordedJudge) -> None:
        deps = Deps(
            clock=HandClock(),
            bank=a_bank_of_problems(folder, "roc-auc"),
            judge=judge,
            grader=OfflineGrader(),
            store=a_store(folder),
        )
        self.judge = judge
        self.client = TestClient(
            create_app(deps), base_url="http://127.0.0.1:8020", raise_server_exceptions=False
        )

    def desk(self) -> str:
        return self.client.get("/code/roc-auc").text

    def sends(self, action: str, *, status: int = 200, htmx: bool = False, **fields: str) -> str:
        form = {"event_id": "form-0001", "source": "def roc_auc(y, scores): return 1", "notes": "", **fields}
        answer = self.client.post(f"/code/roc-auc/{action}", data=form, headers=HTMX if htmx else {})
        assert answer.status_code == status, answer.text
        return answer.text

    def gives_up(self) -> str:
        return self.sends("reveal", reveal_event_id="reveal-0001")


@pytest.fixture(name="browser")
def _browser(tmp_path: Path) -> Browser:
    return Browser(tmp_path, RecordedJudge(outcomes=[Outcome.WRONG_ANSWER]))


def editor_of(page: str) -> str:
    found = re.search(r'<textarea[^>]*name="source"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert found is not None
    return unescape(found[1])


def test_the_list_shows_every_problem_and_narrows_to_a_state(browser: Browser) -> None:
    assert "ROC-AUC from scores" in browser.client.get("/code").text
    assert "ROC-AUC from scores" not in browser.client.get("/code?state=solved").text


def test_the_desk_is_a_plain_form_that_works_without_script(browser: Browser) -> None:
    page = browser.desk()
    assert "raise NotImplementedError" in editor_of(page)
    assert 'formaction="/code/roc-auc/run"' in page
    assert 'formaction="/code/roc-auc/submit"' in page
    answer = browser.sends("run", source="x = 1\n")
    assert "Visible tests pass" in answer or "Wrong answer" in answer
    assert editor_of(answer) == "x = 1\n"


def test_htmx_gets_the_verdict_alone_with_a_fresh_number_for_the_form(browser: Browser) -> None:
    answer = browser.sends("submit", htmx=True)
    assert "<html" not in answer
    assert "Wrong answer" in answer
    number = re.search(r'id="event-id" value="([^"]+)"', answer)
    assert number is not None
    assert number[1] != "form-0001"


def test_a_hidden_test_shows_its_kind_and_nothing_else(browser: Browser) -> None:
    answer = browser.sends("submit", htmx=True)
    hidden = answer[answer.index("Hidden tests") :]
    assert "a large input" in hidden
    assert "<pre" not in hidden[: hidden.index("</ul>")]


def test_the_same_form_sent_twice_is_one_submission(browser: Browser) -> None:
    browser.sends("submit")
    browser.sends("submit")
    assert len(browser.judge.seeds) == 1


def test_the_editor_page_allows_one_style_nonce_and_no_inline_script(browser: Browser) -> None:
    answer = browser.client.get("/code/roc-auc")
    policy = answer.headers["content-security-policy"]
    nonce = re.search(r"'nonce-([^']+)'", policy)
    assert nonce is not None
    assert f'<meta name="csp-nonce" content="{nonce[1]}">' in answer.text
    assert "unsafe" not in policy
    assert not re.search(r"<script(?![^>]*\bsrc=)", answer.text)


@pytest.mark.parametrize("source", ["", " \n ", "x\x00y", "a" * 100_001])
def test_what_is_no_source_is_refused_with_what_to_do_and_not_judged(browser: Browser, source: str) -> None:
    answer = browser.sends("submit", status=422, htmx=True, source=source)
    assert "notice" in answer
    assert browser.judge.seeds == []


def test_markup_in_code_and_notes_stays_text(browser: Browser) -> None:
    evil = "</textarea><script>alert(1)</script>"
    browser.sends("draft", source=evil, notes=evil)
    page = browser.desk()
    assert "<script>alert" not in page
    assert editor_of(page) == evil


def test_an_autosave_answers_without_a_page_and_the_desk_comes_back_as_it_was(browser: Browser) -> None:
    browser.sends("draft", status=204, quiet="yes", source="\n\n  x = 2\n", notes="שלום")
    page = browser.desk()
    assert editor_of(page) == "\n\n  x = 2\n"
    assert "שלום" in page


def test_starting_over_puts_the_starter_back_and_keeps_the_notes(browser: Browser) -> None:
    page = browser.sends("restart", source="x = 3", notes="think of ties")
    assert "raise NotImplementedError" in editor_of(page)
    assert "think of ties" in page


def test_a_hint_is_shown_only_once_it_was_asked_for(browser: Browser) -> None:
    assert "Rank all scores together" not in browser.desk()
    answer = browser.sends("hint", htmx=True, hint="1", hint_event_id="hint-0001")
    assert "Rank all scores together" in answer
    assert "Hint 2 of 3" in answer
    browser.sends("hint", status=422, htmx=True, hint="3", hint_event_id="hint-0002")


def test_the_review_opens_after_giving_up_and_not_before(browser: Browser) -> None:
    assert browser.client.get("/code/roc-auc/review").status_code == 409
    page = browser.gives_up()
    assert "mean_rank" in page
    assert "Follow-up questions" in page


def test_a_scratch_run_shows_what_was_printed_and_records_nothing(browser: Browser) -> None:
    assert "core" in browser.sends("scratch", htmx=True)
    assert "Attempts so far" not in browser.desk()


def test_without_a_sandbox_the_desk_loads_and_a_run_says_what_to_do(tmp_path: Path) -> None:
    browser = Browser(tmp_path, RecordedJudge(is_there=False))
    assert "greenroom doctor" in browser.desk()
    answer = browser.sends("run", status=503, htmx=True)
    assert "greenroom doctor" in answer


def test_an_unknown_problem_is_not_found(browser: Browser) -> None:
    assert browser.client.get("/code/no-such").status_code == 404
