"""One file per round kind; a new kind is a file and a line here."""

from __future__ import annotations

from greenroom.core.rounds.coding import CODING
from greenroom.core.rounds.design import DESIGN
from greenroom.core.rounds.explain import EXPLAIN
from greenroom.core.rounds.pitch import PITCH
from greenroom.core.rounds.shape import Round
from greenroom.core.rounds.story import STORY
from greenroom.core.rounds.talk import TALK

ROUNDS: dict[str, Round] = {kind.kind: kind for kind in (TALK, CODING, STORY, DESIGN, EXPLAIN, PITCH)}
