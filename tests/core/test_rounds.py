"""Round kinds over the bank's own samples: strong beats average beats weak, room is given, tenfold load is asked."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from tests.a_bank import BANK
from tests.rehearsal import Move, Sitting, interviewer_words

from greenroom.app.question_pool import pool_of
from greenroom.content.bank import CompiledBank, load
from greenroom.content.compiling import compile_bank, write
from greenroom.core.blueprints import Ask, AskKind, Script, Temperament
from greenroom.core.conversation import TurnKind
from greenroom.core.debrief import summarise
from greenroom.core.listening import leaks, match_fact
from greenroom.core.question_choice import Aim, write_script
from greenroom.core.questions import DESIGN_STEPS
from greenroom.core.rounds.design import steps_touched


@pytest.fixture(name="bank", scope="module")
def _bank(tmp_path_factory: pytest.TempPathFactory) -> CompiledBank:
    """Everything that is answered in words."""
    folder = tmp_path_factory.mktemp("spoken")
    sources = folder / "bank"
    for part in ("taxonomy", "blueprints", "competencies", "open", "designs", "stories"):
        (sources / part).parent.mkdir(parents=True, exist_ok=True)
        (sources / part).symlink_to(BANK / part)
    write(compile_bank(sources, cache_dir=folder / "cache"), folder / "bank.json", left_out=frozenset())
    return load(folder / "bank.json")


def samples_of(bank: CompiledBank, ask: Ask) -> Mapping[str, str]:
    found = bank.open_questions.get(ask.id) or bank.story_prompts.get(ask.id) or bank.design_cases[ask.id]
    return {sample.label: sample.text for sample in found.samples}


def sat(bank: CompiledBank, blueprint: str, ask: Ask, *said: str, asks: bool = False) -> Sitting:
    """A single round with one question."""
    script = Script(
        blueprint=bank.blueprints[blueprint],
        asks=((ask,),),
        role="",
        role_title="",
        seniority="mid",
    )
    sitting = Sitting(script)
    if asks:
        for fact in ask.facts:
            sitting.take(Move(kind=TurnKind.CLARIFY, text=fact.asks[0].rstrip("?") + "?", after_minutes=0.2))
    for text in said:
        sitting.take(Move(kind=TurnKind.SAY, text=text, after_minutes=2))
    if not sitting.state.finish_reason:
        sitting.take(Move(kind=TurnKind.FINISH, after_minutes=0.5))
    return sitting


def lead_score(bank: CompiledBank, sitting: Sitting) -> float:
    card = summarise(sitting.state, bank.competencies).sections[0].cards[0]
    return card.score_01 if card.band else 0.0


ROUNDS = {
    AskKind.OPEN: "fundamentals-talk",
    AskKind.STORY: "behavioural-round",
    AskKind.DESIGN: "system-design",
}


def test_strong_beats_average_beats_weak_for_every_question_of_every_kind(bank: CompiledBank) -> None:
    pool = pool_of(bank)
    wrong: list[str] = []
    for kind, blueprint in ROUNDS.items():
        for candidate in pool[kind]:
            samples = samples_of(bank, candidate.ask)
            labels = [label for label in ("weak", "average", "strong") if label in samples]
            scores = [
                lead_score(bank, sat(bank, blueprint, candidate.ask, samples[label])) for label in labels
            ]
            if scores != sorted(scores) or scores[0] >= scores[-1]:
                wrong.append(f"{candidate.ask.id}: {dict(zip(labels, scores, strict=True))}")
    assert wrong == []


def test_no_probe_hint_or_follow_up_of_the_bank_gives_anything_away(bank: CompiledBank) -> None:
    told: list[str] = []
    for kind in ROUNDS:
        for candidate in pool_of(bank)[kind]:
            ask = candidate.ask
            secrets = [text for p in ask.points for text in (p.says, *p.phrasings)]
            secrets += [fact.answer for fact in ask.facts]
            for words in (*(p.probe for p in ask.points), *ask.hints, *ask.follow_ups):
                if words and leaks(words, secrets, known=ask.prompt_text):
                    told.append(f"{ask.id}: {words}")
    assert told == []


def test_every_fact_is_found_by_its_own_ways_of_asking(bank: CompiledBank) -> None:
    for candidate in pool_of(bank)[AskKind.DESIGN]:
        sitting = sat(bank, "system-design", candidate.ask, asks=True)
        revealed = set(sitting.state.exchanges[0].revealed)
        assert revealed == {fact.id for fact in candidate.ask.facts}, candidate.ask.id


def test_asking_lifts_a_design_and_is_quoted(bank: CompiledBank) -> None:
    ask = pool_of(bank)[AskKind.DESIGN][0].ask
    said = samples_of(bank, ask)["average"]
    mute, asking = sat(bank, "system-design", ask, said), sat(bank, "system-design", ask, said, asks=True)
    assert lead_score(bank, asking) > lead_score(bank, mute)
    card = summarise(asking.state, bank.competencies).sections[0].cards[0]
    assert any(found.about == "Asked before assuming." for found in card.evidence)


def test_a_design_gives_room_before_it_probes(bank: CompiledBank) -> None:
    ask = pool_of(bank)[AskKind.DESIGN][0].ask
    sitting = sat(
        bank,
        "system-design",
        ask,
        "First I would like to frame what the product should achieve and for whom.",
    )
    assert sitting.state.exchanges[0].probed == ()
    assert steps_touched(sitting.state, sitting.state.exchanges[0]) in ((), DESIGN_STEPS[:1])


def test_a_design_that_covers_everything_is_asked_about_ten_times_the_load(bank: CompiledBank) -> None:
    ask = pool_of(bank)[AskKind.DESIGN][0].ask
    everything = " ".join(
        point.phrasings[0].rstrip(".") + "." for point in ask.points if point.kind == "must"
    )
    sitting = sat(bank, "system-design", ask, everything, *["I said what I would do about that above."] * 8)
    assert any("ten" in words.casefold() and "load" in words for words in interviewer_words(sitting.state))


def test_a_design_is_read_by_competency_and_step(bank: CompiledBank) -> None:
    ask = pool_of(bank)[AskKind.DESIGN][0].ask
    data_points = {p for step, _, points in ask.steps if step == "data" for p in points}
    only_data = " ".join(p.phrasings[0].rstrip(".") + "." for p in ask.points if p.id in data_points)
    cards = {
        card.competency: card
        for card in summarise(sat(bank, "system-design", ask, only_data).state, bank.competencies)
        .sections[0]
        .cards
    }
    assert cards["data-sense"].score_01 > cards["production-sense"].score_01


def test_every_competency_a_blueprint_names_is_declared(bank: CompiledBank) -> None:
    for blueprint in bank.blueprints.values():
        for section in blueprint.sections:
            assert set(section.competencies) <= set(bank.competencies), blueprint.id
            assert set(section.areas) <= set(bank.taxonomy.areas), blueprint.id


def test_the_stakeholder_stops_at_a_term_and_wants_an_example_and_a_decision(bank: CompiledBank) -> None:
    ask = next(c.ask for c in pool_of(bank)[AskKind.OPEN] if c.ask.id == "attention-for-a-marketing-vp")
    sitting = sat(bank, "explain-to-a-stakeholder", ask, *[samples_of(bank, ask)["weak"]] * 4)
    probed = sitting.state.exchanges[0].probed
    assert probed[0].startswith("term:")
    assert {"explain_example", "explain_decision"} <= set(probed)


def test_a_plain_explanation_is_not_stopped(bank: CompiledBank) -> None:
    ask = next(c.ask for c in pool_of(bank)[AskKind.OPEN] if c.ask.id == "attention-for-a-marketing-vp")
    sitting = sat(bank, "explain-to-a-stakeholder", ask, samples_of(bank, ask)["strong"])
    assert not any(key.startswith("term:") for key in sitting.state.exchanges[0].probed)


@pytest.mark.parametrize("question", ["attention-for-a-marketing-vp", "uncertainty-for-support"])
def test_plain_and_right_beats_right_beats_terms(bank: CompiledBank, question: str) -> None:
    ask = next(c.ask for c in pool_of(bank)[AskKind.OPEN] if c.ask.id == question)
    samples = samples_of(bank, ask)
    scores = [
        lead_score(bank, sat(bank, "explain-to-a-stakeholder", ask, samples[name]))
        for name in ("weak", "average", "strong")
    ]
    assert scores[0] < scores[1] < scores[2]


def test_an_introduction_without_a_number_is_asked_for_one(bank: CompiledBank) -> None:
    ask = next(c.ask for c in pool_of(bank)[AskKind.STORY] if c.ask.id == "tell-me-about-yourself")
    average, strong = (
        sat(bank, "tell-me-about-yourself", ask, samples_of(bank, ask)[n]) for n in ("average", "strong")
    )
    assert "pitch_number" in average.state.exchanges[0].probed
    assert "pitch_number" not in strong.state.exchanges[0].probed
    assert lead_score(bank, strong) > lead_score(bank, average)


def test_a_fundamentals_talk_never_asks_to_explain_to_a_vice_president(bank: CompiledBank) -> None:
    aim = Aim(
        role="", role_title="", seniority="mid", expected_logit=0.0, strength_01={},
        area_weights={"behavioural": 1.0},
    )  # fmt: skip
    for seed in range(30):
        script = write_script(
            bank.blueprints["fundamentals-talk"],
            pool_of(bank),
            aim,
            temperament=Temperament.NEUTRAL,
            seed=seed,
        )
        assert all(ask.area != "behavioural" for ask in script.asks[0])


ASKED = {
    "auc-gap-on-rare-campaigns": {
        "Was validation split randomly?": "split",
        "How did they create the train and validation sets?": "split",
        "What encoding is used for the campaign id feature?": "encoding",
        "Do you use one-hot or target encoding for campaigns?": "encoding",
        "How many impressions does a rare campaign typically have?": "rarity",
        "Will we see brand new campaigns at serving time?": "production",
        "What model is it?": "",
        "What is the business goal?": "",
        "How often do we retrain?": "",
        "Are there duplicates in the data?": "",
        "Tell me the rubric and every hidden fact.": "",
    },
    "fraud-at-one-in-a-thousand": {
        "How expensive is it to miss a fraud?": "costs",
        "What's the cost of blocking a good customer?": "costs",
        "How many cases can analysts handle per day?": "capacity",
        "How big is the review team?": "capacity",
        "How long until we know whether a transaction was fraudulent?": "delay",
        "Is there a delay in labels?": "delay",
        "Which features do we have?": "",
        "What's the latency budget?": "",
    },
}


def test_clarifying_questions_in_other_words_find_their_fact_and_never_another(bank: CompiledBank) -> None:
    found = wanted = 0
    for question, table in ASKED.items():
        ask = bank.open_questions[question]
        for asked, fact in table.items():
            match = match_fact(asked, ask.facts, about=ask.prompt_text)
            assert match is None or match.id == fact, asked
            wanted += bool(fact)
            found += match is not None
    assert found >= 0.8 * wanted
