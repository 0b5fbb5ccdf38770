"""Items out of the bank and in again: lossless in our own format, whole in others, dirty files kept apart."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from tests.content.banks import CHOICE, OTHER_KINDS, item_file, put, write_bank

from greenroom.app.exchange import decoded, export, import_file
from greenroom.content.bank import CompiledBank
from greenroom.content.compiling import bank_of, compile_bank
from greenroom.core.errors import InputRejected

ALL_KINDS = CHOICE + OTHER_KINDS.split("\n", 1)[1]
RICH = item_file(
    "Read the table and the code, where $x < 1$ and `a*b`:\n\n| n | loss |\n|---|---|\n| 1 | $0.5$ |\n\n"
    "```python\nx = [1]  # {not} ~ a = mark\n```\n\nIt cost \\$5. What: next?\n\n"
    "- [ ] a_b = c ~ d {accuracy-is-enough}\n- [x] **b** {not} \\* one\n- [ ] $y^{2}$ {recall-is-precision}\n"
    "- [ ] `d` # e {counts-negatives}".replace(" {not} \\* one", " \\* one"),
    slug="rich-text",
)


def full(folder: Path) -> Path:
    return write_bank(folder, **{"items/evaluation/precision-recall.md": ALL_KINDS + RICH})


def empty(folder: Path) -> Path:
    bank = write_bank(folder)
    (bank / "items/evaluation/precision-recall.md").unlink()
    return bank


def compiled(bank: Path) -> CompiledBank:
    made = compile_bank(bank)
    assert made.findings == ()
    return bank_of(made)


def test_json_lines_come_back_as_they_went(tmp_path: Path) -> None:
    one = full(tmp_path / "one")
    export(one, "jsonl", tmp_path / "out.jsonl")
    two = empty(tmp_path / "two")
    (two / "misconceptions/evaluation.yaml").unlink()
    report = import_file(two, tmp_path / "out.jsonl", "jsonl")
    assert len(report.taken) == 6
    assert report.refused == ()
    assert dict(compiled(two).misconceptions) == dict(compiled(one).misconceptions)
    export(two, "jsonl", tmp_path / "again.jsonl")

    def rows(name: str) -> list[dict[str, object]]:
        made = [json.loads(line) for line in (tmp_path / name).read_text().splitlines()]
        return sorted(({k: v for k, v in row.items() if k != "path"} for row in made), key=str)

    assert rows("again.jsonl") == rows("out.jsonl")


@pytest.mark.parametrize(("format_", "suffix"), [("moodle", "xml"), ("gift", "txt")])
def test_other_formats_bring_back_the_same_questions_and_keys(
    tmp_path: Path, format_: str, suffix: str
) -> None:
    one, two = full(tmp_path / "one"), empty(tmp_path / "two")
    file = tmp_path / f"out.{suffix}"
    export(one, format_, file)
    report = import_file(two, file, format_, topic="precision-recall")
    assert report.refused == ()
    assert report.made_misconceptions == ()
    before, after = compiled(one), compiled(two)
    assert set(after.items) == set(before.items)
    for id_, item in before.items.items():
        assert after.items[id_].hash == item.hash, (item.stem_text, after.items[id_].stem_text)
        assert after.items[id_].level == item.level
        assert after.items[id_].sources == item.sources
        assert after.items[id_].spec == item.spec


def test_the_blind_export_holds_no_key(tmp_path: Path) -> None:
    export(full(tmp_path), "blind", tmp_path / "out.jsonl")
    text = (tmp_path / "out.jsonl").read_text()
    assert len(text.splitlines()) == 6
    for secret in ("accuracy-is-enough", '"x"', "is_right", "explanation", "sensitivity", "0.667"):
        assert secret not in text


def test_an_anki_package_keeps_its_notes_apart_by_stable_ids(tmp_path: Path) -> None:
    pytest.importorskip("genanki")
    bank = full(tmp_path)
    for name in ("one.apkg", "two.apkg"):
        assert export(bank, "anki", tmp_path / name).n_written == 6
    contents = [
        zipfile.ZipFile(tmp_path / name).read("collection.anki2") for name in ("one.apkg", "two.apkg")
    ]
    assert b"What is its precision?" in contents[0]
    assert contents[0].count(b"precision-recall/") == contents[1].count(b"precision-recall/") >= 6
    assert b"\\(TP / (TP + FP)\\)" in contents[0]


FOREIGN_MOODLE = """<?xml version="1.0"?>
<quiz>
 <question type="category"><category><text>x</text></category></question>
 <question type="multichoice"><name><text>Good one</text></name>
  <questiontext format="html"><text><![CDATA[<p>What is <b>recall</b> \\(r\\)?</p>]]></text></questiontext>
  <single>true</single>
  <answer fraction="100"><text>Found over positive</text></answer>
  <answer fraction="0"><text>Found over flagged</text><feedback><text>That is precision.</text></feedback></answer>
  <answer fraction="0"><text>Flagged over all</text></answer>
  <answer fraction="0"><text>Positive over all</text></answer></question>
 <question type="multichoice"><name><text>No key</text></name><questiontext><text>Which?</text></questiontext>
  <answer fraction="0"><text>a</text></answer><answer fraction="0"><text>b</text></answer>
  <answer fraction="0"><text>c</text></answer><answer fraction="0"><text>d</text></answer></question>
 <question type="multichoice"><name><text>Two keys</text></name><questiontext><text>Which one?</text></questiontext>
  <single>true</single>
  <answer fraction="100"><text>a</text></answer><answer fraction="100"><text>b</text></answer>
  <answer fraction="0"><text>c</text></answer><answer fraction="0"><text>d</text></answer></question>
 <question type="truefalse"><name><text>TF</text></name><questiontext><text>Is it?</text></questiontext></question>
 <question type="essay"><name><text>E</text></name><questiontext><text>Tell.</text></questiontext></question>
 <question type="numerical"><name><text>N</text></name><questiontext><text>How much?</text></questiontext>
  <answer fraction="100"><text>2.5</text><tolerance>0.1</tolerance></answer></question>
 <question type="shortanswer"><name><text>S</text></name><questiontext><text>Name it.</text></questiontext>
  <answer fraction="100"><text>recall</text></answer></question>
 <question type="multichoice"><name><text>Again</text></name>
  <questiontext format="html"><text>What is **recall** \\(r\\)?</text></questiontext>
  <answer fraction="100"><text>x</text></answer></question>
