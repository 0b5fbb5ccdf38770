"""Parameters of an LSTM layer."""

import numpy as np

from greenroom.content.families import Draw, Family, Slip


def draw(rng: np.random.Generator) -> Draw:
    return {
        "d": int(rng.choice([32, 48, 64, 100, 128, 200])),
        "h": int(rng.choice([40, 64, 80, 96, 150, 256])),
    }


def accept(d: int, h: int) -> bool:
    return d != h


def key(d: int, h: int) -> float:
    blocks = [np.zeros((4 * h, d)), np.zeros((4 * h, h)), np.zeros(4 * h)]
    return float(sum(block.size for block in blocks))


def key_independent(d: int, h: int) -> float:
    return 4.0 * h * (d + h + 1)


FAMILY = Family(
    slug="lstm-parameters",
    topic="lstm-gates-and-error-carousel",
    level="apply",
    minutes=1.5,
    difficulty=0.1,
    stem=(
        "An LSTM layer has {d} inputs, {h} hidden units and one bias vector per gate. How many "
        "parameters does it have?"
    ),
    unit="parameters",
    digits=0,
    response="choice",
    draw=draw,
    accept=accept,
    key=key,
    key_independent=key_independent,
    slips=[
        Slip("lstm-counted-as-gru", lambda d, h: 3.0 * h * (d + h + 1)),
        Slip("lstm-bias-forgotten", lambda d, h: 4.0 * h * (d + h)),
        Slip("lstm-recurrent-forgotten", lambda d, h: 4.0 * h * (d + 1)),
        Slip("lstm-two-biases", lambda d, h: 4.0 * h * (d + h + 2)),
        Slip("lstm-cell-state-block", lambda d, h: 5.0 * h * (d + h + 1)),
        Slip("lstm-square-of-sum", lambda d, h: 4.0 * (d + h) * (d + h)),
    ],
    explanation=(
        "Four blocks (input, forget and output gate, candidate), each with {h}·({d} + {h}) "
        "weights and {h} biases: {key}."
    ),
    sources=["Hochreiter and Schmidhuber 1997; Gers et al. 2000."],
    variants=20,
)
