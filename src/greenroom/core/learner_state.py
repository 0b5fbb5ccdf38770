"""The learner's state as values: what the filter of `core.mastery` reads and writes, and its stored form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import NamedTuple

from greenroom.core.errors import InputRejected
from greenroom.core.filtering import NO_TIME, Parameters
from greenroom.core.ids import Plain

_REBUILD = "Rebuild the projections from the events."


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What the model needs to know of an item (or of a coding problem, or an open question).

    `difficulty_logit` is the author's word while `difficulty_variance` is None: it is then shrunk and
    given `Parameters.author_variance`. A learned difficulty comes with its own variance and is used as is.
    """

    item_id: str
    topic: str
    area: str = ""
    """Empty: the area component is left out."""
    difficulty_logit: float = 0.0
    guess_01: float = 0.0
    other_topics: tuple[str, ...] = ()
    """Further topics; all topics of an item share its evidence equally."""
    difficulty_variance: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A graded answer: credit 0 to 1, and how far the grade can be believed (1: marked by key).

    A reliability below 1 tempers the likelihood (power likelihood): 0.5 counts as half an answer.
    Raises InputRejected outside 0..1 and 0..2.
    """

    credit_01: float
    reliability: float = 1.0

    def __post_init__(self) -> None:
        if not (0.0 <= self.credit_01 <= 1.0 and 0.0 <= self.reliability <= 2.0):
            raise InputRejected("Credit has to lie in 0 to 1 and reliability in 0 to 2.")


class Component(NamedTuple):
    """One part of the ability: slow and fast Gaussians in logits. A tuple, since four are made per answer."""

    mean: float
    variance: float
    fast_mean: float = 0.0
    fast_variance: float = 0.0
    n_answers: int = 0
    at_ms: int = NO_TIME
    """When it was last touched, ms UTC; -1: never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """What is believed before the first answer."""

    general_logit: float = 0.0
    area_logits: Mapping[str, float] = field(default_factory=dict)
    """Area -> offset from the general ability."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mastery:
    """A learner's state. Components that were never touched are absent and stand at the prior."""

    components: Mapping[str, Component]
    prior: Prior = field(default_factory=Prior)
    parameters: Parameters = field(default_factory=Parameters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """Chance of a right answer, with `mean_logit` and `variance` of ability minus difficulty behind it."""

    probability_01: float
    mean_logit: float
    variance: float
    ability_variance: float
    """The part of `variance` that lies in the learner, not in the item's difficulty."""


def component_to_plain(part: Component) -> list[float | int]:
    """One row as plain data; `component_of` reads it back."""
    return list(part)


def component_of(data: Plain) -> Component:
    """The component of stored data. Raises InputRejected where it is not one."""
    if isinstance(data, list | tuple) and len(data) == 6:
        numbers = [entry for entry in data if isinstance(entry, int | float)]
        if len(numbers) == 6:
            mean, variance, fast_mean, fast_variance, n_answers, at_ms = numbers
            return Component(mean, variance, fast_mean, fast_variance, int(n_answers), int(at_ms))
    raise InputRejected("A stored part of the learner model cannot be read.", hint=_REBUILD)


def mastery_to_plain(mastery: Mastery) -> dict[str, Plain]:
    """The whole state as plain JSON data; `mastery_of` reads it back."""
    return {
        "components": {key: component_to_plain(part) for key, part in mastery.components.items()},
        "prior": {
            "general_logit": mastery.prior.general_logit,
            "area_logits": dict(mastery.prior.area_logits),
        },
        "parameters": asdict(mastery.parameters),
    }


def mastery_of(data: Mapping[str, Plain]) -> Mastery:
    """The state of stored data. Raises InputRejected where it cannot be read."""
    components, prior, values = data.get("components"), data.get("prior"), data.get("parameters")
    if not (isinstance(components, Mapping) and isinstance(prior, Mapping) and isinstance(values, Mapping)):
        raise InputRejected("The stored learner model cannot be read.", hint=_REBUILD)
    known = {entry.name for entry in fields(Parameters)}
    logits = prior.get("area_logits")
    return Mastery(
        components={key: component_of(entry) for key, entry in components.items()},
        prior=Prior(
            general_logit=_number(prior.get("general_logit")),
            area_logits={key: _number(x) for key, x in logits.items()} if isinstance(logits, Mapping) else {},
        ),
        parameters=Parameters(**{key: _number(value) for key, value in values.items() if key in known}),
    )


def _number(value: Plain) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
