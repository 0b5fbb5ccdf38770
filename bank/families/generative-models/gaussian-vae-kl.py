"""KL of a diagonal Gaussian posterior to the standard normal prior."""

from math import log

import numpy as np
from scipy.integrate import quad
from scipy.stats import norm

from greenroom.content.families import Draw, Family, Slip


def draw(rng: np.random.Generator) -> Draw:
    return {
        "m": float(rng.choice([0.0, 0.5, 1.0, 1.5, 2.0, -0.5, -1.0, -1.5])),
        "s": float(rng.choice([0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.5])),
    }


def key(m: float, s: float) -> float:
    q = norm(m, s)
    value, _ = quad(lambda z: q.pdf(z) * (q.logpdf(z) - norm.logpdf(z)), m - 12 * s, m + 12 * s, epsabs=1e-13)
    return round(float(value), 10)


def key_independent(m: float, s: float) -> float:
    return round((m * m + s * s - 1) / 2 - log(s), 10)


FAMILY = Family(
    slug="gaussian-vae-kl",
    topic="variational-autoencoder",
    level="apply",
    minutes=2,
    difficulty=0.4,
    stem=(
        "An encoder gives one latent dimension the mean {m} and the standard deviation {s}. What "
        "is the KL divergence of this posterior from the prior $N(0, 1)$, in nats?"
    ),
    unit="nats",
    digits=3,
    response="numeric",
    draw=draw,
    key=key,
    key_independent=key_independent,
    slips=[
        Slip("vae-kl-log-variance", lambda m, s: (m * m + s * s - 1) / 2 - 2 * log(s)),
        Slip("vae-kl-not-halved", lambda m, s: m * m + s * s - 1 - 2 * log(s)),
        Slip("vae-kl-sigma-unsquared", lambda m, s: (m * m + s - 1 - log(s)) / 2),
    ],
    explanation="$\\tfrac12(\\mu^2 + \\sigma^2 - 1) - \\ln\\sigma$ = {key} nats.",
    sources=["Kingma and Welling 2014, appendix B."],
    variants=20,
)
