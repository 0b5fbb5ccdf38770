"""The selector is a cache: kept or thrown away, it gives the same picks as the plain rules."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.people import ALICE, Traits, World, a_profile, a_world, an_answer

from greenroom.app import catalogue
from greenroom.app.data import delete_everything
from greenroom.app.folds.learning import believable
from greenroom.app.learner import mastery_in, situation_in
from greenroom.app.record import Fact, record
from greenroom.app.selecting import LONGEST_AGE_MS, Selector, Wish
from greenroom.content.generated import generated_bank
from greenroom.core.selection import Around, Pick, choose
from greenroom.core.units import MINUTE_MS
from greenroom.store.memories import MEMORIES


def picked(world: World, selector: Selector, wish: Wish | None = None) -> Pick | None:
    with world.deps.store.read() as conn:
        here = situation_in(conn, ALICE, world.deps.bank.taxonomy, world.clock.now_ms())
        return selector.pick(conn, world.deps.bank, ALICE, here, wish or Wish(seed=7))


def picked_plainly(world: World) -> Pick:
    """What the rules of core say, without any table."""
    with world.deps.store.read() as conn:
        now_ms = world.clock.now_ms()
        here = situation_in(conn, ALICE, world.deps.bank.taxonomy, now_ms)
        met = MEMORIES.all(conn, ALICE)
        return choose(
            catalogue.candidates(world.deps.bank),
            mastery_in(conn, ALICE, met),
            goal=here.goal,
            around=Around(cards={row.item_id: believable(row.card, now_ms) for row in met}),
            seed=7,
            now_ms=now_ms,
            count=1,
            titles=catalogue.titles(world.deps.bank),
        )[0]


def answer_it(world: World, pick: Pick, number: int, *, credit_01: float) -> None:
    item = Traits(item_id=pick.item_id, topic=pick.topic, area=pick.area)
    record(
        world.deps, ALICE, Fact(id=f"event-{number:05d}", payload=an_answer(item=item, credit_01=credit_01))
    )


def test_a_selector_kept_over_many_answers_picks_what_the_rules_say(tmp_path: Path) -> None:
    world = a_world(tmp_path, n_items=80)
    record(world.deps, ALICE, Fact(id="event-profile", payload=a_profile()))
    kept = Selector()
    for number in range(40):
        plain = picked_plainly(world)
        found = picked(world, kept)
        assert found is not None
        assert (found.item_id, found.cause) == (plain.item_id, plain.cause)
        assert found.probability_01 == pytest.approx(plain.probability_01, abs=1e-9)
        answer_it(world, plain, number, credit_01=float(number % 3 > 0))
        world.clock.turn(days=0 if number % 10 else 1)


def test_a_new_selector_picks_the_same_as_one_that_was_kept(tmp_path: Path) -> None:
    world = a_world(tmp_path, n_items=80)
    kept = Selector()
    for number in range(12):
        found = picked(world, kept)
        assert found == picked(world, Selector())
        assert found is not None
        answer_it(world, found, number, credit_01=1.0)


def test_it_notices_that_everything_was_deleted(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    kept = Selector()
    first = picked(world, kept)
    assert first is not None
    answer_it(world, first, 1, credit_01=1.0)
    assert picked(world, kept) != first
    delete_everything(world.deps, ALICE)
    assert picked(world, kept) == first


def test_it_notices_that_something_was_answered_after_everything_was_deleted(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    kept = Selector()
    for number in range(20):
        pick = picked(world, kept)
        assert pick is not None
        answer_it(world, pick, number, credit_01=0.0)
    assert picked(world, kept) is not None
    delete_everything(world.deps, ALICE)
    other = next(iter(world.deps.bank.items.values()))
    item = Traits(item_id=other.id, topic=other.topic, area=other.area)
    record(world.deps, ALICE, Fact(id="event-after", payload=an_answer(item=item)))
    assert picked(world, kept) == picked(world, Selector())


def test_it_notices_another_bank(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    kept = Selector()
    assert picked(world, kept) is not None
    bank = generated_bank(60)
    only = next(iter(bank.items.values()))
    other = world.with_bank(replace(bank, hash="another", items={only.id: only}))
    found = picked(other, kept)
    assert found is not None
    assert found.item_id == only.id


def test_time_passes_for_it(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    kept = Selector()
    first = picked(world, kept)
    assert first is not None
    answer_it(world, first, 1, credit_01=0.0)
    world.clock.turn(minutes=2 * LONGEST_AGE_MS / MINUTE_MS + 3 * 24 * 60)
    assert picked(world, kept) == picked(world, Selector())


def test_a_wish_leaves_the_learners_table_as_it_was(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    kept = Selector()
    before = picked(world, kept)
    narrow = Wish(focus=catalogue.Focus(area="area-3"), asked={"area-3-topic-0/item-3"}, allows_reviews=False)
    found = picked(world, kept, narrow)
    assert found is not None
    assert found.area == "area-3"
    assert found.item_id != "area-3-topic-0/item-3"
    assert picked(world, kept) == before
