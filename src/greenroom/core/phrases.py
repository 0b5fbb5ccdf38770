"""The interviewer's words, by move and temperament. Data: no phrase praises, judges or knows any question.

`{...}` are filled by `core/interviewer.py`. A move without words of a temperament takes the neutral ones.
"""

from __future__ import annotations

from greenroom.core.blueprints import Temperament

N, W, P = Temperament.NEUTRAL, Temperament.WARM, Temperament.PRESSING
Words = dict[Temperament, tuple[str, ...]]

MOVES: dict[str, Words] = {
    "open": {
        N: (
            "Good to meet you. We have {minutes} minutes: {sections}. Think aloud, ask me what you need, "
            "and I "
            "will keep the time.",
            "Hello. {minutes} minutes, in this order: {sections}. Ask before you assume; I watch the clock.",
        ),
        W: (
            "Hello, and thank you for making the time. We have {minutes} minutes together: {sections}. "
            "Take your "
            "time, think aloud, and ask me anything you need.",
            "Nice to meet you. There is no hurry at the start: {minutes} minutes, {sections}. Questions "
            "are welcome "
            "at any point.",
        ),
        P: (
            "Hello. {minutes} minutes: {sections}. Let us start.",
            "We have {minutes} minutes and a lot to cover: {sections}. Be specific.",
        ),
    },
    "first_section": {
        N: ("We begin with {title}: {minutes} minutes. {intro}",),
        W: ("Let us start with {title}; we have {minutes} minutes for it. {intro}",),
        P: ("{title} first. {minutes} minutes. {intro}",),
    },
    "first_ask": {
        N: (
            "Here is the question.",
            "This is the situation.",
            "The question for this part.",
            "To start with, this.",
        ),
        W: ("Here is one to think about.", "Let me put a situation to you.", "Let us start with this one."),
        P: ("The question.", "This.", "Start with this."),
    },
    "section": {
        N: ("{title}: {minutes} minutes. {intro}", "Next part, {title}, {minutes} minutes. {intro}"),
        W: ("Let us turn to {title}; we have {minutes} minutes for it. {intro}",),
        P: ("{title}. {minutes} minutes. {intro}",),
    },
    "ask": {
        N: ("Now this one.", "Next question.", "Let us take another one.", "Another question."),
        W: ("Let me put another one to you.", "Here is the next one.", "Let us look at another one."),
        P: ("Next.", "Another one.", "Go on to this."),
    },
    "ask_code": {
        N: ("Write this in the editor. Run the visible tests as often as you like, then submit.",),
        W: ("Here is something to build. Think aloud if that helps, run the tests, then submit.",),
        P: ("Code this. Visible tests are free, the submission counts.",),
    },
    "room": {
        N: (
            "Take a moment. Where would you start?",
            "Say what you would look at first.",
            "Even a first step is something to build on. What is it?",
        ),
        W: (
            "No rush. What comes to mind first?",
            "Start anywhere you like, even with a guess you would want to check.",
            "It is fine to think aloud here.",
        ),
        P: (
            "I need an answer to work with. What is your first step?",
            "Commit to something.",
            "Your call. What?",
        ),
    },
    "redirect": {
        N: (
            "Let us come back to the question I asked.",
            "I would like to hear about the question itself.",
            "That leaves the question open. What is your answer to it?",
        ),
        W: (
            "Let us go back to the question for a moment.",
            "I may have been unclear: it is the question above I would like to hear about.",
            "Bring it back to the question for me.",
        ),
        P: ("That does not answer the question.", "Back to the question.", "The question, please."),
    },
    "language": {
        N: ("I can only follow this interview in English. Could you say that again in English?",),
        W: ("I am sorry, I can only follow English here. Would you try that again?",),
        P: ("In English, please.",),
    },
    "vague_metric": {
        N: (
            "Which metric, and at what threshold would you act?",
            "Measured by what, and how far does it move?",
        ),
        W: ("Help me see that: which metric, and at what threshold?",),
        P: ("By which metric? At what threshold?",),
    },
    "vague_watch": {
        N: ("What exactly would you watch, and what value would make you act?",),
        W: ("Say a little more: what would you look at, and when would it worry you?",),
        P: ("Watch what? Who is woken up, at which value?",),
    },
    "vague_amount": {
        N: ("How much is that, in numbers?", "Put a number on that, even a rough one."),
        W: ("Roughly how much, in numbers?",),
        P: ("How much? A number.",),
    },
    "vague_test": {
        N: ("How would that check be done, step by step, and what outcome would change your mind?",),
        W: ("Walk me through that check: on what, and what would change your mind?",),
        P: ("Checked how? What result would prove you wrong?",),
    },
    "tool": {
        N: (
            "You named {tool}. Why that, here, rather than something simpler?",
            "What does {tool} give you in this case, and what does it cost?",
        ),
        W: ("You mentioned {tool}. What made you choose it for this case?",),
        P: ("Why {tool}? What would you lose without it?",),
    },
    "ten_times": {
        N: ("Suppose there is ten times the load next year. What breaks first, and what do you change?",),
        W: ("Say it goes well and the load grows tenfold. What would give way first?",),
        P: ("Ten times the load. What breaks?",),
    },
    "jargon": {
        N: ("You said {term}. What is that, in words I would use?",),
        W: ("I do not know the word {term}. Could you say it without?",),
        P: ("{term}? Say it so that I understand it.",),
    },
    "explain_example": {
        N: ("Can you give me an example from everyday work?",),
        W: ("An example would help me. Do you have one?",),
        P: ("An example, please.",),
    },
    "explain_decision": {
        N: ("And what should I do with that?",),
        W: ("Now I follow. What does it change for me?",),
        P: ("So what? What do I decide?",),
    },
    "pitch_short": {
        N: ("Say that again in sixty seconds: what should I remember?",),
        W: ("That was a lot. If I remember one thing, which should it be?",),
        P: ("Shorter. One minute.",),
    },
    "pitch_number": {
        N: ("Which result of yours would you put a number on?",),
        P: ("One result. With its number.",),
    },
    "story_action": {
        N: ("What did you yourself do, step by step?",),
        W: ("I would like to hear more about what you did yourself.",),
        P: ("What did you do? Not the team: you.",),
    },
    "story_we": {
        N: ("You say we. Which part of that was yours?",),
        W: ("It sounds like a team effort. Which part of it was yours?",),
        P: ("Who is we? Name your part.",),
    },
    "story_result": {
        N: ("How did it end?",),
        W: ("And how did it turn out?",),
        P: ("And the outcome?",),
    },
    "story_number": {
        N: ("What changed in numbers, and how do you know that your work caused it?",),
        W: ("Can you put a number on what changed, and say how you know it was your work?",),
        P: ("Give me the number. How do you know it was you?",),
    },
    "story_task": {
        N: ("What exactly was expected of you there?",),
        W: ("What was it that you were asked to achieve?",),
        P: ("What was your task in it?",),
    },
    "story_situation": {
        N: ("Set the scene in a sentence or two: what was the system, and what was at stake?",),
        W: ("Help me picture it: what was the system, and what was at stake?",),
        P: ("Which system, and what was at stake?",),
    },
    "story_hindsight": {
        N: ("What would you do differently today?",),
        W: ("Looking back, what would you change?",),
        P: ("What did you get wrong?",),
    },
    "fact": {N: ("{fact}",)},
    "fact_again": {
        N: ("As I said: {fact}",),
        P: ("You have that already: {fact}",),
    },
    "unknown": {
        N: (
            "Assume what is reasonable, and say so.",
            "I have nothing on that. Make an assumption and name it.",
            "Assume the usual case and say which one you took.",
        ),
        W: (
            "Good to ask before building on it; I have no figure for that, so assume what is reasonable "
            "and say so.",
            "That is yours to assume. Choose something reasonable and tell me what it is.",
        ),
        P: (
            "Assume what is reasonable and say so.",
            "Yours to assume. Name it.",
            "Make an assumption, and say what you chose.",
        ),
    },
    "unknown_many": {N: ("Make that assumption number {number}, and carry on.",)},
    "clarify_empty": {N: ("What would you like to know?", "Ask away: which part is unclear?")},
    "hint": {
        N: ("Hint {number} of {total}: {hint}",),
        W: ("Here is a nudge, {number} of {total}: {hint}",),
    },
    "no_hint": {
        N: ("There is no further hint for this one.", "That was the last hint. Work with what you have."),
        P: ("No more hints.", "You have had them all."),
    },
    "time_left": {
        N: ("{minutes} minutes left in this part.", "Time check: {minutes} minutes remain in this part."),
        W: ("Just so you know, {minutes} minutes are left in this part.",),
        P: ("{minutes} minutes. Get to the point you would not want to leave out.",),
    },
    "too_much": {
        N: ("That is more than I can take down on one question. It is on record and does not count.",),
    },
    "late": {
        N: ("Time was up before that arrived. I have noted it; it does not count.",),
        W: ("I am sorry, the time was up before that reached me. It is noted, and does not count.",),
        P: ("Too late. It is on record and does not count.",),
    },
    "time_up": {
        N: ("That is the time for {title}.",),
        W: ("We have to stop {title} here.",),
        P: ("Stop. The time for {title} is over.",),
    },
    "move_on": {
        N: ("All right, we leave that one.", "Noted. We move on.", "We put that one aside."),
        W: ("That is fine, let us leave it there.", "We can leave that and look at something else."),
        P: ("Moving on.", "Then we drop it.", "Left open."),
    },
    "thanks": {
        N: (
            "I have what I need on this one.",
            "Let us stop there on this question.",
            "That settles this question.",
        ),
        W: ("Thank you, that is enough on this one.", "Thank you. Let us leave this question here."),
        P: ("Enough on that.", "Done with this one.", "Next thing."),
    },
    "listening": {
        N: ("Go on.", "I am listening.", "Keep going."),
        W: ("Please go on.", "Carry on, I am with you."),
        P: ("Go on.", "And?"),
    },
    "all_pass": {
        N: ("All {total} tests pass. A few questions about it.",),
        W: ("All {total} tests pass. Let us talk about it.",),
        P: ("{total} of {total}. Now defend it.",),
    },
    "some_fail": {
        N: (
            "{passed} of {total} tests pass. You have time to change it, or say that you leave it.",
            "Now {passed} of {total}. Change it or leave it.",
            "That makes {passed} of {total}.",
        ),
        W: (
            "{passed} of {total} tests pass. Which kind of input might not be covered?",
            "It is {passed} of {total} now. Have another look, or leave it there.",
        ),
        P: ("{passed} of {total}. What did you not think of?", "{passed} of {total}. Again."),
    },
    "no_run": {
        N: (
            "The code did not get through a single test: {outcome}. The message below the editor says where.",
        ),
        W: ("It stopped before any test passed: {outcome}. The message below the editor helps.",),
        P: ("No test passes: {outcome}.",),
    },
    "judge_fault": {
        N: ("The judge could not run that; it is not counted against you. Try once more.",),
    },
    "code_empty": {N: ("There is nothing in the editor yet.", "Write something first, then run it.")},
    "code_kept": {N: ("I take the last code you ran in time.",)},
    "not_here": {
        N: ("There is no code to run in this part.", "This part is a conversation; the editor is closed.")
    },
    "stale": {N: ("That answered an earlier question. It is on record and does not count.",)},
    "paused": {N: ("The clock is stopped. Resume when you are ready.", "Paused. The clock waits for you.")},
    "resumed": {N: ("The clock is running again.", "On we go; the clock is running.")},
    "finish": {
        N: ("That is the end. Thank you; your debrief is being written.",),
        W: ("That brings us to the end. Thank you for your time; your debrief is next.",),
        P: ("We are done. The debrief is next.",),
    },
}

SILENT = frozenset(
    {"listening", "move_on", "thanks", "ask", "first_ask", "stale", "resumed", "paused", "not_here"}
)
"""Moves that are left unsaid once their words are used up; a person does not repeat them either."""
