"""Several people invited at once: one change, nobody twice, nobody who asked to be left alone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from core.errors import FieldErrors, UserError
from core.jobs.export import export
from core.model import Application, Candidate
from core.store import Label, Store
from core.work import bulk
from core.work.stages import move_stage
from tests.support import made
from tests.support.stores import TODAY
from tests.support.tables import tables


def people(store: Store, count: int) -> list[str]:
    return [made.candidate(store, f"Person No{at}") for at in range(count)]


def test_all_who_can_be_are_invited_as_one_change(store: Store) -> None:
    project_id, (applied, quiet, *others) = made.project(store), people(store, 5)
    made.application(store, project_id, applied)
    with store.change(Label.CANDIDATE_CHANGED) as session:
        session.get_one(Candidate, quiet).do_not_contact_on = TODAY
    before = tables(store)
    asked = [applied, quiet, *others, others[0], "gone"]
    who = bulk.invite_many(store, project_id, asked, today=TODAY, on=TODAY - timedelta(days=1))
    assert set(who.ids) == set(others)
    assert who.left_out == {
        "part of the project already": 1, "asked not to be written to": 1, "no longer in the store": 1
    }  # fmt: skip
    assert "1 person: part of the project already" in who.words
    with store.read() as session:
        invited = session.scalars(select(Application).where(Application.status == "invited")).all()
    assert {row.candidate_id for row in invited} == set(others)
    assert {row.invited_on for row in invited} == {TODAY - timedelta(days=1)}
    assert len({row.code for row in invited}) == len(others)
    store.undo()
    assert tables(store) == before


def test_nobody_to_invite_is_said(store: Store) -> None:
    project_id, ids = made.project(store), people(store, 1)
    bulk.invite_many(store, project_id, ids, today=TODAY)
    before = tables(store)
    with pytest.raises(UserError, match="1 person: part of the project"):
        bulk.invite_many(store, project_id, ids, today=TODAY)
    with pytest.raises(UserError, match="Nobody is chosen"):
        bulk.invite_many(store, project_id, [], today=TODAY)
    with pytest.raises(FieldErrors, match="Choose the project"):
        bulk.invite_many(store, None, ids, today=TODAY)
    with pytest.raises(FieldErrors, match="still to come"):
        bulk.invite_many(store, project_id, ids, today=TODAY, on=TODAY + timedelta(days=1))
    assert tables(store) == before


def test_more_than_anyone_could_answer_are_refused(store: Store) -> None:
    project_id = made.project(store)
    with store.change(Label.CANDIDATES_IMPORTED) as session:
        crowd = [Candidate(id=f"{at:036}", number=at + 1, first_name=f"N{at}") for at in range(bulk.MOST_INVITED + 1)]
        session.add_all(crowd)
    before = tables(store)
    with pytest.raises(UserError, match="1,001 people"):
        bulk.invite_many(store, project_id, [f"{at:036}" for at in range(bulk.MOST_INVITED + 1)], today=TODAY)
    assert tables(store) == before


def test_a_cancelled_run_invites_nobody(store: Store) -> None:
    project_id, ids = made.project(store), people(store, 3)
    before = tables(store)

    def cancel(done: int, _total: int) -> None:
        if done == 2:
            raise UserError("Cancelled")

    with pytest.raises(UserError):
        bulk.invite_many(store, project_id, ids, today=TODAY, progress=cancel)
    assert tables(store) == before


class Stopped(Exception):
    pass


def test_a_move_that_is_cancelled_on_its_way_moves_nobody(store: Store) -> None:
    project_id = made.project(store)
    ids = [made.application(store, project_id, one) for one in people(store, 3)]
    before, seen = tables(store), []

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 2:
            raise Stopped

    with pytest.raises(Stopped):
        move_stage(store, ids, None, "shortlisted", today=TODAY, progress=stop)
    assert seen == [(0, 3), (1, 3), (2, 3)]
    assert tables(store) == before


def test_a_file_that_is_cancelled_is_neither_there_nor_on_record(store: Store, tmp_path: Path) -> None:
    ids, out = people(store, 2), tmp_path / "some.csv"
    before = tables(store)

    def stop(_done: int, _total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        export(store, out, "candidates", today=TODAY, only=frozenset(ids), progress=stop)
    assert not list(tmp_path.glob("some*"))
    assert tables(store) == before
