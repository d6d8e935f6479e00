"""Cancelling a project: each applicant is told what happens to them before it does, and undo takes all of it back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.errors import FieldErrors, UserError
from core.insight.cancelling import cancelling
from core.model import Application, Engagement, Offer, Project, Touch
from core.store import Store
from core.work import offer, run
from core.work import select as choose
from core.work.cancelling import cancel_project
from tests.support import made
from tests.support.stores import TODAY
from tests.support.tables import tables


def effects(store: Store, project_id: str) -> dict[str, str]:
    return {row.who: row.effect for row in cancelling(store, project_id, today=TODAY).rows}


def three(store: Store) -> tuple[str, list[str]]:
    """A project with three applicants: one offered, one agreed to, one waiting."""
    project_id = made.project(store, openings=2)
    people = ("Ada Lovelace", "Grace Hopper", "Mary Jackson")
    applications = [made.application(store, project_id, made.candidate(store, name)) for name in people]
    sent = made.drafted_offer(store, applications[0])
    offer.send_offer(store, sent, today=TODAY)
    made.engagement(store, applications[1])
    return project_id, applications


def test_what_it_does_to_each_applicant_is_shown_and_then_done(store: Store) -> None:
    project_id, applications = three(store)
    shown = {"Ada Lovelace": "withdraw", "Grace Hopper": "call_off", "Mary Jackson": "tell"}
    assert effects(store, project_id) == shown
    before = tables(store)
    cancel_project(store, project_id, "The shop moves", today=TODAY, tell=True)
    with store.read() as session:
        assert session.get_one(Project, project_id).status == "cancelled"
        assert session.scalars(select(Offer.status).order_by(Offer.status)).all() == ["accepted", "withdrawn"]
        work = session.scalars(select(Engagement)).one()
        assert (work.status, work.ended_why) == ("cancelled", "The shop moves")
        assert {row.status for row in session.scalars(select(Application))} == {"applied"}
        touches = session.scalars(select(Touch)).all()
        assert {row.candidate_id for row in touches} == {
            session.get_one(Application, row_id).candidate_id for row_id in applications
        }
        assert {(row.planned_on, row.made_on) for row in touches} == {(TODAY, None)}
    store.undo()
    assert tables(store) == before


def test_nobody_is_told_unless_it_is_wished(store: Store) -> None:
    project_id, _ = three(store)
    cancel_project(store, project_id, "The shop moves", today=TODAY)
    with store.read() as session:
        assert session.scalars(select(Touch)).all() == []


def test_a_plan_to_write_does_not_tell_who_is_behind_a_code(store: Store) -> None:
    project_id = made.project(store)
    made.application(store, project_id, made.candidate(store))
    made.rubric(store, project_id)
    assert [row.effect for row in cancelling(store, project_id, today=TODAY).rows] == ["tell"]
    assert cancelling(store, project_id, today=TODAY).rows[0].who.startswith("Candidate ")
    cancel_project(store, project_id, "No time", today=TODAY, tell=True)
    with store.read() as session:
        assert session.scalars(select(Touch)).all() == []


def test_it_waits_for_those_at_work(store: Store) -> None:
    project_id = made.project(store)
    engagement = made.engagement(store, made.application(store, project_id, made.candidate(store)))
    run.start(store, engagement, today=TODAY)
    shown = cancelling(store, project_id, today=TODAY)
    assert [row.effect for row in shown.rows] == ["end_first"]
    assert shown.at_work == 1
    with pytest.raises(UserError, match="1 student at work"):
        cancel_project(store, project_id, "No time", today=TODAY)
    assert made.status(store, project_id) == "open"


def test_who_is_out_already_stays_as_they_are(store: Store) -> None:
    project_id = made.project(store)
    application = made.application(store, project_id, made.candidate(store))
    choose.not_select(store, application, today=TODAY, reason="Others had more")
    before = tables(store)["applications"]
    assert effects(store, project_id) == {"Ada Lovelace": "nothing"}
    cancel_project(store, project_id, "No time", today=TODAY, tell=True)
    assert tables(store)["applications"] == before


def test_it_says_why(store: Store) -> None:
    with pytest.raises(FieldErrors):
        cancel_project(store, made.project(store), " ", today=TODAY)


def test_what_has_accepted_work_is_not_cancelled(store: Store) -> None:
    """It closes by itself, also where an opening was never filled."""
    project_id = made.project(store, openings=2)
    engagement = made.engagement(store, made.application(store, project_id, made.candidate(store)))
    run.start(store, engagement, today=TODAY)
    run.deliver(store, engagement, today=TODAY)
    run.accept_work(store, engagement, today=TODAY)
    with pytest.raises(UserError, match="accepted work"):
        cancel_project(store, project_id, "No time", today=TODAY)
    assert made.status(store, project_id) == "open"


def test_what_ended_early_may_be_given_up(store: Store) -> None:
    project_id = made.project(store)
    engagement = made.engagement(store, made.application(store, project_id, made.candidate(store)))
    run.start(store, engagement, today=TODAY)
    run.end_early(store, engagement, "Other plans", today=TODAY)
    cancel_project(store, project_id, "Nobody else", today=TODAY)
    assert made.status(store, project_id) == "cancelled"
