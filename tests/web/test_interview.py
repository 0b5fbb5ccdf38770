"""The pages of a mock: choose, sit, pause, finish, debrief; hostile input; without script."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.a_mock import Rehearsal, a_rehearsal

from greenroom.web.app import create_app

HTMX = {"HX-Request": "true"}
EVIL = "<script>alert(1)</script></textarea><b>"


class Browser:
    """A client of the real application. The learner is the single user of the installation."""

    def __init__(self, alice: Rehearsal) -> None:
        self.alice = alice
        self.client = TestClient(
            create_app(alice.deps), base_url="http://127.0.0.1:8020", raise_server_exceptions=False
        )
        self.n = 0

    def starts(self, blueprint: str = "sixty-minute-mock") -> str:
        form = {"event_id": "start-0001", "blueprint": blueprint, "temperament": "neutral"}
        answer = self.client.post("/interview", data=form, follow_redirects=False)
        assert answer.status_code == 303
        return str(answer.headers["location"])

    def takes(self, room: str, kind: str, text: str = "", *, status: int = 200, **fields: str) -> str:
        self.n += 1
        form = {"event_id": f"turn-{self.n:05d}", "kind": kind, "text": text, "source": text, **fields}
        self.alice.clock.turn(minutes=1)
        answer = self.client.post(f"{room}/turn", data=form)
        assert answer.status_code == status, answer.text
        return answer.text


@pytest.fixture(name="browser")
def _browser(tmp_path: Path) -> Browser:
    return Browser(a_rehearsal(tmp_path))


def test_the_choice_offers_the_mock_single_rounds_and_the_loop(browser: Browser) -> None:
    page = browser.client.get("/interview").text
    assert "Start the 60-minute mock" in page
    assert "ML breadth, rapid fire" in page
    assert "not allowed" in page
    assert "Read on 20" in page


def test_the_room_shows_question_clock_and_one_box(browser: Browser) -> None:
    page = browser.client.get(browser.starts()).text
    assert 'data-left-ms="1200000"' in page
    assert page.count('name="text"') == 1
    assert "Question 1 of 2" in page


def test_an_answer_comes_back_with_the_next_words(browser: Browser) -> None:
    room = browser.starts()
    page = browser.takes(
        room, "say", "I would redo the validation split by time before I believe the number."
    )
    assert page.count("said--interviewer") >= 4
    assert "I would redo the validation split by time" in page


def test_the_rubric_is_nowhere_on_the_page(browser: Browser) -> None:
    room = browser.starts()
    page = browser.takes(room, "say", "I am not sure about this one at all, to be honest.")
    for question in browser.alice.bank.open_questions.values():
        for point in question.points:
            assert point.says not in page
        for fact in question.facts:
            assert fact.answer not in page


def test_markup_in_an_answer_stays_text(browser: Browser) -> None:
    page = browser.takes(browser.starts(), "say", EVIL + " and the split should be by time, I think.")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_paused_the_question_is_covered_and_the_clock_stands(browser: Browser) -> None:
    room = browser.starts()
    page = browser.takes(room, "pause")
    assert "Resume" in page
    assert 'name="text"' not in page
    browser.alice.clock.turn(minutes=300)
    clock = browser.client.get(f"{room}/clock").json()
    assert clock["phase"] == "paused"
    assert clock["left_ms"] == 19 * 60_000


def test_the_clock_is_the_servers(browser: Browser) -> None:
    room = browser.starts()
    browser.alice.clock.turn(minutes=7)
    assert browser.client.get(f"{room}/clock").json()["left_ms"] == 13 * 60_000


def test_code_keeps_its_leading_space_and_shows_each_test(browser: Browser) -> None:
    room = browser.starts("coding-round")
    page = browser.takes(room, "code_run", "  # passes 1 of 6\n")
    assert "Visible tests: 1 of 2 pass" in page
    assert ">\n  # passes 1 of 6" in page
    assert "kind of input 2" in page


def test_finishing_leads_to_the_debrief_and_htmx_is_told_to_go_there(browser: Browser) -> None:
    room = browser.starts()
    page = browser.takes(room, "finish")
    assert "If this had been the loop" in page
    assert "could not assess" in page
    answer = browser.client.get(room, headers=HTMX)
    assert answer.headers["hx-redirect"] == f"{room}/debrief"


def test_the_debrief_sets_what_was_said_beside_a_model_answer(browser: Browser) -> None:
    room = browser.starts("fundamentals-talk")
    browser.takes(room, "say", "I would redo the validation split by time before I believe the number.")
    page = browser.takes(room, "finish")
    assert "What you said" in page
    assert "A model answer" in page


def test_the_debrief_as_json_holds_the_transcript(browser: Browser) -> None:
    room = browser.starts()
    browser.takes(room, "say", "I would redo the validation split by time before I believe the number.")
    browser.takes(room, "finish")
    answer = browser.client.get(f"{room}/debrief.json")
    found = json.loads(answer.text)
    assert "attachment" in answer.headers["content-disposition"]
    assert any("validation split by time" in line["text"] for line in found["transcript"])
    assert len(found["debrief"]["actions"]) == 3


def test_the_same_form_sent_twice_is_one_turn(browser: Browser) -> None:
    room = browser.starts()
    for _ in range(2):
        page = browser.takes(
            room, "say", "The split should be made by time, I think.", event_id="turn-same-1"
        )
    assert page.count("The split should be made by time, I think.") == 1


def test_history_lists_the_mock_with_its_outcome(browser: Browser) -> None:
    room = browser.starts()
    assert "still open" in browser.client.get("/interviews").text
    browser.takes(room, "finish")
    assert "undecided" in browser.client.get("/interviews").text


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "sing"},
        {"kind": ""},
        {"event_id": ""},
        {"event_id": "x" * 200},
        {"exchange": "-4"},
        {"exchange": "many"},
        {"text": "x" * 20_001},
        {"text": "a\x00b"},
    ],
)
def test_a_turn_that_cannot_be_read_is_refused_and_nothing_is_lost(
    browser: Browser, fields: dict[str, str]
) -> None:
    room = browser.starts()
    before = browser.client.get(room).text.count("data-line")
    form = {"event_id": "turn-00001", "kind": "say", "text": "by time", "exchange": "0"} | fields
    answer = browser.client.post(f"{room}/turn", data=form)
    assert answer.status_code == 422
    assert browser.client.get(room).text.count("data-line") == before


@pytest.mark.parametrize(
    "path", ["/interview/no", "/interview/no-such-mock", "/interview/no-such-mock/debrief"]
)
def test_an_unknown_mock_is_not_found(browser: Browser, path: str) -> None:
    assert browser.client.get(path).status_code == 404


def test_a_turn_after_the_end_says_so(browser: Browser) -> None:
    room = browser.starts()
    browser.takes(room, "finish")
    assert "This mock is over" in browser.takes(room, "say", "One more thing about it.", status=409)


def test_right_to_left_and_long_words_are_kept(browser: Browser) -> None:
    page = browser.takes(browser.starts(), "think", "שלום " + "x" * 5_000)
    assert "שלום" in page


def test_the_room_has_a_style_nonce_and_no_inline_script(browser: Browser) -> None:
    answer = browser.client.get(browser.starts())
    nonce = re.search(r"'nonce-([^']+)'", answer.headers["content-security-policy"])
    assert nonce is not None
    assert f'<meta name="csp-nonce" content="{nonce[1]}">' in answer.text
    assert not re.search(r"<script(?![^>]*\bsrc=)", answer.text)
    assert " style=" not in answer.text
