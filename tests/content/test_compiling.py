"""The build: reproducible, cached, and read back as core values."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.content.banks import AREAS, CHOICE, put, write_bank

from greenroom.content.bank import load
from greenroom.content.compiling import build, compile_bank
from greenroom.core.errors import BankInvalid, BankMissing, NotFound


def test_the_same_sources_give_the_same_bytes_from_any_folder_and_cache(tmp_path: Path) -> None:
    outputs = []
    for name in ("one", "two"):
        bank = write_bank(tmp_path / name)
        build(bank, tmp_path / name / "out.json")
        build(bank, tmp_path / name / "again.json")
        outputs += [(tmp_path / name / file).read_bytes() for file in ("out.json", "again.json")]
    assert len(set(outputs)) == 1


def test_a_rebuild_compiles_only_what_changed(tmp_path: Path) -> None:
    bank = write_bank(tmp_path)
    first = build(bank, tmp_path / "out.json")
    assert first.n_compiled == first.n_sources
    assert build(bank, tmp_path / "out.json").n_compiled == 0
    put(bank, "items/evaluation/precision-recall.md", CHOICE.replace("10 messages", "ten messages"))
    changed = build(bank, tmp_path / "out.json")
    assert changed.n_compiled == 1
    assert changed.hash != first.hash
    assert "ten messages" in load(tmp_path / "out.json").item("precision-recall/flagged-share").stem_text


@pytest.mark.parametrize("damage", [b"\xff\x00 nonsense", b"key\tnot json", b""])
def test_a_damaged_cache_is_compiled_again(tmp_path: Path, damage: bytes) -> None:
    bank = write_bank(tmp_path)
    build(bank, tmp_path / "out.json", cache_dir=tmp_path / "cache")
    kept = (tmp_path / "out.json").read_bytes()
    (tmp_path / "cache" / "units.txt").write_bytes(damage)
    assert build(bank, tmp_path / "out.json", cache_dir=tmp_path / "cache").n_compiled > 0
    assert (tmp_path / "out.json").read_bytes() == kept


def test_role_weights_sum_to_one_over_all_areas(tmp_path: Path) -> None:
    taxonomy = compile_bank(write_bank(tmp_path)).taxonomy
    assert taxonomy.roles["classical-ml"].weights == {"evaluation": 0.75, "training": 0.25}


def test_a_topic_takes_its_title_from_the_taxonomy_the_file_or_its_slug(tmp_path: Path) -> None:
    topics = compile_bank(write_bank(tmp_path)).taxonomy.topics
    assert topics["roc-auc"].title == "ROC-AUC, read well"
    assert topics["precision-recall"].title == "Precision and recall"
    assert topics["momentum"].title == "Momentum"


def test_prerequisites_that_run_in_a_circle_are_refused(tmp_path: Path) -> None:
    files = {"taxonomy/prerequisites.yaml": "momentum: [roc-auc]\nroc-auc: [precision-recall, momentum]\n"}
    found = compile_bank(write_bank(tmp_path, **files)).findings
    assert any("run in a circle (momentum > roc-auc > momentum)" in str(finding) for finding in found)


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("taxonomy/roles.yaml", "x: {title: X, summary: s, angle: a, weights: {nowhere: 1}, signals: {}}", "nowhere"),
        ("taxonomy/levels.yaml", "chief: {title: C, expected_logit: 2}", "'chief' is not a known id"),
        ("taxonomy/loops/a.yaml", "title: A\nsource: b\nas_of: today\nrounds: []", "as_of"),
        ("taxonomy/prerequisites.yaml", "nowhere: [momentum]", "the topic nowhere is not known"),
        ("misconceptions/training.yaml", "a-b: {name: n, topic: nowhere, diagnosis: d, remedy: r}", "nowhere"),
        ("misconceptions/training.yaml", "a-b: {name: n}", "`a-b.topic`"),
    ],
)  # fmt: skip
def test_a_broken_table_is_named(tmp_path: Path, name: str, text: str, what: str) -> None:
    found = compile_bank(write_bank(tmp_path, **{name: text})).findings
    assert any(finding.path == f"bank/{name}" and what in str(finding) for finding in found), found


def test_without_areas_nothing_is_written(tmp_path: Path) -> None:
    bank = write_bank(tmp_path)
    put(bank, "taxonomy/areas.yaml", "areas: 5")
    with pytest.raises(BankInvalid, match=r"bank/taxonomy/areas.yaml:\d+"):
        build(bank, tmp_path / "out.json")
    assert not (tmp_path / "out.json").exists()


def test_bytes_that_are_no_utf8_are_refused_by_line(tmp_path: Path) -> None:
    bank = write_bank(tmp_path)
    file = bank / "items/evaluation/precision-recall.md"
    file.write_bytes(file.read_bytes().replace(b"10 messages", b"10 \xe9\xff messages"))
    found = [finding for finding in compile_bank(bank).findings if "no UTF-8" in finding.what]
    assert [(finding.path, finding.line) for finding in found] == [
        ("bank/items/evaluation/precision-recall.md", 13)
    ]


def test_a_missing_or_foreign_compiled_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(BankMissing, match="greenroom bank build"):
        load(tmp_path / "none.json")
    (tmp_path / "other.json").write_text("{}")
    with pytest.raises(BankInvalid, match="no compiled bank"):
        load(tmp_path / "other.json")


def test_a_compiled_file_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    build(write_bank(tmp_path), tmp_path / "out.json")
    content = (tmp_path / "out.json").read_bytes()
    (tmp_path / "out.json").write_bytes(content[: len(content) // 2])
    with pytest.raises(BankInvalid, match="cut short"):
        load(tmp_path / "out.json")


def test_an_unknown_id_says_what_may_have_happened(tmp_path: Path) -> None:
    build(write_bank(tmp_path), tmp_path / "out.json")
    with pytest.raises(NotFound, match="renamed or removed"):
        load(tmp_path / "out.json").item("nowhere/at-all")


def test_an_area_may_not_list_a_topic_twice(tmp_path: Path) -> None:
    areas = AREAS.replace("[momentum]", "[momentum, precision-recall]")
    found = compile_bank(write_bank(tmp_path, **{"taxonomy/areas.yaml": areas})).findings
    assert any("precision-recall is in two areas" in str(finding) for finding in found)
