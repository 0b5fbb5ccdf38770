"""Selection by tables against the plain path."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.app.selection_bench import measure_selection, simulated_bank
from greenroom.app.selection_index import LearnerTable, choose_from, index_of
from greenroom.core.mastery import Evidence, changes, start, with_changes
from greenroom.core.memory import Card, Grade, review
from greenroom.core.selection import Around, Goal, choose
from greenroom.core.units import HOUR_MS

BANK = simulated_bank(600, random.Random(1))
INDEX = index_of(BANK)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 40), st.sampled_from([None, 2, 40]))
def test_tables_choose_what_the_plain_path_chooses(seed: int, n_answers: int, days_left: int | None) -> None:
    dice = random.Random(seed)
    goal = Goal(
        area_weights={f"a{n}": dice.random() for n in range(25)},
        days_left=days_left,
        excluded_areas=frozenset({"a3"}),
    )
    exposure = {entry.traits.item_id: dice.random() * 0.3 for entry in dice.sample(BANK, 50)}
    mastery, cards, now_ms = start(), dict[str, Card](), 0
    table = LearnerTable(INDEX, mastery, cards=cards, exposure_01=exposure, now_ms=0)
    for entry in dice.choices(BANK, k=n_answers):
        traits, credit = entry.traits, float(dice.random() < 0.6)
        changed = changes(mastery, traits, Evidence(credit_01=credit), now_ms=now_ms)
        mastery = with_changes(mastery, changed)
        card = review(cards.get(traits.item_id), Grade.GOOD if credit else Grade.AGAIN, now_ms)
        cards[traits.item_id] = card
        table.take(changed, (traits.item_id, card))
    plain = choose(
        BANK,
        mastery,
        goal=goal,
        around=Around(cards=cards, exposure_01=exposure),
        seed=seed,
        now_ms=now_ms,
    )
    quick = choose_from(INDEX, table, goal=goal, seed=seed, now_ms=now_ms)
    assert [pick.item_id for pick in quick] == [pick.item_id for pick in plain]
    for one, other in zip(quick, plain, strict=True):
        assert one.worth == pytest.approx(other.worth, rel=1e-9)
        assert one.reason == other.reason


def test_a_due_card_is_found_by_the_tables_too() -> None:
    goal = Goal(area_weights={f"a{n}": 1.0 for n in range(33)})
    traits = BANK[5].traits
    changed = changes(start(), traits, Evidence(credit_01=1.0), now_ms=0)
    card = review(None, Grade.GOOD, 0)
    mastery = with_changes(start(), changed)
    late = 40 * 24 * HOUR_MS
    table = LearnerTable(INDEX, mastery, cards={traits.item_id: card}, now_ms=late)
    quick = choose_from(INDEX, table, goal=goal, seed=3, now_ms=late)
    plain = choose(BANK, mastery, goal=goal, around=Around(cards={traits.item_id: card}), seed=3, now_ms=late)
    assert quick[0].item_id == traits.item_id
    assert quick[0].is_review
    assert [pick.item_id for pick in quick] == [pick.item_id for pick in plain]


def test_an_empty_bank_gives_no_pick() -> None:
    index = index_of([])
    table = LearnerTable(index, start(), cards={}, now_ms=0)
    assert choose_from(index, table, goal=Goal(area_weights={"a0": 1.0}), seed=1, now_ms=0) == ()


def test_the_bench_measures_every_part() -> None:
    times = measure_selection(200)
    assert times.items == 200
    assert min(times.median_ms, times.score_median_ms, times.take_median_ms, times.warm_start_ms) > 0
