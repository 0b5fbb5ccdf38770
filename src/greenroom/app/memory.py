"""Personal memory weights, as a fact: fitted to one's own reviews, recorded, and used for every review after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from greenroom.app.deps import Deps
from greenroom.app.record import Fact, record_in
from greenroom.core.events import MemoryFitted
from greenroom.core.ids import LearnerId, content_hash
from greenroom.core.memory import Grade, grade_of
from greenroom.core.units import DAY_MS
from greenroom.store import answers, events

FIRST_FIT_AT = 400
"""Reviews a day or more after the last one of their item; `app.memory_fit.ENOUGH_REVIEWS` is the same."""
NEXT_FIT_AFTER = 200
"""Further such reviews from one fit to the next."""
_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryState:
    """Where the personal weights stand."""

    n_reviews: int
    """Reviews so far that say something of forgetting."""
    next_fit_at: int
    """The number of them at which the weights are fitted next."""
    fitted_to: int
    """The number of them that the weights in use were fitted to; 0: the default weights are in use."""
    was_fitted_now: bool
    loss_before: float | None
    """Log loss per review, in nats, of the default weights; None where nothing was fitted yet."""
    loss_after: float | None


def fit_memory(deps: Deps, learner_id: LearnerId) -> MemoryState:
    """Fits the weights where enough reviews came since the last fit, and records them; else says when it will.

    Takes seconds for a hundred thousand reviews, none of them inside a transaction. Raises what
    `Store.write` raises.
    """
    with deps.store.read() as conn:
        last = _last_in(conn, learner_id)
        log = [
            (row.item_id, grade_of(credit_01=row.credit_01, confidence_01=row.confidence_01), row.at_ms)
            for row in answers.reviews(conn, learner_id)
        ]
    n_reviews = _count(log)
    if n_reviews < _next_fit_at(last):
        return _state(n_reviews, last, was_fitted_now=False)
    fitted = _fitted(log, n_reviews)
    if fitted is None:
        return _state(n_reviews, last, was_fitted_now=False)
    # The id names what was fitted: two servers on one file, or the same log fitted twice, record it once.
    event_id = f"memory-fit-{content_hash([n_reviews, *fitted.weights])}"
    with deps.store.write() as conn:
        if _last_in(conn, learner_id) == last:
            record_in(conn, learner_id, Fact(id=event_id, payload=fitted), at_ms=deps.clock.now_ms())
            return _state(n_reviews, fitted, was_fitted_now=True)
        return _state(n_reviews, _last_in(conn, learner_id), was_fitted_now=False)


def fit_everyone(deps: Deps) -> int:
    """`fit_memory` for everyone in the file; returns for how many weights were fitted."""
    with deps.store.read() as conn:
        everyone = events.learners(conn)
    return sum(fit_memory(deps, learner_id).was_fitted_now for learner_id in everyone)


def _fitted(log: Sequence[tuple[str, Grade, int]], n_reviews: int) -> MemoryFitted | None:
    # numpy takes a tenth of a second to import: who has too few reviews does not wait for it.
    from greenroom.app.memory_fit import fit_weights

    fit = fit_weights(log)
    if not fit.is_personal:
        return None
    return MemoryFitted(
        weights=[round(weight, _DIGITS) for weight in fit.weights],
        n_reviews=n_reviews,
        loss_before=fit.loss_before,
        loss_after=fit.loss_after,
    )


def _last_in(conn: Connection, learner_id: LearnerId) -> MemoryFitted | None:
    found = events.last_of_kind(conn, learner_id, MemoryFitted.kind)
    return found.event.payload if found and isinstance(found.event.payload, MemoryFitted) else None


def _next_fit_at(last: MemoryFitted | None) -> int:
    return FIRST_FIT_AT if last is None else last.n_reviews + NEXT_FIT_AFTER


def _count(log: Sequence[tuple[str, Grade, int]]) -> int:
    """Reviews a day or more after the last one of their item."""
    met: dict[str, int] = {}
    total = 0
    for item_id, _, at_ms in log:
        total += item_id in met and at_ms - met[item_id] >= DAY_MS
        met[item_id] = at_ms
    return total


def _state(n_reviews: int, last: MemoryFitted | None, *, was_fitted_now: bool) -> MemoryState:
    return MemoryState(
        n_reviews=n_reviews,
        next_fit_at=_next_fit_at(last),
        fitted_to=last.n_reviews if last else 0,
        was_fitted_now=was_fitted_now,
        loss_before=last.loss_before if last else None,
        loss_after=last.loss_after if last else None,
    )
