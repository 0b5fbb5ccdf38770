"""Every deployed variant of every family, on every response path; and the gates that a family has to pass."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.content.families import Family, Slip
from greenroom.content.locking import (
    FamilyInvalid,
    decimal,
    draw_lock,
    filled,
    load_family,
    unproven,
    with_unit,
)
from greenroom.content.locks import Lock, items_of_lock, lock_of, lock_text
from greenroom.core.items import ChoiceSpec, Item, NumericSpec
from greenroom.core.scoring import Number, Picked, score

LOCKS = sorted((Path(__file__).parents[2] / "bank" / "families").glob("*/*.lock.json"))


def read(file: Path) -> Lock:
    lock = lock_of(file.read_text(encoding="utf-8"))
    assert isinstance(lock, Lock), lock
    return lock


def paths() -> list[Any]:  # Any: pytest parameters
    """(item, how to answer, the misconception that must come back or None for right)"""
    made = []
    for file in LOCKS:
        for item, _, complaint in items_of_lock(read(file), area=file.parent.name, path=file.name):
            assert item is not None, complaint
            if isinstance(item.spec, ChoiceSpec):
                answers = [(Picked(options=(o.id,)), o.misconception) for o in item.spec.options]
            else:
                assert isinstance(item.spec, NumericSpec)
                answers = [(Number(value=item.spec.value), None)]  # type: ignore[list-item]  # either response
                answers += [(Number(value=s.value), s.misconception) for s in item.spec.slips]  # type: ignore[misc]
            made += [
                pytest.param(item, answer, mistake, id=f"{item.id}-{mistake or 'right'}")
                for answer, mistake in answers
            ]
    return made


@pytest.mark.parametrize(("item", "answer", "mistake"), paths())
def test_a_deployed_variant_scores_every_response_as_its_family_says(
    item: Item, answer: Picked | Number, mistake: str | None
) -> None:
    result = score(item, answer)
    assert result.is_right == (mistake is None)
    assert result.misconceptions == (() if mistake is None else (mistake,))


@pytest.mark.parametrize("file", LOCKS, ids=lambda file: file.name)
def test_a_lock_keeps_the_bounds_of_its_gates(file: Path) -> None:
    lock = read(file)
    assert len({variant.params_json for variant in lock.variants}) == len(lock.variants)
    assert lock.acceptance_01 >= 0.2
    if lock.response == "choice":
        assert lock.best_fixed_rank_01 is None or lock.best_fixed_rank_01 <= 0.35
        places = [variant.right_at for variant in lock.variants]
        assert max(places.count(place) for place in range(4)) <= len(places) / 4 + 3
        for variant in lock.variants:
            texts = [variant.key_text, *(slip.text for slip in variant.slips)]
            assert len(set(texts)) == 4


def a_family(**changes: Any) -> Family:  # Any: fields of a family
    """Twice a number, with mistakes on both sides."""
    family = Family(
        slug="twice",
        topic="momentum",
        level="apply",
        minutes=1,
        difficulty=0,
        stem="What is twice {x}?",
        digits=1,
        draw=lambda rng: {"x": round(float(rng.uniform(1, 9)), 2)},
        key=lambda x: 2 * x,
        key_independent=lambda x: x + x,
        slips=[
            Slip("halved", lambda x: x / 2),
            Slip("squared", lambda x: x * x + 30),
            Slip("negated", lambda x: -2 * x),
            Slip("tripled", lambda x: 3 * x),
            Slip("plus-nine", lambda x: 2 * x + 9),
        ],
        explanation="Twice {x} is {key}.",
        sources=["Arithmetic."],
    )
    return replace(family, **changes)


def test_the_same_family_gives_the_same_lock_and_every_variant_is_proven() -> None:
    one, two = draw_lock(a_family(), "source"), draw_lock(a_family(), "source")
    assert lock_text(one) == lock_text(two)
    assert lock_of(lock_text(one)) == one
    assert unproven(a_family(), one) == []
    assert one.is_of("source")
    assert not one.is_of("source, changed")


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"key_independent": lambda x: x + x + 0.1}, "the two key routes disagree"),
        ({"key": lambda x: 1 / 0}, "the key cannot be computed"),
        ({"accept": lambda x: x < 1.5}, "no variant was found|of the draws are accepted"),
        ({"draw": lambda rng: {"x": float(rng.uniform(1, 9))}}, "draw yields x ="),
        ({"draw": lambda rng: {"x": 3.0}}, "no variant was found"),
        ({"stem": "What is twice {y}?"}, "the text uses {y}"),
        ({"slips": [Slip("a", lambda x: 5 * x), Slip("b", lambda x: 4 * x), Slip("c", lambda x: 3 * x)]},
         "the same rank"),
        ({"slips": [Slip("a", lambda x: 2 * x + 0.01), Slip("b", lambda x: x), Slip("c", lambda x: -x)]},
         "no variant was found"),
        ({"response": "numeric", "key": lambda x: "a", "key_independent": lambda x: "a"}, "the key is a text"),
    ],
)  # fmt: skip
def test_a_family_that_fails_a_gate_is_not_locked(changes: dict[str, Any], what: str) -> None:
    with pytest.raises(FamilyInvalid, match=what):
        draw_lock(a_family(**changes), "")


def test_a_family_whose_mistakes_lie_on_one_side_may_ask_for_a_number() -> None:
    slips = [Slip("a", lambda x: 5 * x), Slip("b", lambda x: 4 * x), Slip("nan", lambda x: float("nan"))]
    lock = draw_lock(a_family(slips=slips, response="numeric"), "")
    assert {slip.misconception for variant in lock.variants for slip in variant.slips} == {"a", "b"}
    item = next(items_of_lock(lock, area="a", path="p"))[0]
    assert item is not None
    assert isinstance(item.spec, NumericSpec)
    assert item.spec.abs_tol == 0.1


def test_a_changed_key_is_found_when_locked_variants_are_computed_again() -> None:
    lock = draw_lock(a_family(), "")
    changed = a_family(key=lambda x: 2 * x + 1, key_independent=lambda x: 2 * x + 1)
    assert len([line for line in unproven(changed, lock) if "the key is" in line]) == 20


def test_whole_numbers_are_compared_exactly() -> None:
    def draw(rng: Any) -> dict[str, int]:  # Any: numpy.random.Generator
        return {"x": int(rng.integers(2, 500))}

    lock = draw_lock(a_family(draw=draw, digits=0, response="numeric"), "")
    assert lock.abs_tol == 0


def test_texts_may_be_keys() -> None:
    lock = draw_lock(
        a_family(
            draw=lambda rng: {"x": int(rng.integers(2, 50)), "y": int(rng.integers(51, 99))},
            stem="Shape of a ({x}, 1) array plus a ({y},) array?",
            key=lambda x, y: (x, y),
            key_independent=lambda x, y: f"({x}, {y})",
            slips=[
                Slip("a", lambda x, y: (y, x)),
                Slip("b", lambda x, y: (x, 1)),
                Slip("c", lambda x, y: "it raises"),
            ],
            explanation="{key}",
        ),
        "",
    )
    assert lock.best_fixed_rank_01 is None
    assert lock.variants[0].key_value is None
    params = json.loads(lock.variants[0].params_json)
    assert lock.variants[0].key_text == f"({params['x']}, {params['y']})"


def test_a_family_may_show_a_table_a_plot_and_a_listing() -> None:
    stem = "Read on.\n\n| x |\n|---|\n| {x} |\n\n```python\nd = {{}}\nprint({x})\n```\n\n{plot}\n\nTwice {x}?"
    plot = "```plot\nkind: bar\nx: [a, b]\nseries: {n: [%s, 2]}\n```"
    lock = draw_lock(a_family(stem=stem, show=lambda x: {"plot": plot % x}), "")
    item, _, complaint = next(iter(items_of_lock(lock, area="a", path="p")))
    assert complaint == ""
    assert item is not None
    assert "<table>" in item.stem_html
    assert "d = {}" in item.stem_html
    assert "<svg" in item.stem_html


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("{x} and {x:.2f}", "3 and 3.00"),
        (r"$\frac{a}{b} x^{2}$ is {x}", r"$\frac{a}{b} x^{2}$ is 3"),
        (r"$x^{{{x}}}$", r"$x^{3}$"),
        (r"$\frac{{x}}{{y}}$", r"$\frac{x}{y}$"),
        (r"$\sqrt{\frac{a}{b}}$", r"$\sqrt{\frac{a}{b}}$"),
    ],
)
def test_numbers_are_filled_in_and_tex_keeps_its_braces(text: str, made: str) -> None:
    assert filled(text, {"x": 3}) == made


@given(st.floats(-1e9, 1e9), st.integers(0, 6))
def test_a_shown_number_reads_back_within_its_rounding(number: float, digits: int) -> None:
    shown = decimal(number, digits)
    assert abs(float(shown.replace(",", "")) - number) <= 0.5000001 * 10**-digits + 1e-6
    assert shown.strip("0.") or shown[0] != "-"


@pytest.mark.parametrize(
    ("number", "digits", "unit", "made"),
    [
        (12345.6, 0, "MB", "12,346 MB"),
        (0.5, 2, "%", "0.50%"),
        (-0.0001, 2, "", "0.00"),
        (1234, -2, "", "1200"),
    ],
)
def test_units_follow_the_number(number: float, digits: int, unit: str, made: str) -> None:
    assert with_unit(decimal(number, digits), unit) == made


def family_source(change: Callable[[str], str] = lambda text: text) -> str:
    return change(
        "from greenroom.content.families import Family, Slip\n"
        "FAMILY = Family(slug='file-name', topic='t', level='apply', minutes=1, difficulty=0, stem='s',\n"
        "    draw=lambda rng: {}, key=lambda: 1, key_independent=lambda: 1, slips=[], explanation='e', sources=['s'])\n"
    )


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda text: text.replace("FAMILY", "OTHER"), "defines no FAMILY"),
        (lambda text: text.replace("file-name", "another"), "is not the file's name"),
        (lambda text: text + "raise SystemError('x')\n", "cannot be run"),
        (lambda text: "def broken(:\n", "cannot be run"),
    ],
)
def test_a_family_file_that_cannot_be_used_is_said(
    tmp_path: Path, change: Callable[[str], str], what: str
) -> None:
    file = tmp_path / "file-name.py"
    file.write_text(family_source(change))
    with pytest.raises(FamilyInvalid, match=what):
        load_family(file)
