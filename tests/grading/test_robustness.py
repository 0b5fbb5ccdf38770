"""Typing errors and other words hardly move a score; salads, denials and answers to something else earn nothing."""

from __future__ import annotations

import random

import pytest
from tests.grading.robustness import (
    asked,
    denials,
    met_by,
    off_topic,
    rewrites,
    salads,
    score_of,
    typos,
)

FEWEST = 200
ELSEWHERE = """I usually boil the potatoes first and then fry them with onions until they are golden.
We took the early train to the coast and walked along the harbour before lunch.
My sister plays the cello in an orchestra, and her concerts are often sold out.
The garden needs water in the evening, since the soil dries out during the day.
He scored twice in the second half, but the referee had already stopped the match.
For a good bread you let the dough rest overnight in a cool place.
The museum was closed on Monday, so we went to the old town instead.
I painted the kitchen in a light colour because the room has only one window.
Her novel tells of a family that leaves its village after the war.
They repaired the bicycle with a part that they had found in the cellar.
In winter the birds come to the balcony and eat the seeds that we leave there.
The tailor shortened the sleeves and asked me to come back on Friday.
We have rented a small house by the lake, and the children learn to swim there.
The soup tastes better on the next day, when the herbs have had time.
Our neighbour grows tomatoes and gives us a basket every week.
The bridge was built of stone, and it still carries the road to the market.""".split("\n")


def elsewhere() -> list[str]:
    """Fluent answers that have nothing to do with any question."""
    dice = random.Random(0)
    return [" ".join(dice.sample(ELSEWHERE, 5)) for _ in range(12)]


def test_three_per_cent_of_typing_errors_move_the_score_little() -> None:
    moves = []
    for question, sample, mistyped in typos():
        plain = score_of(question, sample)
        if plain is not None:
            moves.append(abs(plain - (score_of(question, mistyped) or 0.0)))
    assert len(moves) >= FEWEST
    assert sum(moves) / len(moves) <= 0.05


def test_nine_in_ten_rewrites_stay_within_a_tenth() -> None:
    moves = []
    for question, sample, other in rewrites():
        plain = score_of(question, sample)
        if plain is not None:
            moves.append(abs(plain - (score_of(question, other) or 0.0)))
    assert len(moves) >= FEWEST
    assert sum(move <= 0.1 for move in moves) / len(moves) >= 0.9


def test_no_keyword_salad_meets_a_point() -> None:
    made = list(salads())
    assert len(made) >= FEWEST
    assert [(question.id, salad) for question, salad in made if met_by(question, salad)] == []


def test_no_denied_phrasing_meets_its_point() -> None:
    made = list(denials())
    assert len(made) >= FEWEST
    assert [denial for question, point, denial in made if met_by(question, denial, (point,))] == []


def test_no_answer_about_something_else_meets_a_point() -> None:
    made = [(question, text) for question in asked() for text in elsewhere()]
    assert len(made) >= FEWEST
    assert [(question.id, text) for question, text in made if met_by(question, text)] == []


def test_an_answer_to_a_question_of_another_area_meets_one_point_in_a_hundred_at_most() -> None:
    made = list(off_topic())
    assert len(made) >= FEWEST
    n_met = sum(len(met_by(question, text)) for question, text in made)
    assert n_met / sum(len(question.points) for question, _ in made) <= 0.01


def test_what_one_sentence_denies_does_not_complete_the_point_of_another() -> None:
    question = next(question for question in asked() if question.id == "bias-or-variance")
    told = "The training error is far below the validation error, so the model overfits. It is not true that more data would help."
    assert "remedies-for-variance" in met_by(question, told.replace("It is not true that more", "More"))
    assert "remedies-for-variance" not in met_by(question, told)


@pytest.mark.parametrize(
    "text",
    [
        "I do not think that accuracy alone tells us anything here.",
        "There is no need for a deep network, a boosted tree does the job.",
    ],
)
def test_an_honest_denial_is_still_an_answer(text: str) -> None:
    assert score_of(asked()[0], text) is not None
