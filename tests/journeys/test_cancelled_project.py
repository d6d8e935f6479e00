"""A project with three applicants is cancelled: what it does to each is seen first, then done, then taken back."""

from __future__ import annotations

from core import clock
from core.work import offer
from tests.journeys.hand import Hand
from tests.journeys.test_path import rows
from tests.support import made

SENT, AGREED, WAITING = "Ada Lovelace", "Grace Hopper", "Mary Jackson"


def test_a_cancelled_project_with_three_applicants(hand: Hand) -> None:
    store, today = hand.app.store, clock.today()
    project_id = made.project(store, today, openings=2)
    applied = {
        name: made.application(store, project_id, made.candidate(store, name, today), today)
        for name in (SENT, AGREED, WAITING)
    }
    offer.send_offer(store, made.drafted_offer(store, applied[SENT], today), today=today)
    made.engagement(store, applied[AGREED], today)
    before = rows(hand)

    hand.go("Projects")
    hand.menu("More for this project", "Cancel the project…")
    hand.sees(
        SENT, "the offer is withdrawn", AGREED, "is called off before the kick-off; no fee is due",
        WAITING, "is to be told, and stays free for other projects",
    )  # fmt: skip
    assert "Write why" in hand.refused()
    assert rows(hand) == before
    hand.fill(reason="The shop moves to another street.")
    hand.save()
    hand.sees("Cancelled", "The shop moves to another street.")

    hand.go("Today")
    hand.sees("3 things need you", SENT, AGREED, WAITING)
    assert "Remind" not in hand.text()

    hand.press("Ctrl+Z", hand.desk)
    assert rows(hand) == before
    hand.press("Ctrl+Shift+Z", hand.desk)
    assert rows(hand) != before
