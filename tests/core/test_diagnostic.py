"""The adaptive diagnostic."""

from __future__ import annotations

from collections import Counter

from greenroom.core.diagnostic import Ended, Limits, area_shares, is_done, next_pick
from greenroom.core.mastery import Evidence, Mastery, Traits, start, update
from greenroom.core.mastery_map import area_map
from greenroom.core.selection import Candidate

WEIGHTS = {"rag": 0.4, "agents": 0.3, "evals": 0.2, "mlops": 0.1}
TOPICS = {f"{area}-{n}": area for area in WEIGHTS for n in range(6)}
BANK = [
    Candidate(
        traits=Traits(item_id=f"{topic}/{n}", topic=topic, area=area, difficulty_logit=n - 1, guess_01=0.25)
    )
    for topic, area in TOPICS.items()
    for n in range(3)
]


def run(
    *, n_questions: int = 20, seed: int = 1, excluded: tuple[str, ...] = ()
) -> tuple[list[Traits], Mastery]:
    mastery, asked = start(), list[Traits]()
    for number in range(n_questions):
        pick = next_pick(
            BANK,
            mastery,
            area_weights=WEIGHTS,
            excluded_areas=excluded,
            asked=asked,
            seed=seed,
            now_ms=number,
        )
        assert pick is not None
        traits = next(entry.traits for entry in BANK if entry.traits.item_id == pick.item_id)
        asked.append(traits)
        mastery = update(mastery, traits, Evidence(credit_01=float(number % 2)), now_ms=number)
    return asked, mastery


def test_questions_are_shared_out_by_role_weight() -> None:
    asked, _ = run()
    assert Counter(traits.area for traits in asked) == {"rag": 8, "agents": 6, "evals": 4, "mlops": 2}


def test_no_item_is_asked_twice_and_topics_spread() -> None:
    asked, _ = run()
    assert len({traits.item_id for traits in asked}) == 20
    assert len({traits.topic for traits in asked if traits.area == "rag"}) == 6


def test_an_excluded_area_is_avoided_and_the_rest_keeps_its_proportions() -> None:
    asked, _ = run(n_questions=12, excluded=("rag",))
    assert Counter(traits.area for traits in asked) == {"agents": 6, "evals": 4, "mlops": 2}
    assert area_shares(WEIGHTS, ["rag"])["agents"] == 0.5


def test_the_same_seed_asks_the_same_and_another_seed_differs() -> None:
    assert run(seed=4)[0] == run(seed=4)[0]
    assert run(seed=4)[0] != run(seed=5)[0]


def test_an_item_answered_in_practice_is_not_used_to_measure() -> None:
    asked, mastery = run(n_questions=5)
    done = {traits.item_id for traits in asked}
    again = next_pick(BANK, mastery, area_weights=WEIGHTS, asked=[], seed=1, now_ms=9)
    assert again is not None
    assert again.item_id not in done


def test_the_reason_says_what_the_area_weighs() -> None:
    pick = next_pick(BANK, start(), area_weights=WEIGHTS, seed=1, now_ms=0, titles={"rag": "Retrieval"})
    assert pick is not None
    assert pick.reason == "Retrieval makes up 40% of what your role asks, and nothing of it was asked yet."


def test_nothing_new_left_gives_no_pick() -> None:
    assert next_pick([], start(), area_weights=WEIGHTS, seed=1, now_ms=0) is None
    assert next_pick(BANK, start(), area_weights={"rag": 1}, excluded_areas=["rag"], seed=1, now_ms=0) is None


def test_it_ends_on_length_time_or_information() -> None:
    _, mastery = run()
    estimates = area_map(mastery, list(WEIGHTS), TOPICS, now_ms=30)

    def done(n_asked: int, now_ms: int, spread_logit: float = 0.0) -> Ended | None:
        return is_done(
            n_asked=n_asked,
            estimates=estimates,
            area_weights=WEIGHTS,
            started_ms=0,
            now_ms=now_ms,
            limits=Limits(spread_logit=spread_logit),
        )

    assert done(20, 0) is Ended.LENGTH
    assert done(5, 600_000) is Ended.TIME
    assert done(5, 599_999) is None
    assert done(15, 0, spread_logit=5.0) is Ended.INFORMATION
    assert done(11, 0, spread_logit=5.0) is None
