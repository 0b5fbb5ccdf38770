"""A verdict survives being stored, whatever candidate code printed into it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from greenroom.core.coding import checked_source, data_of, verdict_of
from greenroom.core.errors import InputRejected
from greenroom.core.ids import canonical_json
from greenroom.core.verdicts import Outcome, Scaling, TestOutcome, Verdict

TEXTS = st.text(st.characters(exclude_categories=[]), max_size=60)
TIMES = st.floats(0, 1e6)

TESTS = st.builds(
    TestOutcome,
    name=TEXTS,
    is_visible=st.booleans(),
    outcome=st.sampled_from(Outcome),
    message=TEXTS,
    input_text=TEXTS,
    expected_text=TEXTS,
    got_text=TEXTS,
    cpu_ms=TIMES,
)
SCALINGS = st.builds(
    Scaling,
    sizes=st.lists(st.integers(1, 10**6), max_size=5).map(tuple),
    seconds=st.lists(TIMES, max_size=5).map(tuple),
    exponent=TIMES,
    exponent_se=TIMES,
    target=st.none() | TIMES,
)
VERDICTS = st.builds(
    Verdict,
    outcome=st.sampled_from(Outcome),
    tests=st.lists(TESTS, max_size=4).map(tuple),
    stdout=TEXTS,
    message=TEXTS,
    line=st.none() | st.integers(1, 500),
    wall_ms=st.floats(),
    cpu_ms=TIMES,
    scaling=st.none() | SCALINGS,
)


@given(verdict=VERDICTS)
def test_a_stored_verdict_is_plain_text_and_reads_back_the_same(verdict: Verdict) -> None:
    data = data_of(verdict)
    canonical_json(data).encode()
    assert data_of(verdict_of(data)) == data
    assert verdict_of(data).outcome is verdict.outcome


def test_a_later_versions_fields_are_left_out() -> None:
    data = data_of(Verdict(outcome=Outcome.ACCEPTED, tests=()))
    assert verdict_of({**data, "mood": "good"}) == verdict_of(data)


@given(source=TEXTS)
def test_a_source_that_is_taken_can_be_a_file(source: str) -> None:
    try:
        taken = checked_source(source)
    except InputRejected:
        return
    assert "\x00" not in taken
    assert "\r" not in taken
    taken.encode()
