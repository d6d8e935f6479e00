"""More time, from the wish to the yes: no mark against anyone, what lies after it moves, a window is kept in sight."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from core import clock
from core.insight.at_work import engagement
from core.model import Engagement
from core.work import run
from core.work.authorisation import AuthorisationDraft, set_authorisation
from core.work.plan import MilestoneDraft
from tests.journeys.hand import Hand
from tests.journeys.test_path import rows
from tests.support import made

ADA = "Ada Lovelace"
DAY = timedelta(days=1)


def test_more_time_from_the_wish_to_the_yes(hand: Hand, day: Callable[[date], None]) -> None:
    store, today = hand.app.store, clock.today()
    due = today + 10 * DAY
    parts = [MilestoneDraft(text="Half the list", due_on=today + 4 * DAY), MilestoneDraft(text="All", due_on=due)]
    project_id = made.project(store, today, kick_off_on=today, due_on=due, apply_by=today, milestones=parts)
    person = made.candidate(store, ADA, today)
    work = made.engagement(store, made.application(store, project_id, person, today), today)
    window = AuthorisationDraft(candidate_id=person, kind="cpt", starts_on=today, ends_on=due, seen_on=today)
    set_authorisation(store, window, today=today)
    run.start(store, work, today=today)
    before = rows(hand)

    day(today + 2 * DAY)
    hand.go("Projects")
    hand.click("Work")
    hand.sees("Half the list", "CPT")
    hand.menu(f"More for the work of {ADA}", "More time…")
    hand.fill(new_due_on=(due + 7 * DAY).strftime("%d %b %Y"), answer="Not yet")
    hand.save()
    hand.sees("Asks for time until")

    hand.go("Today")
    hand.sees("More time wished for", ADA)
    hand.click("Answer: More time wished for")
    hand.click("Work")
    hand.click("Give it")
    assert "ends on" in hand.text()  # beyond the window it waits for a reason
    assert _due(hand, work) == due
    hand.fill(why="The office renews it; the paper comes on Friday.")
    hand.save()
    hand.sees("The office renews it; the paper comes on Friday.")
    assert _due(hand, work) == due + 7 * DAY

    late = due + 3 * DAY
    view = engagement(store, work, today=late)
    assert view.row.days_late == 0
    assert [one.due_on for one in view.milestones] == [today + 11 * DAY, due + 7 * DAY]
    day(late)
    hand.go("Today")
    assert "Work is overdue" not in hand.text()

    for _ in range(2):
        hand.press("Ctrl+Z", hand.desk)
    assert rows(hand) == before


def _due(hand: Hand, engagement_id: str) -> date:
    with hand.app.store.read() as session:
        return session.get_one(Engagement, engagement_id).due_on
