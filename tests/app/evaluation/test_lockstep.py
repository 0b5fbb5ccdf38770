"""The batch path gives the numbers of the online path."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.app.evaluation.answers import AnswerRow, Answers, answers_of
from greenroom.app.evaluation.difficulty import Difficulties, unknown
from greenroom.app.evaluation.filter_fit import FittedFilter, replay_with
from greenroom.app.evaluation.lockstep import layout_of
from greenroom.app.evaluation.online import replay_online
from greenroom.core.filtering import Parameters
from greenroom.core.units import DAY_MS

rows = st.lists(
    st.tuples(
        st.integers(0, 3),  # learner
        st.integers(0, 5),  # item
        st.sampled_from([0.0, 1.0, 0.5]),
        st.integers(0, 40),  # hours since the last answer
    ),
    min_size=1,
    max_size=60,
)
parameters = st.builds(
    Parameters,
    general_variance=st.floats(0.1, 2),
    general_gain=st.floats(-0.1, 0.2),
    topic_gain=st.floats(-0.1, 0.3),
    topic_fast_variance=st.floats(0.01, 1),
    topic_fast_keep=st.floats(0.1, 0.99),
    item_gain_right=st.floats(-0.5, 2),
    retry_weight=st.floats(0.1, 1.2),
    forgetting=st.floats(0.1, 3),
    drift_per_day=st.floats(0, 0.1),
    general_half_life_days=st.floats(0.1, 20),
)
SKILLS = (("a",), ("b",), ("a", "b"), ("c", "a", "b"), ("c",), ("d", "c"))


def log_of(entries: list[tuple[int, int, float, int]], *, with_times: bool) -> Answers:
    now, found = 0, []
    for learner, item, credit, hours in entries:
        now += hours * DAY_MS // 12
        found.append(
            AnswerRow(
                learner=f"u{learner}",
                item=f"i{item}",
                skills=SKILLS[item],
                correct=credit,
                time_ms=now if with_times else -1,
            )
        )
    return answers_of(found)


def difficulties_of(answers: Answers, seed: int) -> Difficulties:
    dice = np.random.default_rng(seed)
    blank = unknown(answers)
    return replace(
        blank,
        item=dice.normal(size=answers.n_items),
        skill=dice.normal(size=answers.n_skills),
        item_variance=dice.uniform(0.1, 1, answers.n_items),
    )


@settings(max_examples=60, deadline=None)
@given(rows, parameters, st.booleans(), st.integers(0, 99))
def test_both_paths_give_the_same_numbers(
    entries: list[tuple[int, int, float, int]], chosen: Parameters, with_times: bool, seed: int
) -> None:
    answers = log_of(entries, with_times=with_times)
    fitted = FittedFilter(
        parameters=chosen, difficulties=difficulties_of(answers, seed), has_times=answers.has_times
    )
    batch = replay_with(
        answers, layout_of(answers), [chosen], fitted.difficulties, has_times=fitted.has_times
    )
    online = replay_online(answers, fitted, most=len(entries))
    assert batch.probability_01[0] == pytest.approx(online.probability_01, abs=1e-9)


def test_sets_side_by_side_give_what_each_gives_alone() -> None:
    answers = log_of([(k % 4, k % 6, float(k % 3 == 0), k % 7) for k in range(80)], with_times=True)
    found, layout = difficulties_of(answers, 1), layout_of(answers)
    sets = [Parameters(), Parameters(general_variance=1.5, topic_fast_keep=0.3, forgetting=2.0)]
    together = replay_with(answers, layout, sets, found, has_times=True)
    for number, chosen in enumerate(sets):
        alone = replay_with(answers, layout, [chosen], found, has_times=True)
        assert together.probability_01[number] == pytest.approx(alone.probability_01[0])


def test_learners_do_not_bear_on_each_other() -> None:
    entries = [(k % 4, k % 6, float(k % 3 == 0), 1) for k in range(80)]
    answers = log_of(entries, with_times=False)
    alone = log_of([entry for entry in entries if entry[0] == 2], with_times=False)
    found = difficulties_of(answers, 3)
    by_name = {name: number for number, name in enumerate(answers.item_names)}
    moved = replace(
        found,
        item=found.item[[by_name[name] for name in alone.item_names]],
        item_variance=found.item_variance[[by_name[name] for name in alone.item_names]],
        skill=found.skill[[answers.skill_names.index(name) for name in alone.skill_names]],
    )
    chosen = [Parameters()]
    whole = replay_with(answers, layout_of(answers), chosen, found, has_times=False)
    part = replay_with(alone, layout_of(alone), chosen, moved, has_times=False)
    own = np.array(answers.learner_names)[answers.learner] == "u2"
    assert whole.probability_01[0][own] == pytest.approx(part.probability_01[0])
