"""Votes alone, votes after reading, and the decision in words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from greenroom.core.competencies import CUTS_01, Band, band_of
from greenroom.core.decision import Vote, decide, first_vote

votes = st.lists(
    st.builds(
        Vote,
        section=st.sampled_from(["Talk", "Code", "Design", "Story", "Depth"]),
        first=st.one_of(st.none(), st.sampled_from(list(Band))),
        why=st.just(""),
        is_firm=st.booleans(),
    ),
    min_size=1,
    max_size=7,
)


def vote(section: str, band: Band | None, *, is_firm: bool = True) -> Vote:
    return Vote(section=section, first=band, why="", is_firm=is_firm)


def test_two_strong_hires_and_a_hire_are_a_hire() -> None:
    found = decide(
        [vote("Talk", Band.STRONG_HIRE), vote("Code", Band.STRONG_HIRE), vote("Story", Band.LEANING_HIRE)]
    )
    assert found.decision.outcome == "hire"


def test_a_strong_no_is_not_averaged_away() -> None:
    found = decide(
        [vote("Talk", Band.STRONG_HIRE), vote("Code", Band.STRONG_NO_HIRE), vote("Story", Band.STRONG_HIRE)]
    )
    assert found.decision.outcome == "leaning no"
    assert "Code" in found.decision.carried_by


def test_a_vote_within_the_margin_follows_the_firm_ones() -> None:
    found = decide(
        [
            vote("Talk", Band.LEANING_HIRE),
            vote("Code", Band.LEANING_NO, is_firm=False),
            vote("Story", Band.STRONG_HIRE),
        ]
    )
    assert found.votes[1].second is Band.LEANING_HIRE
    assert "Code" in found.decision.uncertainty


def test_a_firm_vote_stands() -> None:
    found = decide(
        [vote("Talk", Band.LEANING_HIRE), vote("Code", Band.LEANING_NO), vote("Story", Band.STRONG_HIRE)]
    )
    assert found.votes[1].second is Band.LEANING_NO


def test_what_could_not_be_assessed_does_not_vote_and_is_no_no() -> None:
    found = decide([vote("Talk", Band.STRONG_HIRE), vote("Code", None), vote("Story", Band.STRONG_HIRE)])
    assert found.votes[1].second is None
    assert found.decision.outcome == "leaning hire"
    assert "Code" in found.decision.would_settle


def test_too_little_seen_is_undecided() -> None:
    assert decide([vote("Talk", Band.STRONG_HIRE), vote("Code", None)]).decision.outcome == "undecided"


@given(votes)
def test_a_firm_vote_never_moves_and_no_vote_moves_more_than_a_band(given_votes: list[Vote]) -> None:
    bands = list(Band)
    for before, after in zip(given_votes, decide(given_votes).votes, strict=True):
        if before.first is None:
            assert after.second is None
            continue
        assert after.second is not None
        steps = abs(bands.index(after.second) - bands.index(before.first))
        assert steps <= (0 if before.is_firm else 1)


@given(votes)
def test_lifting_every_vote_to_the_top_never_makes_the_decision_worse(given_votes: list[Vote]) -> None:
    order = ["no hire", "leaning no", "undecided", "leaning hire", "hire"]
    lifted = [vote(v.section, Band.STRONG_HIRE if v.first else None, is_firm=v.is_firm) for v in given_votes]
    before, after = decide(given_votes).decision.outcome, decide(lifted).decision.outcome
    assert order.index(after) >= order.index(before)


def test_a_section_votes_by_its_leading_competency_and_a_sure_strong_no_lowers_it() -> None:
    lead = ("Coding", Band.LEANING_HIRE, 0.6, 0.7, "")
    sure, unsure = ("Talk", Band.STRONG_NO_HIRE, 0.0, 0.1, ""), ("Talk", Band.STRONG_NO_HIRE, 0.0, 0.4, "")
    assert first_vote("Code", [lead, sure], line_01=0.45, floor_01=0.25).first is Band.LEANING_NO
    assert first_vote("Code", [lead, unsure], line_01=0.45, floor_01=0.25).first is Band.LEANING_HIRE


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(sorted(CUTS_01)))
def test_a_higher_score_never_has_a_lower_band(one: float, other: float, seniority: str) -> None:
    low, high = sorted((one, other))
    bands = list(Band)
    assert bands.index(band_of(low, seniority)) <= bands.index(band_of(high, seniority))


@given(st.floats(0, 1))
def test_more_is_expected_of_the_senior(score: float) -> None:
    bands = list(Band)
    ranks = [bands.index(band_of(score, level)) for level in ("junior", "mid", "senior", "staff")]
    assert ranks == sorted(ranks, reverse=True)
