"""Every rubric of the bank against the grader."""

from __future__ import annotations

from greenroom.app.rubrics import check_rubrics
from greenroom.content.bank import load
from greenroom.grading.grader import OfflineGrader


def test_every_rubric_keeps_what_it_promises() -> None:
    assert [str(finding) for finding in check_rubrics(load(None), OfflineGrader())] == []
