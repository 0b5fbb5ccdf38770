"""The equations of the learner model, and its parameters.

Prediction: E[sigmoid(x)] for x ~ N(m, V) is close to sigmoid(m / sqrt(1 + pi V / 8)) (MacKay 1992, "The
evidence framework applied to classification networks", eq. 10). Update: assumed-density filtering of a
logistic likelihood with a Gaussian belief (Opper 1998; for ability and difficulty: Glickman 1999,
Herbrich et al. 2006): the mean of each part moves by its variance times the slope of the log evidence, and
its variance falls by its square times the curvature. Guessing floor: Birnbaum's three-parameter curve.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

NO_TIME = -1
DAY_IN_MS = 86_400_000
PI_OVER_8 = math.pi / 8


class Ageing(NamedTuple):
    """How a component ages while nothing is answered."""

    variance: float
    """Ceiling of the slow variance: its prior."""
    drift_per_day: float
    fast_variance: float
    half_life_days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """Variances in logits squared, gains in logits per answer, keeps per answer.

    The defaults are priors checked by simulation (docs/learner-model.md); none was fitted on public data.
    """

    general_variance: float = 0.6
    general_drift: float = 0.002
    general_gain: float = 0.0
    general_fast_variance: float = 0.1
    general_fast_keep: float = 0.8
    area_variance: float = 0.25
    area_drift: float = 0.002
    topic_variance: float = 0.4
    topic_drift: float = 0.005
    topic_gain: float = 0.02
    topic_fast_variance: float = 0.2
    topic_fast_keep: float = 0.8
    item_variance: float = 0.5
    item_gain_right: float = 0.4
    item_gain_wrong: float = 0.3
    retry_weight: float = 0.6
    forgetting: float = 1.0
    """Power of the FSRS recall by which familiarity with an item fades; 0: it does not."""
    author_slope: float = 0.8
    """True difficulty per unit of the author's: authors overrate differences a little."""
    author_variance: float = 0.64
    """What the author's word leaves open: correlation 0.6 with a true spread of 1 logit."""
    drift_per_day: float = 0.005
    """Growth of the slow variances while nothing is answered."""
    general_half_life_days: float = 1.0
    topic_half_life_days: float = 7.0

    def ageing(self, key: str) -> Ageing:
        """How the component of that key ages."""
        if key.startswith("topic:"):
            return Ageing(
                self.topic_variance, self.drift_per_day, self.topic_fast_variance, self.topic_half_life_days
            )
        if key.startswith("area:"):
            return Ageing(self.area_variance, self.drift_per_day, 0.0, self.topic_half_life_days)
        return Ageing(
            self.general_variance, self.drift_per_day, self.general_fast_variance, self.general_half_life_days
        )


def sigmoid(x: float) -> float:
    """Logistic function, safe for any finite x."""
    if x >= 0:
        return 1.0 / (1.0 + math.exp(-x)) if x < 700 else 1.0
    return math.exp(x) / (1.0 + math.exp(x)) if x > -700 else 0.0


def logit(p_01: float) -> float:
    """Inverse of `sigmoid`; p is kept within 1e-9 of 0 and 1."""
    p = min(max(p_01, 1e-9), 1 - 1e-9)
    return math.log(p / (1 - p))


def squeeze(mean_logit: float, variance: float) -> float:
    """E[sigmoid(x)], x ~ N(mean, variance). MacKay 1992."""
    return sigmoid(mean_logit / math.sqrt(1.0 + PI_OVER_8 * variance))


class Gain(NamedTuple):
    """Slope and curvature of the log evidence: a part of variance v moves v * pull, loses v * v * shrink."""

    pull: float
    shrink: float
    predicted_01: float
    """The probability of a right answer that they start from."""


def gain_of(
    mean_logit: float, variance: float, *, credit_01: float, reliability: float = 1.0, guess_01: float = 0.0
) -> Gain:
    """What an answer says. `variance` is that of ability minus difficulty.

    With k = 1 / sqrt(1 + pi V / 8), s = sigmoid(k mean) and p = guess + (1 - guess) s the predictive
    probability, the slope of log p is k (1 - guess) s (1 - s) / p for a right answer, -k s for a wrong one;
    the expected curvature is k^2 ((1 - guess) s (1 - s))^2 / (p (1 - p)). A reliability r multiplies the
    precision that the answer amounts to, 1 / (1 / curvature - V), and the slope.
    """
    k = 1.0 / math.sqrt(1.0 + PI_OVER_8 * variance)
    s = sigmoid(mean_logit * k)
    if guess_01 <= 0.0:
        ratio, p = 1.0, s
        curvature = k * k * s * (1.0 - s)
    else:
        p = guess_01 + (1.0 - guess_01) * s
        # (1 - guess) s (1 - s) / (p (1 - p)) = s / p, since 1 - p = (1 - guess) (1 - s).
        ratio = s / p
        curvature = k * k * (1.0 - guess_01) * s * (1.0 - s) * ratio
    if reliability != 1.0:
        precision = reliability * curvature / (1.0 - curvature * variance)
        curvature = precision / (1.0 + precision * variance)
    return Gain(reliability * k * ratio * (credit_01 - p), curvature, p)
