"""The attack suite at every sandbox level of this machine, and the suite's own test: take a layer off."""

from collections.abc import Callable, Iterator

import pytest
from tests.judge.golden import Program, mistake, programs

from greenroom.core.errors import JudgeUnavailable
from greenroom.judge import ladder, profiles
from greenroom.judge.pool import SandboxJudge

PROGRAMS = programs()
LEVELS = [rung.level for rung in ladder.rungs()]
JudgeAt = Callable[[str], SandboxJudge]


@pytest.fixture(scope="module")
def judge_at() -> Iterator[JudgeAt]:
    """The judge of a level, skipping with the reason where this machine does not offer it."""
    made: dict[str, SandboxJudge] = {}

    def at(level: str) -> SandboxJudge:
        if level not in made:
            made[level] = SandboxJudge(level=level)
        try:
            assert made[level].level == level
        except JudgeUnavailable as error:
            pytest.skip(f"{level} is not offered here: {error}")
        return made[level]

    yield at
    for judge in made.values():
        judge.close()


def at_level(level: str) -> list[object]:
    """Every program at a level, kept on one worker so that its zygotes start once."""
    mark = pytest.mark.xdist_group(f"judge-{level}")
    return [pytest.param(level, program, id=f"{level}-{program.name}", marks=mark) for program in PROGRAMS]


@pytest.mark.parametrize(("level", "program"), [case for level in LEVELS for case in at_level(level)])
def test_program_has_exactly_the_expected_outcome(level: str, program: Program, judge_at: JudgeAt) -> None:
    if not program.is_for_this_machine:
        pytest.skip("written for another machine")
    if program.profile not in profiles.installed():
        pytest.skip(f"profile {program.profile} is not installed")
    assert mistake(program, level, program.run(judge_at(level))) is None


def test_the_suite_is_as_large_as_it_claims() -> None:
    benign = [program for program in PROGRAMS if program.expected.get("is_benign")]
    assert len(benign) >= 20
    assert len(PROGRAMS) - len(benign) >= 100


WITNESSES = [
    ("full", ("namespaces", "work"), "path-exists"),
    ("full", ("work",), "work-persistence"),
    ("full", ("descriptors",), "descriptors"),
    ("full", ("capabilities",), "capability-mode-000"),
    ("full", ("limits",), "allocation-at-once"),
    ("full", ("landlock",), "list-root"),
    ("full", ("seccomp",), "socket-inet-tcp"),
    ("full", ("environment",), "environment"),
    ("landlock", ("descriptors",), "descriptors"),
    ("landlock", ("limits",), "allocation-at-once"),
    ("landlock", ("landlock",), "read-absolute"),
    ("landlock", ("seccomp",), "socket-inet-tcp"),
    ("landlock", ("environment",), "environment"),
]


@pytest.mark.parametrize(("level", "without", "name"), WITNESSES)
def test_a_named_program_turns_red_when_a_layer_is_taken_off(
    level: str, without: tuple[str, ...], name: str, judge_at: JudgeAt
) -> None:
    judge_at(level)
    program = next(program for program in PROGRAMS if program.name == name)
    with SandboxJudge(1, level=level, without=without) as weakened:
        assert mistake(program, level, program.run(weakened)) is not None


def test_without_the_bar_on_new_privileges_no_child_starts(judge_at: JudgeAt) -> None:
    judge_at("full")
    weakened = SandboxJudge(1, level="full", without=("no-new-privileges",))
    with weakened, pytest.raises(JudgeUnavailable, match="incomplete"):
        weakened.execute("print('ran')")
