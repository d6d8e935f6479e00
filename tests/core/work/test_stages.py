"""One's own stages: always under their status, moved with a record, taken back by undo."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select as choose

from core.errors import FieldErrors, UserError
from core.model import Application, ApplicationMove, ProjectStage
from core.model.words import STAGED
from core.store import Store
from core.work import declining, select, stages
from core.work.select import ApplicationDraft
from core.work.stages import StageDraft, move_stage, set_stages, stage_drafts
from tests.support import made
from tests.support.stores import TODAY, new_store
from tests.support.tables import tables

CALLED, TASK, TALKED = (
    StageDraft(name="Called"),
    StageDraft(name="Test task"),
    StageDraft(name="Talked", under="shortlisted"),
)
LATER = TODAY + timedelta(days=3)


@pytest.fixture
def project(store: Store) -> str:
    row = made.project(store)
    set_stages(store, row, [CALLED, TASK, TALKED], today=TODAY)
    return row


@pytest.fixture
def ada(store: Store, project: str) -> str:
    return made.application(store, project, made.candidate(store))


def ids(store: Store, project: str) -> dict[str, str]:
    return {draft.name: draft.id or "" for draft in stage_drafts(store, project)}


def at(store: Store, application: str) -> tuple[str, str]:
    """Status and the stage's name."""
    with store.read() as session:
        one = session.get_one(Application, application)
        stage = session.get(ProjectStage, one.stage_id) if one.stage_id else None
        return one.status, stage.name if stage else ""


def trail(store: Store, application: str) -> list[tuple[date, str, str]]:
    with store.read() as session:
        query = choose(ApplicationMove).where(ApplicationMove.application_id == application)
        found = session.scalars(query.order_by(ApplicationMove.created_at)).all()
        return [(one.moved_on, one.status, one.stage) for one in found]


def test_every_status_and_stage_is_written_down_with_its_day(store: Store, project: str) -> None:
    person = made.candidate(store)
    row = select.invite(store, project, person, today=TODAY, on=TODAY - timedelta(days=9))
    draft = ApplicationDraft(project_id=project, candidate_id=person, applied_on=TODAY - timedelta(days=5))
    assert select.record_application(store, draft, today=TODAY) == row
    known = ids(store, project)
    assert move_stage(store, [row], known["Called"], "applied", today=TODAY) == 1
    assert move_stage(store, [row], known["Called"], "applied", today=TODAY) == 0
    assert move_stage(store, [row], known["Talked"], "shortlisted", today=LATER) == 1
    select.not_select(store, row, today=LATER, reason="Less practice")
    declining.take_back(store, [row], today=LATER)
    assert trail(store, row) == [
        (TODAY - timedelta(days=9), "invited", ""),
        (TODAY - timedelta(days=5), "applied", ""),
        (TODAY, "applied", "Called"),
        (LATER, "shortlisted", "Talked"),
        (LATER, "not_selected", ""),
        (LATER, "shortlisted", "Talked"),
    ]
    store.undo()
    assert at(store, row) == ("not_selected", "")
    store.undo()
    assert at(store, row) == ("shortlisted", "Talked")
    assert len(trail(store, row)) == 4


def test_the_day_of_applying_mended_is_mended_in_the_record(store: Store, ada: str) -> None:
    draft = replace(select.application_draft(store, ada), applied_on=TODAY - timedelta(days=7))
    select.change_application(store, ada, draft, today=TODAY)
    assert trail(store, ada) == [(TODAY - timedelta(days=7), "applied", "")]


def test_a_decision_leaves_the_stage_and_a_move_takes_a_decision_back(store: Store, project: str, ada: str) -> None:
    known = ids(store, project)
    move_stage(store, [ada], known["Test task"], "applied", today=TODAY)
    select.withdraw(store, ada, today=TODAY)
    assert at(store, ada) == ("withdrawn", "")
    move_stage(store, [ada], known["Called"], "applied", today=LATER)
    assert at(store, ada) == ("applied", "Called")
    with store.read() as session:
        assert session.get_one(Application, ada).decided_on is None


