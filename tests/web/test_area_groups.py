"""Areas in groups: every area of a taxonomy is in exactly one, known or not."""

from __future__ import annotations

from greenroom.web.area_groups import groups_of


def test_each_area_is_in_one_group_and_an_unknown_one_in_the_last() -> None:
    areas = ["rag", "surely-new", "linear-algebra", "agents"]
    found = groups_of(areas)
    assert sorted(area for group in found for area in group.areas) == sorted(areas)
    assert [group.title for group in found] == ["Mathematics and statistics", "Language models", "Other"]
    assert len({group.key for group in found}) == 3
