"""Who fits and why: points follow the weights; exams and days off count, a school's name and private notes do not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from core.errors import FieldErrors
from core.insight import match
from core.insight.match import Fit, fits_of_candidates, who_fits_project
from core.matching import USUAL
from core.model import Candidate, Enrolment, SchoolPeriod
from core.store import Label, Store
from core.work import accommodations, warm
from core.work.accommodations import AccommodationDraft
from core.work.gather import BlackoutDraft, SkillDraft
from core.work.match_weights import set_weights
from core.work.touches import TouchDraft
from core.work.warm import OutcomeDraft
from tests.support import made
from tests.support.stores import TODAY
from tests.support.tables import tables

KICK_OFF = TODAY + timedelta(days=20)


def best(store: Store, project: str) -> list[tuple[str, int]]:
    return [(fit.name, fit.points) for fit in who_fits_project(store, project, today=TODAY, most=10).best]


def test_the_points_of_one_by_hand(store: Store) -> None:
    project = made.project(store, skills=["Excel", "Writing"], estimated_hours=12)
    person = made.candidate(
        store, skills=[SkillDraft(name="Excel", level=4)], hours_a_week=2, first_contact_on=TODAY - timedelta(days=90),
        blackouts=[BlackoutDraft(starts_on=KICK_OFF, ends_on=KICK_OFF)],
    )  # fmt: skip
    (fit,) = who_fits_project(store, project, today=TODAY, most=5).best
    assert (fit.candidate_id, fit.had, fit.lacking) == (person, ("Excel",), ("Writing",))
    assert {part.key: part.share for part in fit.parts} == {
        "skills": 0.5, "weeks": 2 / 3, "hours": pytest.approx(4 / 12), "new": 1.0, "contact": 0.5
    }  # fmt: skip
    # 0.5*50 + 2/3*20 + 1/3*15 + 1*5 + 0.5*10 of 100
    assert fit.points == 53


def test_what_counts_is_the_persons_to_say_and_undo_brings_the_usual_back(store: Store) -> None:
    project = made.project(store, skills=["Excel"])
    made.candidate(store, "Skilled One", skills=[SkillDraft(name="Excel", level=4)])
    made.candidate(store, "Silent Two", skills=[SkillDraft(name="Excel", level=1)],
                   first_contact_on=TODAY - timedelta(days=300))  # fmt: skip
    assert [name for name, _ in best(store, project)] == ["Skilled One", "Silent Two"]
    before = tables(store)
    set_weights(store, {"contact": 100}, today=TODAY)
    assert best(store, project) == [("Silent Two", 100), ("Skilled One", 0)]
    store.undo()
    assert tables(store) == before
    with pytest.raises(FieldErrors):
        set_weights(store, {"skills": 101}, today=TODAY)
    with pytest.raises(FieldErrors, match="has to count"):
        set_weights(store, {}, today=TODAY)
    set_weights(store, USUAL, today=TODAY)
    assert tables(store) == before


def test_exams_of_their_school_are_no_free_weeks(store: Store) -> None:
    project = made.project(store, skills=["Excel"])
    person = made.candidate(store, skills=[SkillDraft(name="Excel")])
    free = best(store, project)[0][1]
    with store.change(Label.SCHOOL_CHANGED) as session:
        study = session.scalars(select(Enrolment).where(Enrolment.candidate_id == person)).one()
        end = KICK_OFF + timedelta(days=5)
        session.add(SchoolPeriod(school_id=study.school_id, kind="exams", starts_on=KICK_OFF, ends_on=end))
    assert best(store, project)[0][1] < free


def test_neither_the_school_nor_a_private_note_moves_a_point(store: Store) -> None:
    project = made.project(store, skills=["Excel"])
    for name, school in (("Ada One", "Harvard University"), ("Bao Two", "Truman College")):
        made.candidate(store, name, school_name=school, skills=[SkillDraft(name="Excel")])
    (one, points), (_, others) = best(store, project)
    assert points == others
    listed = who_fits_project(store, project, today=TODAY, most=5).best
    note = AccommodationDraft(candidate_id=listed[0].candidate_id, request="A quiet room")
    accommodations.add_accommodation(store, note, today=TODAY)
    assert best(store, project)[0] == (one, points)


def test_who_worked_with_us_and_was_just_written_to_stands_behind(store: Store) -> None:
    project, earlier = made.project(store, skills=["Excel"]), made.project(store, title="Earlier")
    worked = made.candidate(store, "Worked One", skills=[SkillDraft(name="Excel")])
    made.candidate(store, "New Two", skills=[SkillDraft(name="Excel")], first_contact_on=TODAY - timedelta(days=100))
    from core.work import run

    engagement = made.engagement(store, made.application(store, earlier, worked))
    run.start(store, engagement, today=TODAY, on=TODAY)
    run.deliver(store, engagement, today=TODAY)
    run.accept_work(store, engagement, "met", today=TODAY)
    warm.add_touch(store, TouchDraft(candidate_id=worked), today=TODAY)
    assert [name for name, _ in best(store, project)] == ["New Two", "Worked One"]


def fits(store: Store, person: str) -> list[Fit]:
    with store.read() as session:
        return fits_of_candidates(session, [person], TODAY)[person]


def wish_no_contact(store: Store, person: str) -> None:
    with store.change(Label.CANDIDATE_CHANGED) as session:
        session.get_one(Candidate, person).do_not_contact_on = TODAY


def test_a_project_that_asks_for_no_skills_fits_nobody_by_it(store: Store) -> None:
    made.project(store, skills=[])
    person = made.candidate(store, skills=[SkillDraft(name="Excel")])
    (fit,) = fits(store, person)
    assert not fit.fits
    assert fit.words.startswith("no skill asked for")


def test_who_asked_not_to_be_contacted_is_left_out_of_inviting_and_said(store: Store) -> None:
    project = made.project(store, skills=["Excel"])
    made.candidate(store, "Ada One", skills=[SkillDraft(name="Excel")])
    quiet = made.candidate(store, "Quiet Two", skills=[SkillDraft(name="Excel")])
    wish_no_contact(store, quiet)
    found = who_fits_project(store, project, today=TODAY, most=5)
    assert [fit.name for fit in found.best] == ["Ada One"]
    assert (found.count, found.new, found.silent) == (1, 1, 1)
    (fit,) = fits(store, quiet)
    assert not fit.fits
    assert "asked not to be contacted" in fit.words
    wish_no_contact(store, found.best[0].candidate_id)
    found = who_fits_project(store, project, today=TODAY, most=5)
    assert (found.count, found.silent) == (0, 2)
    assert found.words == "Who has half of the skills wanted has asked not to be contacted."


@pytest.mark.parametrize("why", ["has graduated", "works for you"])
def test_who_is_no_student_any_more_fits_neither_way(store: Store, why: str) -> None:
    project = made.project(store, skills=["Excel"])
    leaves = TODAY - timedelta(days=1) if why == "has graduated" else date(2028, 5, 31)
    person = made.candidate(store, skills=[SkillDraft(name="Excel")], graduates_on=leaves)
    if why == "works for you":
        hired = OutcomeDraft(candidate_id=person, kind="full_time", offered_on=TODAY, accepted_on=TODAY)
        warm.add_outcome(store, hired, today=TODAY)
    assert who_fits_project(store, project, today=TODAY, most=5).best == ()
    (fit,) = fits(store, person)
    assert (fit.fits, fit.words.startswith(why)) == (False, True)


@pytest.mark.parametrize("week", [{"hours_a_week": 0}, {"free_grid": "0" * 28}])
def test_who_has_no_time_in_the_week_does_not_fit(store: Store, week: dict[str, Any]) -> None:
    project = made.project(store, skills=["Excel"])
    person = made.candidate(store, skills=[SkillDraft(name="Excel")], **week)
    assert who_fits_project(store, project, today=TODAY, most=5).count == 0
    assert "no time in the week" in fits(store, person)[0].words


def test_all_who_fit_are_counted_and_the_best_by_points_are_found_among_them(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = made.project(store, skills=["Excel", "Writing"])
    for at in range(6):
        away = [BlackoutDraft(starts_on=KICK_OFF, ends_on=KICK_OFF + timedelta(days=14))] if at < 2 else []
        both = [SkillDraft(name="Excel"), SkillDraft(name="Writing")]
        made.candidate(store, f"Person No{at}", skills=both if at < 4 else both[:1], blackouts=away)
    found = who_fits_project(store, project, today=TODAY, most=1)
    assert (len(found.best), found.count, found.unseen) == (1, 4, 0)
    monkeypatch.setattr(match, "CONSIDERED", 4)
    found = who_fits_project(store, project, today=TODAY, most=9)
    assert {fit.name for fit in found.best} == {"Person No2", "Person No3"}
    assert (found.count, found.new, found.unseen) == (2, 2, 2)
