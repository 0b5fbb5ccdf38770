"""The measurements run and measure what they say. How fast it is here is no claim of a test."""

from __future__ import annotations

import pytest
from tests.people import HandClock, NoJudge

from greenroom.app.page_bench import PAGES, measure_pages
from greenroom.app.store_bench import SIZES, measure_store, times_of
from greenroom.content.bank import load
from greenroom.grading.grader import OfflineGrader
from greenroom.wiring import SystemClock


def test_the_median_and_the_95th_percentile_are_those_of_the_sample() -> None:
    found = times_of([float(number) for number in range(101)])
    assert (found.median_ms, found.p95_ms) == (50.0, 95.0)


def test_the_store_is_measured_on_a_log_of_the_size_asked_for() -> None:
    found = measure_store(HandClock(), NoJudge(), OfflineGrader(), n_events=150)
    assert found.n_events == 1 + 150 + 150 + 2 * 60
    assert found.differences == 0
    assert [size.items for size in found.sizes] == list(SIZES)
    assert found.events_per_second > 0


@pytest.mark.slow
def test_every_page_answers_a_learner_with_a_history_and_the_first_visit_stays_small() -> None:
    found = measure_pages(load(), SystemClock(), n_answers=60, repeats=5)
    assert [(page.path, page.status) for page in found.pages] == [(path, 200) for path in PAGES]
    assert found.first_practice_bytes <= 60_000
    assert any(name.endswith(".css") for name in found.first_practice_files)
    assert any(name.endswith(".js") for name in found.first_practice_files)
