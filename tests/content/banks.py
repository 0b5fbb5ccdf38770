"""Small banks on disk for tests: real files, as an author would write them."""

from __future__ import annotations

from pathlib import Path

AREAS = """\
areas:
  evaluation:
    title: Evaluation
    topics: [precision-recall, {roc-auc: "ROC-AUC, read well"}]
  training:
    title: Training
    topics: [momentum]
"""
ROLES = """\
classical-ml:
  title: Classical ML
  summary: Tables.
  angle: From question to model.
  weights: {evaluation: 3, training: 1}
  signals: {fraud: 1.5}
"""
LEVELS = """\
mid: {title: Mid, expected_logit: 0.0, weight_factors: {training: 1.1}, expects: [Works alone.]}
"""
LOOP = """\
title: General
source: Public guides.
as_of: 2026-01-31
rounds:
  - {kind: coding, title: Coding, minutes: 45, allows_assistant: false, competencies: [coding]}
"""
MISCONCEPTIONS = """\
accuracy-is-enough:
  name: Accuracy is enough
  topic: precision-recall
  diagnosis: You read a high accuracy as a good model.
  remedy: Compare with the majority baseline.
recall-is-precision:
  name: Recall for precision
  topic: precision-recall
  diagnosis: You divided by the positives instead of by the flagged.
  remedy: Say the denominator aloud.
counts-negatives:
  name: Counts true negatives
  topic: precision-recall
  diagnosis: You counted true negatives.
  remedy: Precision never looks at them.
"""
CHOICE = """\
# Precision and recall

## flagged-share
```yaml
kind: choice
level: apply
minutes: 1
difficulty: -0.5
sources: [Manning et al., chapter 8.]
check: |
  assert 8 / (8 + 2) == 0.8
```
A filter flags 10 messages and 8 of them are spam. What is its precision?

- [ ] 0.2 of the flagged {accuracy-is-enough}
- [x] 0.8 of the flagged
- [ ] 0.5 of the flagged {recall-is-precision}
- [ ] 0.9 of the flagged {counts-negatives}

> Precision is $TP / (TP + FP)$, 8 of 10.
"""
OTHER_KINDS = """\
# Precision and recall

## which-hold
```yaml
kind: several
level: analyse
minutes: 2
difficulty: 0.4
sources: [Manning et al., chapter 8.]
```
A threshold is raised. Which can happen? Select all that apply.

- [x] Precision rises
- [x] Precision falls
- [ ] Recall rises {recall-is-precision}
- [x] Recall falls

> Recall can only fall; precision may move either way.

## f1-value
```yaml
kind: numeric
level: apply
minutes: 1
difficulty: 0.0
sources: [van Rijsbergen 1979.]
```
Precision is 0.5 and recall 1. What is F1?

= 0.667 ± 0.005
~ 0.75 {accuracy-is-enough}

> $2 \\cdot 0.5 / 1.5$.

## in-order
```yaml
kind: order
level: decide
minutes: 2
difficulty: 0.3
sources: [Own practice.]
```
Put the steps of setting a threshold in order.

1. Agree on the costs
2. Calibrate the scores
3. Choose the threshold on validation data
4. Confirm it on test data

> Costs come first.

## gap
```yaml
kind: cloze
level: recall
minutes: 0.5
difficulty: -1
sources: [Manning et al., chapter 8.]
```
The share of positives that are found is called {{recall|sensitivity}}.

~ 1: precision {recall-is-precision}

> Recall is $TP / (TP + FN)$.
"""


def write_bank(folder: Path, **files: str) -> Path:
    """A bank of one small taxonomy and misconceptions, plus the files given by path."""
    bank = folder / "bank"
    base = {
        "taxonomy/areas.yaml": AREAS,
        "taxonomy/roles.yaml": ROLES,
        "taxonomy/levels.yaml": LEVELS,
        "taxonomy/loops/general.yaml": LOOP,
        "misconceptions/evaluation.yaml": MISCONCEPTIONS,
        "items/evaluation/precision-recall.md": CHOICE,
    }
    for name, text in base.items():
        put(bank, name, text)
    for name, text in files.items():
        put(bank, name, text)
    return bank


def put(bank: Path, name: str, text: str) -> Path:
    """Writes one file of the bank."""
    file = bank / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def item_file(body: str, *, kind: str = "choice", extra: str = "", slug: str = "one") -> str:
    """An item file of one item with the given stem and answers; the explanation is added."""
    return (
        f"## {slug}\n```yaml\nkind: {kind}\nlevel: apply\nminutes: 1\ndifficulty: 0\n"
        f"sources: [A book.]\n{extra}```\n{body}\n\n> Because it is so.\n"
    )
