"""Runs every flaw gate over a bank: findings, and the measured rate of each gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from greenroom.content.cues import LEAST_P, STANDARD_ERRORS, CueReport, cue_report, position_reports
from greenroom.content.duplicates import near_duplicates
from greenroom.content.findings import Finding
from greenroom.content.flaws import GATES, finding_of_item, item_flaws
from greenroom.core.items import ChoiceSpec, Item, Kind, Level

MOST_RECALL_01 = 0.35
LEAST_FOR_SHARE = 40
"""Items from which on a share of the bank is judged."""
KNOWN_GATES = frozenset(gate.id for gate in GATES) | {"near-duplicate"}


def run_gates(
    items: Sequence[Item], waived: Mapping[str, Mapping[str, str]]
) -> tuple[list[Finding], dict[str, Any]]:  # Any: figures of each gate, plain JSON
    """(findings, gate -> figures) over all items. `waived`: item id -> gate id -> reason."""
    findings, single = item_flaws(items, {id_: _single(reasons) for id_, reasons in waived.items()})
    rates: dict[str, Any] = {name: rate.data() for name, rate in single.items()}
    authored = [item for item in items if item.family is None]
    for run in (_unknown_waivers, _duplicates, _positions, _cues, _lengths, _levels):
        found, figures = run(authored, waived)
        findings += found
        rates |= figures
    variants = [item for item in items if item.family is not None]
    rates["key-positions"]["families"] = [
        {"counts": list(r.counts), "p": round(r.p, 4)} for r in position_reports(variants)
    ]
    return findings, rates


def _single(reasons: Mapping[str, str]) -> dict[str, str]:
    return {gate: reason for gate, reason in reasons.items() if gate in {g.id for g in GATES}}


Found = tuple[list[Finding], dict[str, Any]]
Waived = Mapping[str, Mapping[str, str]]


def _unknown_waivers(items: Sequence[Item], waived: Waived) -> Found:
    return [
        finding_of_item(item, f"the gate {name} is not known", "nothing is waived by it",
                        f"use one of {', '.join(sorted(KNOWN_GATES))}", "waiver")
        for item in items
        for name in sorted(set(waived.get(item.id, {})) - KNOWN_GATES)
    ], {}  # fmt: skip


def _duplicates(items: Sequence[Item], waived: Waived) -> Found:
    findings: list[Finding] = []
    pairs = near_duplicates(items)
    for pair in pairs:
        if "near-duplicate" in waived.get(pair.one.id, {}) or "near-duplicate" in waived.get(
            pair.other.id, {}
        ):
            continue
        findings.append(
            finding_of_item(
                pair.other,
                f"it is nearly {pair.one.id} (cosine {pair.similarity})",
                "and their keys conflict" if pair.has_conflicting_keys else "one of them adds nothing",
                "correct or delete one of them",
                "near-duplicate",
                is_error=pair.has_conflicting_keys,
            )
        )
    return findings, {
        "near-duplicate": {
            "of": len(items),
            "tripped": len(pairs),
            "conflicting": sum(pair.has_conflicting_keys for pair in pairs),
        }
    }


def _bank_finding(gate: str, what: str, why: str, remedy: str) -> Finding:
    return Finding(path="bank/items", line=1, what=what, why=why, remedy=remedy, gate=gate)


def _positions(items: Sequence[Item], _waived: Waived) -> Found:
    reports = position_reports(items)
    findings = [
        _bank_finding(
            "key-positions",
            f"the keys of items with {report.n_options} options stand at {list(report.counts)} (p = {report.p:.2g})",
            "places that are used more give the key away",
            "move keys to the rarer places",
        )
        for report in reports
        if report.p < LEAST_P
    ]
    return findings, {
        "key-positions": {
            "authored": [
                {"counts": list(r.counts), "chi_square": r.chi_square, "p": round(r.p, 4)} for r in reports
            ]
        }
    }


def _cues(items: Sequence[Item], _waived: Waived) -> Found:
    report = cue_report(items)
    findings = []
    if not report.is_within_bounds and report.accuracy_01 is not None:
        bound = report.chance_01 + STANDARD_ERRORS * report.standard_error
        findings.append(
            _bank_finding(
                "cue-only-reader",
                f"a reader of form alone gets {report.accuracy_01:.1%} of {report.n_items} items right",
                f"chance is {report.chance_01:.1%} and the bound {bound:.1%}; it works by {_strongest(report)}",
                "even out the items that `greenroom bank check --json` lists as most guessable",
            )
        )
    return findings, {
        "cue-only-reader": {
            "of": report.n_items,
            "accuracy_01": None if report.accuracy_01 is None else round(report.accuracy_01, 4),
            "chance_01": round(report.chance_01, 4),
            "standard_error": round(report.standard_error, 4),
            "is_within_bounds": report.is_within_bounds,
            "weights": report.weights,
            "most_guessable": [list(entry) for entry in report.most_guessable],
        }
    }


def _strongest(report: CueReport) -> str:
    ordered = sorted(report.weights.items(), key=lambda entry: -abs(entry[1]))
    return ", ".join(f"{name} ({weight:+.2f})" for name, weight in ordered[:3])


def _lengths(items: Sequence[Item], _waived: Waived) -> Found:
    """How often the key is the longest option (ties shared); reported, judged by the cue-only reader."""
    shares = []
    for item in items:
        if item.kind is Kind.CHOICE and isinstance(item.spec, ChoiceSpec):
            lengths = [len(option.text) for option in item.spec.options]
            longest = [
                o.is_right for o, n in zip(item.spec.options, lengths, strict=True) if n == max(lengths)
            ]
            shares.append(sum(longest) / len(longest))
    rate = sum(shares) / len(shares) if shares else 0.0
    return [], {"key-is-longest": {"of": len(shares), "rate_01": round(rate, 4)}}


def _levels(items: Sequence[Item], _waived: Waived) -> Found:
    n_recall = sum(item.level is Level.RECALL for item in items)
    share = n_recall / len(items) if items else 0.0
    findings = []
    if share > MOST_RECALL_01 and len(items) >= LEAST_FOR_SHARE:
        findings.append(
            _bank_finding(
                "recall-share",
                f"{share:.0%} of the authored items ask for recall",
                "interviews ask for diagnosis and decisions (35 % at most)",
                "write items that apply, analyse or decide",
            )
        )
    return findings, {"recall-share": {"of": len(items), "rate_01": round(share, 4)}}