def test_what_cannot_be_moved_says_so_and_moves_nobody(store: Store, project: str, ada: str) -> None:
    known = ids(store, project)
    other = made.project(store, title="Another")
    set_stages(store, other, [StageDraft(name="Elsewhere")], today=TODAY)
    invited = select.invite(store, project, made.candidate(store, "Grace Hopper"), today=TODAY)
    gone = made.application(store, project, made.candidate(store, "Edith Clarke"))
    select.withdraw(store, gone, today=TODAY)
    declined = made.application(store, project, made.candidate(store, "Mary Jackson"))
    select.not_select(store, declined, today=TODAY)
    before = tables(store)
    cases = [
        ([ada], ids(store, other)["Elsewhere"], "applied", "no stage of this application"),
        ([ada], known["Called"], "shortlisted", "no stage of this application"),
        ([ada, invited], known["Called"], "applied", "only invited"),
        ([ada, gone], known["Talked"], "shortlisted", "cannot become shortlisted"),
        ([ada], None, "not_selected", "Only applied and shortlisted"),
        ([ada, declined], known["Called"], "applied", "Take that decision back first"),
        ([ada], "gone", "applied", "no longer in the store"),
    ]
    for applications, stage, status, said in cases:
        with pytest.raises(UserError, match=said):
            move_stage(store, applications, stage, status, today=TODAY)
        assert tables(store) == before


def test_stages_are_renamed_ordered_and_removed_with_whoever_is_in_them(store: Store, project: str, ada: str) -> None:
    known = ids(store, project)
    move_stage(store, [ada], known["Called"], "applied", today=TODAY)
    before = tables(store)
    drafts = [
        StageDraft(name="Interview", under="shortlisted"),
        StageDraft(id=known["Test task"], name="Small test"),
        StageDraft(id=known["Talked"], name="Talked", under="shortlisted"),
    ]
    set_stages(store, project, drafts, today=LATER)
    assert [(one.name, one.under) for one in stage_drafts(store, project)] == [
        ("Small test", "applied"),
        ("Interview", "shortlisted"),
        ("Talked", "shortlisted"),
    ]
    assert at(store, ada) == ("applied", "")
    assert trail(store, ada)[-1] == (LATER, "applied", "")
    store.undo()
    assert tables(store) == before
    store.redo()
    assert at(store, ada) == ("applied", "")
    # A new stage may have the name of one that goes, and undo goes back over that too.
    again = tables(store)
    task = ids(store, project)["Small test"]
    set_stages(store, project, [StageDraft(name="Small test"), StageDraft(name="Talked")], today=LATER)
    assert task not in ids(store, project).values()
    store.undo()
    assert tables(store) == again


def test_a_stage_that_changes_sides_leaves_its_people_behind(store: Store, project: str, ada: str) -> None:
    known = ids(store, project)
    move_stage(store, [ada], known["Called"], "applied", today=TODAY)
    drafts = [replace(one, under="shortlisted") for one in stage_drafts(store, project)]
    set_stages(store, project, drafts, today=TODAY)
    assert at(store, ada) == ("applied", "")


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Called", "CALLED "], "there twice"),
        (["Shortlisted"], "name of a status"),
        (["offered"], "name of a status"),
        (["ACCEPTED "], "name of a status"),
        (["x" * 300], "at most 60"),
        (["x" * 61], "at most 60"),
        ([f"Step {number}" for number in range(13)], "At most 12"),
    ],
)
def test_a_stages_name_is_checked(store: Store, names: list[str], said: str) -> None:
    project = made.project(store)
    with pytest.raises(FieldErrors, match=said):
        set_stages(store, project, [StageDraft(name=name) for name in names], today=TODAY)
    assert stage_drafts(store, project) == []


