"""First texts of each kind of source, for an author to fill in. `TODO` marks what is missing; checks refuse it."""

from __future__ import annotations

import re
from pathlib import Path

from greenroom.content.schema import SLUG
from greenroom.core.errors import Conflict, InputRejected
from greenroom.core.questions import DESIGN_STEPS
from greenroom.core.taxonomy import Taxonomy

KINDS = ("item", "family", "problem", "open", "design", "story", "explain")

_ANSWERS = {
    "choice": "- [ ] TODO a plausible wrong move {TODO-misconception}\n- [x] TODO the right one\n"
    "- [ ] TODO another wrong move {TODO-misconception}\n- [ ] TODO a third {TODO-misconception}",
    "several": "- [x] TODO\n- [x] TODO too\n- [ ] TODO wrong {TODO-misconception}\n"
    "- [ ] TODO wrong too {TODO-misconception}",
    "numeric": "= 0.75 ± 0.01\n~ 0.5 {TODO-misconception}",
    "order": "1. TODO first\n2. TODO second\n3. TODO third\n4. TODO fourth",
    "cloze": "~ 1: TODO wrong word {TODO-misconception}",
}
_POINT = """\
  - id: todo
    kind: must
    weight: 2
    says: TODO the claim, as a full sentence.
    phrasings: [TODO a way to say it, TODO another way, TODO a third way]
    needs: [[todo]]
    contrast: [TODO looks like it and is not, TODO negated, TODO a near miss]
    probe: TODO asked when the point is missing?
  - id: todo-too
    kind: bonus
    says: TODO what a strong candidate adds.
    phrasings: [TODO a way to say it, TODO another way, TODO a third way]
"""
_SAMPLES = """\
samples:
  weak: {score: 0.15, text: TODO}
  average: {score: 0.5, text: TODO}
  strong: {score: 0.9, text: TODO}
"""


def scaffold(
    bank_dir: Path, taxonomy: Taxonomy, kind: str, name: str, *, topic: str = "", item_kind: str = "choice"
) -> list[Path]:
    """Writes the first text of a source and returns its files; an item is added to its topic's file.

    Raises InputRejected for an unknown topic or a bad name, Conflict where the source exists.
    """
    if not re.fullmatch(SLUG, name):
        raise InputRejected(f"{name!r} is no slug.", hint="Use lower-case words and hyphens.")
    found = taxonomy.topics.get(topic)
    if kind not in ("design", "story") and found is None:
        raise InputRejected(f"There is no topic {topic!r}.", hint="Add --topic with a slug of areas.yaml.")
    area = found.area if found else ""
    if kind == "item":
        return [
            _add_item(
                bank_dir / "items" / area / f"{topic}.md", taxonomy.topics[topic].title, name, item_kind
            )
        ]
    files = {
        "family": {f"families/{area}/{name}.py": _family(name, topic)},
        "problem": {f"problems/{name}/{file}": text for file, text in _problem(name, area, topic).items()},
        "open": {f"open/{area}/{name}.yaml": _open(topic)},
        "design": {f"designs/{name}.yaml": _design(topic)},
        "story": {f"stories/{name}.yaml": _story(topic)},
        "explain": {
            f"explains/{area}/{topic}.md": f"# {taxonomy.topics[topic].title if found else ''}\n\nTODO\n"
        },
    }[kind]
    made = {bank_dir / path: text for path, text in files.items()}
    for file in made:
        if file.exists():
            raise Conflict(f"{file} exists already.", hint="Choose another name, or edit it.")
    for file, text in made.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return list(made)


