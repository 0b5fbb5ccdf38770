"""The plan page: none before a goal, weeks and phases after it, a calendar that programs read."""

from __future__ import annotations

from icalendar import Calendar
from tests.web.visitor import Visitor, words_of

from greenroom.app.planning import plan_of
from greenroom.core.ids import ME


def test_without_a_goal_it_leads_to_the_start(visitor: Visitor) -> None:
    assert "No plan yet" in visitor.get("/plan")
    assert visitor.client.get("/plan.ics").status_code == 404


def test_it_shows_every_session_of_the_plan(visitor: Visitor) -> None:
    visitor.sets_goal(interview_on="2026-12-31", hours="5")
    page = visitor.get("/plan")
    view = plan_of(visitor.world.deps, ME)
    assert view is not None
    assert page.count('<li class="session') == len(view.plan.sessions)
    assert "45 days" in words_of(page)
    assert "today" in words_of(page)


def test_the_calendar_file_holds_every_session_and_the_interview(visitor: Visitor) -> None:
    visitor.sets_goal(interview_on="2026-12-31")
    answer = visitor.client.get("/plan.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "attachment" in answer.headers["content-disposition"]
    view = plan_of(visitor.world.deps, ME)
    assert view is not None
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert len(events) == len(view.plan.sessions) + 1


def test_it_is_planned_anew_once_for_one_form(visitor: Visitor) -> None:
    visitor.sets_goal()
    fields = visitor.form_on(visitor.get("/plan"), "/plan/replan")
    assert "The plan was made anew" in visitor.post("/plan/replan", fields)
    visitor.post("/plan/replan", fields)
    assert visitor.get("/settings/export").count('"kind":"plan_made"') == 2  # the goal's own, and this one


def test_missed_days_are_said_without_reproach_and_without_a_backlog(visitor: Visitor) -> None:
    visitor.sets_goal(hours="7")
    visitor.world.clock.turn(days=4)
    assert "Nothing piles up" in visitor.get("/plan")


def test_an_action_that_is_not_there_is_not_found(visitor: Visitor) -> None:
    visitor.sets_goal()
    visitor.post("/plan/actions", {"event_id": "action-event-1", "action_id": "none"}, status=404)
