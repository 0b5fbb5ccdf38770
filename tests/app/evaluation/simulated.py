"""A simulated class: learners with an ability each, items with a difficulty, a little learning."""

from __future__ import annotations

import math
import random

from greenroom.app.evaluation.answers import AnswerRow, Answers, answers_of


def classroom(
    n_learners: int = 120, n_answers: int = 40, n_items: int = 60, *, seed: int = 1, spread: float = 1.0
) -> Answers:
    """The answers of a simulated class, without times; difficulties and abilities spread by 1 logit."""
    dice = random.Random(seed)
    difficulty = [dice.gauss(0, spread) for _ in range(n_items)]
    rows = []
    for learner in range(n_learners):
        ability = dice.gauss(0.3, spread)
        for step in range(n_answers):
            item = dice.randrange(n_items)
            x = ability + 0.01 * step - difficulty[item]
            rows.append(
                AnswerRow(
                    learner=f"u{learner}",
                    item=f"i{item}",
                    skills=(f"s{item % 5}",),
                    correct=float(dice.random() < 1 / (1 + math.exp(-x))),
                    time_ms=-1,
                )
            )
    return answers_of(rows)
