"""What is asked next, and why."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from greenroom.core.mastery import Evidence, Mastery, Traits, start, update
from greenroom.core.memory import Grade, review
from greenroom.core.selection import Around, Candidate, Cause, Goal, Shown, choose, pull_of
from greenroom.core.units import DAY_MS

AREAS = ("supervised-learning", "rag", "agents")
BANK = [
    Candidate(
        traits=Traits(
            item_id=f"{area}/{topic}/{number}",
            topic=f"{area}-{topic}",
            area=area,
            difficulty_logit=-1 + number / 2,
            guess_01=0.25,
        ),
        kind=("choice", "numeric")[number % 2],
    )
    for area in AREAS
    for topic in range(4)
    for number in range(5)
]
GOAL = Goal(area_weights={"supervised-learning": 0.2, "rag": 0.5, "agents": 0.3}, days_left=30)


def answered(mastery: Mastery, item_id: str, credit: float, now_ms: int) -> Mastery:
    traits = next(entry.traits for entry in BANK if entry.traits.item_id == item_id)
    return update(mastery, traits, Evidence(credit_01=credit), now_ms=now_ms)


@given(st.integers(0, 2**31), st.integers(1, 20))
def test_the_same_seed_gives_the_same_picks_and_no_item_twice(seed: int, count: int) -> None:
    picks = choose(BANK, start(), goal=GOAL, seed=seed, now_ms=0, count=count)
    assert picks == choose(list(reversed(BANK)), start(), goal=GOAL, seed=seed, now_ms=0, count=count)
    assert len({pick.item_id for pick in picks}) == len(picks) == count


def test_another_seed_gives_another_order() -> None:
    orders = {
        tuple(pick.item_id for pick in choose(BANK, start(), goal=GOAL, seed=seed, now_ms=0))
        for seed in range(5)
    }
    assert len(orders) > 1


def test_areas_follow_their_weights() -> None:
    picks = choose(BANK, start(), goal=GOAL, seed=1, now_ms=0, count=12)
    counts = Counter(pick.area for pick in picks)
    assert counts["rag"] == max(counts.values())


def test_an_excluded_area_is_never_chosen() -> None:
    goal = Goal(area_weights=GOAL.area_weights, excluded_areas=frozenset({"rag"}))
    picks = choose(BANK, start(), goal=goal, seed=1, now_ms=0, count=60)
    assert {pick.area for pick in picks} == {"supervised-learning", "agents"}


def test_an_area_without_weight_is_never_chosen() -> None:
    picks = choose(BANK, start(), goal=Goal(area_weights={"rag": 1.0}), seed=1, now_ms=0, count=60)
    assert {pick.area for pick in picks} == {"rag"}


def test_a_due_review_comes_first_and_says_so() -> None:
    item_id = BANK[0].traits.item_id
    mastery = answered(start(), item_id, 1.0, 0)
    card = review(None, Grade.GOOD, 0)
    late = card.due_ms + 20 * DAY_MS
    picks = choose(BANK, mastery, goal=GOAL, around=Around(cards={item_id: card}), seed=1, now_ms=late)
    assert picks[0].item_id == item_id
    assert picks[0].is_review
    assert picks[0].reason.startswith("Due for review: your chance of recalling it has fallen to about")


def test_a_seen_item_that_is_not_due_is_left_out() -> None:
    item_id = BANK[0].traits.item_id
    mastery = answered(start(), item_id, 1.0, 0)
    cards = {item_id: review(None, Grade.GOOD, 0)}
    for around in (Around(cards=cards), Around()):
        picks = choose(BANK, mastery, goal=GOAL, around=around, seed=1, now_ms=1, count=60)
        assert item_id not in {pick.item_id for pick in picks}


def test_topics_and_kinds_vary() -> None:
    picks = choose(BANK, start(), goal=Goal(area_weights={"rag": 1.0}), seed=3, now_ms=0, count=8)
    assert len({pick.topic for pick in picks[:4]}) == 4
    assert {pick.kind for pick in picks} == {"choice", "numeric"}


def test_what_was_just_shown_is_not_repeated() -> None:
    first = choose(BANK, start(), goal=GOAL, seed=1, now_ms=0, count=1)[0]
    shown = Shown(item_id=first.item_id, topic=first.topic, kind=first.kind)
    picks = choose(BANK, start(), goal=GOAL, around=Around(recent=[shown]), seed=1, now_ms=0, count=60)
    assert first.item_id not in {pick.item_id for pick in picks}
    assert picks[0].topic != first.topic


def test_an_item_shown_to_a_fifth_of_the_learners_is_not_chosen() -> None:
    worn = {entry.traits.item_id: 0.2 for entry in BANK if entry.traits.area == "rag"}
    picks = choose(BANK, start(), goal=GOAL, around=Around(exposure_01=worn), seed=1, now_ms=0, count=60)
    assert "rag" not in {pick.area for pick in picks}


def test_reasons_go_from_unknown_to_gap_or_edge() -> None:
    goal = Goal(area_weights={"rag": 0.5, "agents": 0.5}, days_left=30)
    for pick in choose(BANK, start(), goal=goal, seed=1, now_ms=0):
        assert pick.cause is Cause.UNKNOWN
        assert pick.reason.startswith("Little is known yet about your")
    for credit, cause, words in ((0.0, Cause.GAP, "looks like a gap"), (1.0, Cause.EDGE, "stands well")):
        mastery = start()
        for number in range(4):
            mastery = answered(mastery, f"rag/3/{number}", credit, number)
        picks = choose(
            BANK, mastery, goal=goal, seed=1, now_ms=9, titles={"rag-3": "Hybrid search"}, count=40
        )
        found = next(pick for pick in picks if pick.topic == "rag-3")
        assert found.cause is cause
        assert found.reason.startswith(f"Hybrid search {words}")


def test_near_the_date_weights_sharpen_and_reviews_count_more() -> None:
    far = pull_of(Goal(area_weights=GOAL.area_weights, days_left=100))
    near = pull_of(Goal(area_weights=GOAL.area_weights, days_left=2))
    assert near.area_factors["rag"] > far.area_factors["rag"]
    assert near.due > far.due
    assert near.information < far.information
    assert near.retention_01 > far.retention_01


def test_nothing_to_choose_from_gives_nothing() -> None:
    assert choose([], start(), goal=GOAL, seed=1, now_ms=0) == ()
