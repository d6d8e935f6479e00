"""Both sides of the work: the student's word comes first and stays closed until ours is in, or its day has come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from core.model import Engagement, Project
from core.store import Label, Store
from core.text import short_day
from core.work import office, run, sides
from core.work.office import ColleagueDraft
from core.work.sides import WorkEvaluationDraft
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


def test_its_own_form_does_not_give_it_back(hand: Hand, work: str) -> None:
    their_word(hand)
    hand.app.open_form("fit_reviews", engagement_id=work, candidate="Amara Okafor")
    hand.sees("is sealed. What you enter takes its place.")
    assert SECRET not in repr(hand.form.form.values())
    hand.press("Esc")
    hand.app.show("projects", project_of(hand, work))
    hand.rest()
    hand.click("Work")
    with hand.app.store.read() as session:
        day = session.get_one(Engagement, work).reviews_open_on
    assert day is not None
    hand.sees(f"Their review is in and sealed until ours is, on {short_day(day, FIRST_DAY)} at the latest")
    hand.app.open_form("evaluations", engagement_id=work, candidate="Amara Okafor")
    hand.fill(overall="3")
    hand.save()
    hand.app.show("projects", project_of(hand, work))
    hand.rest()
    hand.click("Work")
    assert "sealed" not in hand.text()
    hand.menu("More for the work of Amara Okafor", "Both views")
    hand.sees(SECRET)


def test_a_colleagues_view_is_not_written_over(hand: Hand, work: str) -> None:
    store = hand.app.store
    ben = office.add_colleague(store, ColleagueDraft(name="Ben Ortiz"), today=FIRST_DAY)
    theirs = WorkEvaluationDraft(engagement_id=work, rater_id=ben, overall=4, comment="Ben’s words")
    sides.evaluate_work(store, theirs, today=FIRST_DAY)
    hand.app.open_form("evaluations", engagement_id=work)
    hand.pick(hand.form.form.rows["rater_id"].field, "Ben Ortiz")  # type: ignore[arg-type]
    hand.fill(overall="1", comment="Mine")
    assert "They have given their view already" in hand.refused()
    assert sides.work_evaluation_draft(store, work, ben).comment == "Ben’s words"


def test_the_projects_competencies_come_first_wherever_the_form_is_opened(hand: Hand, work: str) -> None:
    with hand.app.store.change(Label.PROJECT_CHANGED) as session:
        session.get_one(Project, project_of(hand, work)).competencies = ["Technology"]
    hand.app.open_form("evaluations", engagement_id=work)
    marks = [key for key in hand.form.form.rows if key.startswith("marks.")]
    assert marks[:2] == ["marks.Technology", "marks.Career & Self-Development"]


def project_of(hand: Hand, work: str) -> str:
    with hand.app.store.read() as session:
        return session.get_one(Engagement, work).project_id
