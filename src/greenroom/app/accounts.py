"""Who is using this installation. A single-user one has one learner and asks nobody to sign in."""

from __future__ import annotations

from greenroom.core.ids import ME, LearnerId


def only_learner() -> LearnerId:
    """The learner of a single-user installation."""
    return ME