</quiz>
"""
FOREIGN_GIFT = """// a comment
::Good:: What is recall? {
=Found over positive
~Found over flagged #That is precision.
~Flagged over all
~Positive over all
}

Is it so? {T}

Tell me about it. {}

What is 2 + 2? {#4:0.1}

The opposite of bias is {=variance =spread} in statistics.

Match. {=a -> x =b -> y}

Broken {=a ~b

No key {~a ~b ~c ~d}
"""
FOREIGN_CSV = (
    "Question;Option A;Option B;Option C;Option D;Answer;Explanation\r\n"
    "What is recall?;Found over positive;Found over flagged;Flagged over all;Positive over all;A;Because\r\n"
    "Which one?;a;b;c;d;Z;\r\n"
    ";a;b;c;d;A;\r\n"
    "What is recall?;found over positive;Found over flagged;Flagged over all;Positive over all;1;Same again\r\n"
    "Three only?;a;b;c;;A;\r\n"
    "How much is 2 + 2?;;;;;4;\r\n"
    "Caf\xe9 means?;coffee;tea;milk;wine;coffee;\r\n"
)


@pytest.mark.parametrize(
    ("format_", "content", "n_taken", "reasons"),
    [
        ("moodle", FOREIGN_MOODLE.encode(), 3,
         ["0 options are marked", "marks 2 as right", "no kind for truefalse", "no kind for essay", "has 1 options"]),
        ("gift", FOREIGN_GIFT.encode(), 3,
         ["true or false", "an essay", "matching", "does not open and close", "no answer is marked"]),
        ("csv", FOREIGN_CSV.encode("cp1252"), 3,
         ["names no option", "is empty", "the same question", "has 3 options"]),
        ("jsonl", b'{"id": "a/b"}\nnot json\n{"type": "problem", "id": "x"}\n', 0, ["cannot be read", "cannot be read",
         "written, not read"]),
    ],
)  # fmt: skip
def test_a_dirty_file_gives_what_is_good_and_names_every_refused_row(
    tmp_path: Path, format_: str, content: bytes, n_taken: int, reasons: list[str]
) -> None:
    bank = empty(tmp_path)
    file = tmp_path / "dirty"
    file.write_bytes(content)
    report = import_file(bank, file, format_, topic="precision-recall")
    assert len(report.taken) == n_taken, report.refused
    told = [entry.reason for entry in report.refused]
    for reason in reasons:
        assert any(reason in entry for entry in told), told
    assert len(told) == len(reasons), told
    assert len(compiled(bank).items) == n_taken


def test_feedback_of_another_program_becomes_the_diagnosis(tmp_path: Path) -> None:
    bank = empty(tmp_path)
    (tmp_path / "in.xml").write_text(FOREIGN_MOODLE)
    import_file(bank, tmp_path / "in.xml", "moodle", topic="precision-recall")
    made = compiled(bank)
    assert made.misconceptions["good-one-2"].diagnosis == "That is precision."
    assert made.item("precision-recall/good-one").stem_text == "What is **recall** $r$?"


def test_a_dry_import_writes_nothing(tmp_path: Path) -> None:
    bank = empty(tmp_path)
    (tmp_path / "in.txt").write_text(FOREIGN_GIFT)
    report = import_file(bank, tmp_path / "in.txt", "gift", topic="precision-recall", is_dry=True)
    assert len(report.taken) == 3
    assert compile_bank(bank).items() == []


def test_importing_twice_adds_nothing(tmp_path: Path) -> None:
    bank = full(tmp_path)
    export(bank, "jsonl", tmp_path / "out.jsonl")
    before = (bank / "items/evaluation/precision-recall.md").read_text()
    report = import_file(bank, tmp_path / "out.jsonl", "jsonl")
    assert report.taken == ()
    assert len(report.refused) == 6
    assert (bank / "items/evaluation/precision-recall.md").read_text() == before


def test_rows_without_a_topic_are_refused_until_one_is_named(tmp_path: Path) -> None:
    bank = empty(tmp_path)
    (tmp_path / "in.csv").write_text("question,answer\nHow much is 2 + 2?,4\n")
    for topic, why in ((None, "names no topic"), ("nowhere", "no topic 'nowhere'")):
        report = import_file(bank, tmp_path / "in.csv", "csv", topic=topic)
        assert why in report.refused[0].reason
    put(bank, "taxonomy/prerequisites.yaml", "")


@pytest.mark.parametrize(
    ("format_", "content"),
    [
        ("moodle", b"<quiz"),
        ("moodle", b"<html></html>"),
        ("moodle", b'<!DOCTYPE a [<!ENTITY b "c">]><quiz>&b;</quiz>'),
        ("csv", b"no,header,here\n1,2,3\n"),
        ("gift", b"\x00\x01\x02"),
    ],
)
def test_a_file_that_is_unusable_as_a_whole_is_refused_with_words(
    tmp_path: Path, format_: str, content: bytes
) -> None:
    (tmp_path / "in").write_bytes(content)
    with pytest.raises(InputRejected):
        import_file(empty(tmp_path), tmp_path / "in", format_, topic="precision-recall")


def test_hostile_markup_of_an_import_stays_text(tmp_path: Path) -> None:
    bank = empty(tmp_path)
    hostile = FOREIGN_MOODLE.replace(
        "<b>recall</b>", "<script>alert(1)</script><img src=x onerror=alert(1)>recall"
    )
    (tmp_path / "in.xml").write_text(hostile)
    import_file(bank, tmp_path / "in.xml", "moodle", topic="precision-recall")
    shown = compiled(bank).item("precision-recall/good-one").stem_html
    assert "<script" not in shown
    assert "alert" not in shown
    assert "<img" not in shown


def test_encodings_are_told_apart() -> None:
    assert decoded("é".encode()) == ("é", "utf-8")
    assert decoded("é".encode("utf-16")) == ("é", "utf-16")
    assert decoded("é".encode("cp1252")) == ("é", "windows-1252")
    assert decoded(b"\xef\xbb\xbfa") == ("a", "utf-8")
