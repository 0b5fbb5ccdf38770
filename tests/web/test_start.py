"""The start: a text read or refused in words, the goal saved once, bad values named."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.people import HandClock, NoJudge, a_store
from tests.web.visitor import Visitor, words_of

from greenroom.app.deps import Deps
from greenroom.app.planning import plan_of
from greenroom.app.profile import profile_of
from greenroom.content.bank import load
from greenroom.content.compiling import build
from greenroom.core.ids import ME
from greenroom.grading.grader import OfflineGrader
from greenroom.web.app import create_app

JOB = """Machine Learning Engineer
We look for an ML engineer for fraud detection on tabular data. You will build features, train gradient boosting
models, watch calibration and thresholds, and run A/B tests. Requirements: 3+ years of experience, Python, SQL.
"""


def goal_fields(visitor: Visitor) -> dict[str, str | list[str]]:
    return {**visitor.form_on(visitor.get("/start"), "/start"), "role": "even-role"}


def test_a_new_person_is_welcomed_and_then_sees_today(visitor: Visitor) -> None:
    assert "The green room before your interview" in visitor.get("/")
    visitor.sets_goal()
    today = words_of(visitor.get("/"))
    assert "Monday 16 November" in today
    assert "Practice" in today


def test_saving_the_goal_makes_a_plan_and_leads_on_to_the_diagnostic(visitor: Visitor) -> None:
    page = visitor.sets_goal(interview_on="2026-12-31", hours="7")
    assert "Where do you stand?" in page
    assert "Your plan and practice follow this role" in page
    view = plan_of(visitor.world.deps, ME)
    assert view is not None
    assert view.days_left == 45


def test_the_goal_sent_twice_is_saved_once(visitor: Visitor) -> None:
    fields = goal_fields(visitor)
    visitor.post("/start", fields)
    visitor.post("/start", fields)
    export = visitor.get("/settings/export")
    assert export.count('"kind":"profile_saved"') == 1


def test_a_mix_is_kept_in_its_proportion(visitor: Visitor) -> None:
    visitor.post("/start", {**goal_fields(visitor), "role": "mix", "mix": "even-role=0.6 rising-role=0.2"})
    profile = profile_of(visitor.world.deps, ME)
    assert profile is not None
    assert profile.role_mix == pytest.approx({"even-role": 0.75, "rising-role": 0.25})


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("role", "", "Choose one of the seven roles"),
        ("role", "wizard", "Choose one of the seven roles"),
        ("role", "mix", "Choose one of the seven roles"),
        ("seniority", "emperor", "Choose a level"),
        ("loop", "../../etc", "interview loops"),
        ("hours", "0", "Hours a week"),
        ("hours", "1e9", "Hours a week"),
        ("hours", "many", "Hours a week"),
        ("interview_on", "yesterday", "has to be a day"),
        ("interview_on", "2026-11-01", "in the past"),
        ("interview_on", "2036-11-01", "more than a year away"),
        ("time_zone", "Mars/Olympus", "time zone"),
        ("excluded", "no-area", "excluded area"),
        ("job_title", "x" * 500, "Job title"),
        ("job_title", "\x00", "not text"),
    ],
)
def test_a_bad_value_is_named_and_nothing_is_saved(
    visitor: Visitor, name: str, value: str, said: str
) -> None:
    page = visitor.post("/start", {**goal_fields(visitor), name: value}, status=422)
    assert said in words_of(page)
    assert profile_of(visitor.world.deps, ME) is None


def test_a_right_to_left_title_is_kept_and_shown(visitor: Visitor) -> None:
    visitor.sets_goal(job_title="מהנדס למידת מכונה <b>")
    page = visitor.get("/")
    assert "מהנדס למידת מכונה &lt;b&gt;" in page


@pytest.mark.parametrize(
    "text",
    ["", " ", "Hello", "مرحبا بكم " * 80, "lorem ipsum dolor sit amet " * 200, "🙂" * 400, "<script>" * 90],
)
def test_a_text_that_is_no_job_description_gets_an_answer_and_stays_in_the_field(
    visitor: Visitor, text: str
) -> None:
    page = visitor.post("/start/read", {"job": text})
    assert 'class="notice notice--warn"' in page
    assert "<script>" not in page.split("<main", 1)[1]


def test_a_job_description_of_a_megabyte_is_refused_with_its_length(visitor: Visitor) -> None:
    assert "60,000 fit" in visitor.post("/start/read", {"job": "x " * 40_000}, status=422)
    assert "more than 1 MB" in visitor.post("/start/read", {"job": "x" * 1_000_001}, status=413)


@pytest.mark.parametrize("body", [b"job=%89PNG%0d%0a%1a%00%00", b"job=\xff\xfe\x00", b"\x89PNG\r\n\x1a\n"])
def test_binary_in_the_job_field_is_explained(visitor: Visitor, body: bytes) -> None:
    answer = visitor.raw("/start/read", body)
    assert answer.status_code == 422
    assert "not text" in answer.text


@pytest.fixture(scope="module")
def real_bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped taxonomy, compiled."""
    out = tmp_path_factory.mktemp("bank") / "bank.json"
    build(Path(__file__).parents[2] / "bank", out)
    return out


def test_a_real_job_description_shows_role_confidence_and_the_phrases(
    tmp_path: Path, real_bank: Path
) -> None:
    deps = Deps(
        clock=HandClock(),
        bank=load(real_bank),
        judge=NoJudge(),
        grader=OfflineGrader(),
        store=a_store(tmp_path),
    )
    client = TestClient(create_app(deps), base_url="http://127.0.0.1:8020")
    page = client.post("/start/read", data={"job": JOB}).text
    words = words_of(page)
    assert "Classical ML engineer" in words
    assert "that the main role is Classical ML engineer" in words
    assert page.count("<mark") >= 3
    assert 'value="classical-ml" required checked' in page or 'value="mix" checked' in page


def test_what_a_person_says_of_themselves_is_kept_and_shown_again(visitor: Visitor) -> None:
    fields = goal_fields(visitor)
    (rated,) = [name for name in fields if name.startswith("rate_")]  # the generated areas form one group
    assert fields[rated] == ""
    visitor.post("/start", {**fields, rated: "4"})
    profile = profile_of(visitor.world.deps, ME)
    assert profile is not None
    assert profile.self_report == dict.fromkeys(visitor.world.deps.bank.taxonomy.areas, 4)
    again = goal_fields(visitor)
    assert again[rated] == "4"
    assert "1 to 5" in visitor.post("/start", {**again, rated: "6"}, status=422)
    visitor.post("/start", {**again, rated: ""})
    profile = profile_of(visitor.world.deps, ME)
    assert profile is not None
    assert profile.self_report == {}
