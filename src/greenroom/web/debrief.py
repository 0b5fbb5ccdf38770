"""The debrief of a mock: a page made for printing, the same as JSON, and the transcript on a timeline."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import Response

from greenroom.app import debrief, interview
from greenroom.app.interview_room import answers_of, spoken_of
from greenroom.core.competencies import Band
from greenroom.core.units import instant_of
from greenroom.web import pages
from greenroom.web.interview import interview_id_of

MISTAKES = {
    "production_blindness": "Production was left out",
    "tool_naming": "Tools named without a reason",
    "ignoring_data_quality": "The data was taken as given",
    "metric_afterthought": "The metric came as an afterthought",
    "no_clarifying_questions": "No clarifying question",
    "we_not_i": "“We” where “I” was asked for",
    "no_number": "A result without a number",
}
BANDS = [(band.value, band.words) for band in Band]
CLOSED = {"done": "done", "time": "time was up", "left": "ended early", "": "not reached"}


def get_debrief(request: Request) -> Response:
    """The debrief page."""
    deps, learner, interview_id = pages.deps_of(request), pages.learner_of(request), interview_id_of(request)
    interview.catch_up(deps, learner, interview_id)
    view = debrief.debrief_of(deps, learner, interview_id)
    state = interview.look(deps, learner, interview_id)
    context = {
        "view": view,
        "debrief": view.debrief,
        "finished_at": instant_of(view.at_ms).date(),
        "bands": BANDS,
        "mistakes": MISTAKES,
        "closed": CLOSED,
        "lines": spoken_of(state),
        "answers": answers_of(state),
    }
    return pages.render(request, "debrief/debrief.html", context, nav="interview")


def get_debrief_json(request: Request) -> Response:
    """The debrief and the transcript as a file."""
    deps, learner, interview_id = pages.deps_of(request), pages.learner_of(request), interview_id_of(request)
    view = debrief.debrief_of(deps, learner, interview_id)
    state = interview.look(deps, learner, interview_id)
    content = {
        "interview_id": interview_id,
        "debriefed_at_ms": view.at_ms,
        "debrief": view.debrief,
        "transcript": [
            {
                "at_ms": line.at_ms,
                "who": line.who,
                "kind": line.kind,
                "text": line.text,
                "is_scored": line.is_scored,
            }
            for line in state.lines
        ],
    }
    name = f"greenroom-debrief-{interview_id[:8]}.json"
    return Response(
        json.dumps(content, ensure_ascii=False, indent=2),
        media_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