def test_a_stages_name_may_be_in_any_letters(store: Store, project: str, ada: str) -> None:
    names = ["<b>Bold</b>", "<img src=x>", "مكالمة", "面试", "🎉", "=HYPERLINK(1)", "{name} & Co"]
    set_stages(store, project, [StageDraft(name=name) for name in names], today=TODAY)
    assert [one.name for one in stage_drafts(store, project)] == names
    for name, stage_id in ids(store, project).items():
        move_stage(store, [ada], stage_id, "applied", today=TODAY)
        assert at(store, ada) == ("applied", name)
    assert [stage for _, _, stage in trail(store, ada)] == ["", *names]


def test_two_stages_do_not_swap_names_in_one_go(store: Store, project: str) -> None:
    known = ids(store, project)
    swapped = [StageDraft(id=known["Called"], name="Test task"), StageDraft(id=known["Test task"], name="Called")]
    with pytest.raises(FieldErrors, match="still the name of another stage"):
        set_stages(store, project, swapped, today=TODAY)


def test_stages_are_copied_from_another_project(store: Store, project: str) -> None:
    other = made.project(store, title="Another")
    own = [StageDraft(name="called"), StageDraft(name="First look")]
    drafts = stages.copied(store, own, project)
    assert [one.name for one in drafts] == ["called", "First look", "Test task", "Talked"]
    set_stages(store, other, drafts, today=TODAY)
    assert not set(ids(store, other).values()) & set(ids(store, project).values())


_VERBS = "move shortlist not_select reconsider decline take_back told withdraw record stages undo redo"
_STEPS = st.tuples(
    st.sampled_from(_VERBS.split()),
    st.integers(0, 3),
    st.integers(0, 3),
)


def _do(store: Store, project: str, people: list[str], rows: list[str], verb: str, who: int, where: int) -> None:
    known = stage_drafts(store, project)
    stage = known[where % len(known)] if known and where < 3 else None
    row, under = rows[who % 2], stage.under if stage else STAGED[who % 2]
    kept = [replace(one, under=STAGED[(at + who) % 2]) for at, one in enumerate(known) if at != where]
    draft = ApplicationDraft(project_id=project, candidate_id=people[who % 2])
    run = {
        "move": lambda: move_stage(store, [row], stage.id if stage else None, under, today=TODAY),
        "shortlist": lambda: select.shortlist(store, row, today=TODAY),
        "not_select": lambda: select.not_select(store, row, today=TODAY),
        "reconsider": lambda: select.reconsider(store, row, today=TODAY),
        "decline": lambda: declining.decline(store, rows, reason="", today=TODAY, keep_in_touch=where > 1),
        "take_back": lambda: declining.take_back(store, [row], today=TODAY, reason="So" if where else ""),
        "told": lambda: declining.told(store, rows, today=TODAY),
        "withdraw": lambda: select.withdraw(store, row, today=TODAY),
        "record": lambda: select.record_application(store, draft, today=TODAY),
        "stages": lambda: set_stages(store, project, [*kept, StageDraft(name=f"New {who}")], today=TODAY),
        "undo": store.undo,
        "redo": store.redo,
    }
    run[verb]()


@given(st.lists(_STEPS, max_size=16))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_done_a_stage_lies_under_its_status(steps: list[tuple[str, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder, new_store(Path(folder)) as store:
        project = made.project(store)
        set_stages(store, project, [CALLED, TASK, TALKED], today=TODAY)
        people = [made.candidate(store, f"Person {number}") for number in range(2)]
        rows = [made.application(store, project, people[0]), select.invite(store, project, people[1], today=TODAY)]
        for step in steps:
            with suppress(UserError):
                _do(store, project, people, rows, *step)
            with store.read() as session:
                if session.get(Application, rows[0]) is None or session.get(Application, rows[1]) is None:
                    return
                for application in session.scalars(choose(Application)):
                    if application.stage_id is not None:
                        held = session.get_one(ProjectStage, application.stage_id)
                        assert (held.under, held.project_id) == (application.status, project)
                    last = session.scalars(
                        choose(ApplicationMove)
                        .where(ApplicationMove.application_id == application.id)
                        .order_by(ApplicationMove.created_at.desc())
                        .limit(1)
                    ).one()
                    assert last.status == application.status
        assert store.check() == []
