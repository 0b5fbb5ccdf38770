"""Mock interviews: choose one, sit it, look back at the ones before."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from greenroom.app import interview
from greenroom.app.interview_room import room_of
from greenroom.app.interviews import offer
from greenroom.core.blueprints import Temperament
from greenroom.core.conversation import MAX_TURN_CHARS, Phase, TurnKind, turn_of
from greenroom.core.errors import NotFound
from greenroom.core.ids import is_event_id
from greenroom.web import pages
from greenroom.web.forms import Form, new_event_id, read_form
from greenroom.web.policy import new_nonce

TEMPERAMENTS = (
    (Temperament.NEUTRAL, "Neutral", "Plain and fair, as most interviewers are."),
    (Temperament.WARM, "Warm", "Gives room and puts you at ease. Asks the same questions."),
    (Temperament.PRESSING, "Pressing", "Short and hard to please. Asks the same questions."),
)
_SENDABLE = [kind.value for kind in TurnKind if kind not in (TurnKind.TICK, TurnKind.EXCUSE)]
_CODE_TURNS = (TurnKind.CODE_RUN.value, TurnKind.CODE_SUBMIT.value)


def get_choice(request: Request) -> Response:
    """Which mock to sit: the rounds there are, the loop prepared for, and one that is still open."""
    deps, learner = pages.deps_of(request), pages.learner_of(request)
    context = {
        "offer": offer(deps, learner),
        "temperaments": [(value.value, title, note) for value, title, note in TEMPERAMENTS],
        "event_id": new_event_id(),
    }
    return pages.render(request, "interview/choose.html", context, nav="interview")


def post_start(request: Request) -> Response:
    """Starts the chosen mock and goes to its room."""
    form = read_form(request)
    started = interview.start(
        pages.deps_of(request),
        pages.learner_of(request),
        form.event_id(),
        blueprint_id=form.text("blueprint", max_chars=80),
        temperament=Temperament(
            form.choice("temperament", [t.value for t in Temperament], default=Temperament.NEUTRAL.value)
        ),
    )
    return pages.redirect(f"/interview/{started}")


def get_interview(request: Request) -> Response:
    """The room of a running mock; of a finished one, its debrief."""
    interview_id = interview_id_of(request)
    state = interview.look(pages.deps_of(request), pages.learner_of(request), interview_id)
    if state.phase is Phase.FINISHED:
        return _to_debrief(request, interview_id)
    nonce = new_nonce()
    context = {
        "room": room_of(state),
        "event_id": new_event_id(),
        "tick_id": new_event_id(),
        "pause_id": new_event_id(),
        "code_id": new_event_id(),
        "finish_id": new_event_id(),
        "max_chars": MAX_TURN_CHARS,
    }
    return pages.render(request, "interview/room.html", context, nav="interview", style_nonce=nonce)


def post_turn(request: Request) -> Response:
    """Takes a turn and shows the room as it is then. Sent twice, it is one turn."""
    interview_id, form = interview_id_of(request), read_form(request)
    deps, learner = pages.deps_of(request), pages.learner_of(request)
    if form.text("kind") == TurnKind.TICK.value:
        interview.tick(deps, learner, interview_id, form.event_id())
    else:
        kind = form.choice("kind", _SENDABLE)
        text = (
            _source(form)
            if kind in _CODE_TURNS
            else form.text("text", max_chars=MAX_TURN_CHARS, label="answer")
        )
        exchange = form.whole("exchange", low=0, high=10_000)
        turn = turn_of(
            {
                "id": form.event_id(),
                "kind": kind,
                "text": text,
                "exchange": -1 if exchange is None else exchange,
            }
        )
        interview.take_turn(deps, learner, interview_id, turn)
    return pages.redirect(f"/interview/{interview_id}")


def _to_debrief(request: Request, interview_id: str) -> Response:
    """The debrief is a page of its own address: htmx is told to go there rather than to swap it in."""
    url = f"/interview/{interview_id}/debrief"
    if pages.is_fragment(request):
        return Response(headers={"HX-Redirect": url})
    return pages.redirect(url)


def _source(form: Form) -> str:
    """Code as it was typed: leading space matters. The checks of `Form.text` hold all the same."""
    form.text("source", max_chars=MAX_TURN_CHARS, label="code")
    return (form.fields.get("source") or ("",))[0].replace("\r\n", "\n").replace("\r", "\n")


def get_clock(request: Request) -> Response:
    """The server's clock, for the page to correct its own by."""
    state = interview.look(pages.deps_of(request), pages.learner_of(request), interview_id_of(request))
    room = room_of(state)
    return JSONResponse(
        {
            "left_ms": room.left_ms,
            "phase": room.phase.value,
            "section": room.section,
            "exchange": room.exchange,
            "lines": len(state.lines),
        }
    )


def get_history(request: Request) -> Response:
    """Every mock so far."""
    rows = interview.mocks(pages.deps_of(request), pages.learner_of(request))
    return pages.render(request, "interview/history.html", {"rows": rows}, nav="interview")


def interview_id_of(request: Request) -> str:
    """The mock's id of the address. Raises NotFound for what can be none."""
    found = str(request.path_params["interview_id"])
    if not is_event_id(found):
        raise NotFound("There is no such mock.", hint="Look at your mocks under /interviews.")
    return found
