"""Both sides of the work: the student's word comes first and stays closed until ours is in, or its day has come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from core.model import Engagement
from core.store import Store
from core.work import run
from tests.journeys.conftest import FIRST_DAY
from tests.journeys.hand import Hand
from tests.support import made

SECRET = "Nobody answered my questions for nine days"


@pytest.fixture
def work(store: Store) -> str:
    person = made.candidate(store, "Amara Okafor", today=FIRST_DAY)
    project = made.project(store, today=FIRST_DAY)
    application = made.application(store, project, person, today=FIRST_DAY)
    row_id = made.engagement(store, application, today=FIRST_DAY)
    run.start(store, row_id, today=FIRST_DAY)
    run.deliver(store, row_id, today=FIRST_DAY)
    return row_id


def their_word(hand: Hand) -> None:
    hand.go("Evaluations")
    hand.click("Enter… Amara Okafor, Clean the mailing list")
    hand.pick(hand.form.form.rows["overall"].field, "1  No")  # type: ignore[arg-type]
    hand.fill(reflection=SECRET, wants_next="Something with pictures")
    hand.save()


def test_it_opens_once_ours_is_in(hand: Hand, work: str) -> None:
    their_word(hand)
    hand.sees("their side is in")
    assert SECRET not in hand.text()
    hand.app.show("candidates", person_of(hand, work))
    hand.rest()
    hand.click("Fit")
    hand.sees("Their side is in; it opens once yours is")
    assert "Something with pictures" not in hand.text()
    hand.go("Evaluations")
    hand.click("Our view… Amara Okafor, Clean the mailing list")
    hand.pick(hand.form.form.rows["overall"].field, "3  As agreed")  # type: ignore[arg-type]
    hand.fill(comment="On time, and careful.")
    hand.save()
    hand.click("Read Amara Okafor, Clean the mailing list")
    hand.sees(SECRET, "Something with pictures", "On time, and careful.")


def test_it_opens_on_the_day_that_was_named(
    store: Store, day: Callable[[date], None], desks: Callable[..., Hand], work: str
) -> None:
    hand = desks(store)
    their_word(hand)
    with store.read() as session:
        opens_on = session.get_one(Engagement, work).reviews_open_on
    assert opens_on is not None
    for at, opened in ((opens_on - timedelta(days=1), False), (opens_on, True)):
        day(at)
        hand.app.show("candidates", person_of(hand, work))
        hand.rest()
        hand.click("Fit")
        assert ("Something with pictures" in hand.text()) is opened


def person_of(hand: Hand, work: str) -> str:
    with hand.app.store.read() as session:
        return session.get_one(Engagement, work).candidate_id