def _add_item(file: Path, title: str, name: str, item_kind: str) -> Path:
    before = file.read_text(encoding="utf-8") if file.is_file() else f"# {title}\n"
    if re.search(rf"^##\s+{re.escape(name)}\s*$", before, re.MULTILINE):
        raise Conflict(f"{file} has an item {name} already.", hint="Choose another name.")
    stem = (
        "TODO a sentence with a {{gap|hole}}."
        if item_kind == "cloze"
        else "TODO the situation and the question?"
    )
    block = (
        f"## {name}\n```yaml\nkind: {item_kind}\nlevel: apply\nminutes: 1\ndifficulty: 0\n"
        f"sources:\n  - TODO where the claim can be read, in your words.\n```\n{stem}\n\n"
        f"{_ANSWERS[item_kind]}\n\n> TODO why the key holds, and what would make the nearest wrong option right.\n"
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{before.rstrip()}\n\n{block}", encoding="utf-8")
    return file


def _family(name: str, topic: str) -> str:
    return f'''"""TODO what is asked."""

import numpy as np

from greenroom.content.families import Draw, Family, Slip


def draw(rng: np.random.Generator) -> Draw:
    return {{"x": int(rng.integers(2, 50))}}


def key(x: int) -> float:
    raise NotImplementedError("TODO by a trusted library")


def key_independent(x: int) -> float:
    raise NotImplementedError("TODO by another route")


FAMILY = Family(
    slug="{name}",
    topic="{topic}",
    level="apply",
    minutes=1.5,
    difficulty=0.0,
    stem="TODO a question with {{x}}?",
    digits=2,
    draw=draw,
    key=key,
    key_independent=key_independent,
    slips=[
        Slip("TODO-misconception", lambda x: x / 2),
        Slip("TODO-misconception", lambda x: x * 2),
        Slip("TODO-misconception", lambda x: x + 1),
    ],
    explanation="TODO how {{key}} comes about.",
    sources=["TODO"],
)
'''


def _problem(name: str, area: str, topic: str) -> dict[str, str]:
    entry = name.replace("-", "_")
    return {
        "problem.md": (
            f"```yaml\ntitle: TODO\narea: {area}\ntopic: {topic}\nlevel: apply\nminutes: 30\ndifficulty: 0\n"
            f"profile: core\nentry: {entry}\ncomplexity: O(n)\ntime_limit_ms: 4000\nmemory_mb: 512\n```\n"
            "TODO what to write, shapes, edge cases and how they are resolved, an example.\n\n"
            "## Hints\n1. TODO a nudge.\n2. TODO the idea.\n3. TODO nearly the code.\n\n"
            "## Follow-ups\n### TODO a question?\n- TODO a point\n\n## Explanation\nTODO\n"
        ),
        "starter.py": f"def {entry}(values):\n    raise NotImplementedError\n",
        "reference.py": f"def {entry}(values):\n    raise NotImplementedError\n",
        "alternative_one.py": f"def {entry}(values):\n    raise NotImplementedError\n",
        "alternative_two.py": f"def {entry}(values):\n    raise NotImplementedError\n",
        **{
            f"wrong_{number}.py": f'"""TODO what is wrong.\nFails: TODO a test\n"""\n\n\n'
            f"def {entry}(values):\n    return None\n"
            for number in ("one", "two", "three")
        },
        "tests.py": (
            f'"""Tests of {name}."""\n\nimport numpy as np\n\nfrom greenroom.judge.cases import Case\n\n\n'
            'def visible() -> list[Case]:\n    return [Case("TODO a class of input", args=[[1, 2]])]\n\n\n'
            "def hidden(rng: np.random.Generator) -> list[Case]:\n"
            '    return [Case("TODO random", args=[rng.normal(size=20)])]\n'
        ),
    }


def _open(topic: str) -> str:
    return (
        f"title: TODO\ntopic: {topic}\nlevel: analyse\nminutes: 8\ndifficulty: 0.5\nprompt: |\n  TODO\n"
        f"points:\n{_POINT}{_SAMPLES}hints: [TODO]\nfollow_ups: [TODO]\nmodel_answer: |\n  TODO\nsources: [TODO]\n"
    )


def _design(topic: str) -> str:
    indented = "".join(f"    {line}\n" for line in _POINT.splitlines())
    steps = "".join(
        f"  {step}:\n    points:\n{indented.replace('todo', f'{step}-todo')}" for step in DESIGN_STEPS
    )
    return (
        f"title: TODO\ntopics: [{topic or 'TODO'}]\nminutes: 45\nprompt: |\n  TODO\nfacts:\n"
        "  - id: scale\n    topic: how many users\n    asks: [how many users, what scale]\n    answer: TODO\n"
        f"steps:\n{steps}estimates:\n  - {{id: qps, label: TODO, unit: requests/s, low: 1, high: 2, how: TODO}}\n"
        f"{_SAMPLES}follow_ups: [TODO]\nsources: [TODO]\n"
    )


def _story(topic: str) -> str:
    return (
        f"title: TODO\ntopic: {topic or 'TODO'}\nthemes: [TODO]\nminutes: 5\nprompt: TODO\npoints:\n{_POINT}"
        f"{_SAMPLES}follow_ups: [TODO]\nlistens_for: [TODO]\n"
    )
