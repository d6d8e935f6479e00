"""A change is one unit of work with a label; undo, redo and history follow from its record."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from core.errors import UserError
from core.ids import new_id
from core.model import Candidate, CandidateEmail, Change, ChangeRow, Colleague, Disclosure, Project, School, ToDo
from core.store import Changes, Label, Step, Store, labels
from tests.support.stores import TODAY, new_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as store:
        yield store


def add_school(store: Store, name: str = "Northwestern") -> str:
    row_id = new_id()
    with store.change(Label.SCHOOL_ADDED, ("schools", row_id)) as session:
        session.add(School(id=row_id, name=name))
    return row_id


def rename(store: Store, row_id: str, **values: object) -> None:
    with store.change(Label.SCHOOL_CHANGED, ("schools", row_id)) as session:
        school = session.get_one(School, row_id)
        for column, value in values.items():
            setattr(school, column, value)


def school(store: Store, row_id: str) -> School:
    with store.read() as session:
        return session.get_one(School, row_id)


def last_step(store: Store) -> Step:
    step = store.can_undo()
    assert step is not None
    return step


def names(store: Store) -> list[str]:
    with store.read() as session:
        return sorted(session.scalars(select(School.name)))


def test_undo_and_redo_go_back_and_forth(store: Store) -> None:
    one = add_school(store)
    rename(store, one, city="Evanston")
    step = last_step(store)
    assert step.words == "Changed a school"
    store.undo()
    found = school(store, one)
    assert found.city == ""
    store.undo()
    assert names(store) == []
    assert store.can_undo() is None
    with pytest.raises(UserError, match="nothing to undo"):
        store.undo()
    assert store.redo().words == "Added a school"
    assert store.redo().words == "Changed a school"
    assert store.can_redo() is None
    with pytest.raises(UserError, match="nothing to redo"):
        store.redo()
    found = school(store, one)
    assert (found.name, found.city) == ("Northwestern", "Evanston")


def test_undo_lasts_across_restarts(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    one = add_school(store)
    rename(store, one, city="Evanston")
    store.undo()
    store.close()
    with Store.open(store.path, store.key) as again:
        step = again.can_redo()
        assert step is not None
        assert step.words == "Changed a school"
        again.undo()
        assert names(again) == []
    with Store.open(store.path, store.key) as last:
        last.redo()
        last.redo()
        found = school(last, one)
        assert found.city == "Evanston"


def test_something_new_closes_the_way_forward(store: Store) -> None:
    add_school(store, "A")
    store.undo()
    add_school(store, "B")
    assert store.can_redo() is None
    with pytest.raises(UserError, match="nothing to redo"):
        store.redo()


def test_every_kind_of_value_comes_back(store: Store) -> None:
    person, project = new_id(), new_id()
    with store.change(Label.CANDIDATE_ADDED) as session:
        session.add(Candidate(id=person, number=1, first_name="Zoë", links=["https://a", "b"], first_contact_on=TODAY))
        session.add(Project(id=project, number=1, title="T", fee=36_000, due_flexible=False))
    with store.change(Label.CANDIDATE_REMOVED) as session:
        session.delete(session.get_one(Candidate, person))
        session.delete(session.get_one(Project, project))
    store.undo()
    with store.read() as session:
        found, work = session.get_one(Candidate, person), session.get_one(Project, project)
        assert (found.first_name, found.links, found.first_contact_on) == ("Zoë", ["https://a", "b"], TODAY)
        assert found.created_at.tzinfo is not None
        assert (work.fee, work.due_flexible, work.apply_by) == (36_000, False, None)


def test_a_named_change_is_undone_out_of_turn(store: Store) -> None:
    one = add_school(store, "A")
    rename(store, one, city="Evanston")
    first = last_step(store)
    add_school(store, "B")
    rename(store, one, short_name="NU")
    store.undo(first.change_id)
    found = school(store, one)
    assert (found.city, found.short_name) == ("", "NU")
    with pytest.raises(UserError, match="undone already"):
        store.undo(first.change_id)


def test_the_change_that_stands_on_it_is_named(store: Store) -> None:
    one = add_school(store)
    rename(store, one, city="Evanston")
    first = last_step(store)
    rename(store, one, city="Chicago")
    with pytest.raises(UserError, match=r"“Changed a school” of \d\d \w+ \d{4}, \d\d:\d\d stands on it"):
        store.undo(first.change_id)
    found = school(store, one)
    assert found.city == "Chicago"
    store.undo()
    store.undo(first.change_id)
    found = school(store, one)
    assert found.city == ""


def test_a_row_that_another_refers_to_stays(store: Store) -> None:
    person = new_id()
    with store.change(Label.CANDIDATE_ADDED) as session:
        session.add(Candidate(id=person, number=1, first_name="Ann"))
    first = last_step(store)
    with store.change(Label.CANDIDATE_CHANGED) as session:
        session.add(CandidateEmail(candidate_id=person, position=0, address="ann@example.edu"))
    with pytest.raises(UserError, match="“Changed a candidate” of"):
        store.undo(first.change_id)
    store.undo()
    store.undo()
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Candidate)) == 0


def test_only_ones_own_latest_change_is_taken_back(store: Store) -> None:
    mine, other = store.me, new_id()
    with store.change(Label.COLLEAGUE_ADDED) as session:
        session.add(Colleague(id=other, name="Sam"))
    store.me = other
    add_school(store, "Sam's")
    store.me = mine
    step = last_step(store)
    assert step.words == "Added a colleague"
    store.me = other
    store.undo()
    assert names(store) == []


def test_undo_goes_back_to_the_barrier_and_no_further(store: Store) -> None:
    add_school(store, "Before")
    before = last_step(store)
    with store.change(Label.SAMPLE_MADE, barrier=True) as session:
        session.add(School(name="Sample"))
        assert session.scalar(select(func.count()).select_from(ChangeRow)) == 1
    assert store.can_undo() is None
    with pytest.raises(UserError, match="cannot be undone"):
        store.undo(before.change_id)
    add_school(store, "After")
    store.undo()
    assert names(store) == ["Before", "Sample"]
    assert store.can_undo() is None
    with store.read() as session:
        # What stands before the barrier was kept; of the barrier itself no rows are.
        assert session.scalar(select(func.count()).select_from(ChangeRow)) == 3


def test_a_failure_leaves_nothing(store: Store) -> None:
    heard: list[Changes] = []
    store.listen(heard.append)

    def fail() -> None:
        with store.change(Label.SCHOOL_ADDED) as session:
            session.add(School(name="Half"))
            session.flush()
            store.disclose(kind="share", what="half")
            raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        fail()
    assert names(store) == []
    assert store.search("Half") == []
    assert store.can_undo() is None
    assert heard == []
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Disclosure)) == 0
    add_school(store)


def test_a_dangling_reference_is_refused_whole(store: Store) -> None:
    def dangle() -> None:
        with store.change(Label.CANDIDATE_CHANGED) as session:
            session.add(School(name="Half"))
            session.add(CandidateEmail(candidate_id=new_id(), position=0, address="a@example.edu"))

    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        dangle()
    assert names(store) == []
    assert store.search("Half") == []


def test_a_change_within_a_change_joins_it(store: Store) -> None:
    with store.change(Label.PROJECT_ADDED) as outer:
        add_school(store, "Inner")
        with store.read() as seen:
            assert seen is outer
            assert seen.scalar(select(School.name)) == "Inner"
    assert [entry.words for entry in store.history()][:1] == ["Added a project"]
    store.undo()
    assert names(store) == []


def test_an_inner_failure_takes_the_whole_with_it(store: Store) -> None:
    def fail() -> None:
        with store.change(Label.PROJECT_ADDED) as session:
            session.add(School(name="Outer"))
            with store.change(Label.SCHOOL_ADDED):
                raise UserError("inner")

    with pytest.raises(UserError, match="inner"):
        fail()
    assert names(store) == []


def test_nothing_changed_is_no_change(store: Store) -> None:
    one = add_school(store)
    before = len(store.history())
    rename(store, one, name="Northwestern")
    with store.change(Label.SCHOOL_CHANGED):
        pass
    assert len(store.history()) == before


def test_listeners_hear_which_nouns_were_touched(store: Store) -> None:
    heard: list[Changes] = []
    store.listen(heard.append)
    one = add_school(store)
    store.undo()
    store.redo()
    store.disclose(kind="share", what="A share")
    assert [c.nouns for c in heard] == [{"schools"}, {"schools"}, {"schools"}, {"disclosures"}]
    assert all(one in c.ids for c in heard[:3])


def test_reading_does_not_write(store: Store) -> None:
    with store.read() as session:
        session.add(School(name="A"))
        with pytest.raises(RuntimeError, match="does not write"):
            session.flush()
    assert names(store) == []


def test_two_threads_take_turns(store: Store) -> None:
    failed: list[Exception] = []

    def work(letter: str) -> None:
        try:
            for n in range(10):
                add_school(store, f"{letter}{n}")
        except Exception as error:  # noqa: BLE001 - whatever it is, the test must show it
            failed.append(error)

    threads = [threading.Thread(target=work, args=(letter,)) for letter in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(names(store)) == 40
    assert store.check() == []


# --- history ----------------------------------------------------------------------------------------------------------


def test_history_says_who_when_what_and_why(store: Store) -> None:
    one = add_school(store)
    with store.change(Label.SCHOOL_CHANGED, ("schools", one), reason="They moved") as session:
        session.get_one(School, one).city = "Evanston"
    store.undo()
    undone, entry, added, made = store.history()
    assert (undone.kind, entry.kind, made.words) == ("undo", "do", "Made the store")
    assert (entry.words, entry.reason, entry.colleague) == ("Changed a school", "They moved", "Maria Keller")
    (field,) = entry.fields
    assert (field.noun, field.row_id, field.column, field.old, field.new) == ("schools", one, "city", "", "Evanston")
    assert {f.column for f in added.fields} >= {"name"}
    assert added.at <= entry.at <= undone.at


def test_the_history_of_one_thing_is_about_it_alone(store: Store) -> None:
    person, other = new_id(), new_id()
    with store.change(Label.CANDIDATES_IMPORTED) as session:
        session.add_all([Candidate(id=person, number=1, first_name="A"), Candidate(id=other, number=2, first_name="B")])
    with store.change(Label.CANDIDATE_CHANGED) as session:
        session.add(CandidateEmail(candidate_id=person, position=0, address="a@example.edu"))
    add_school(store)
    mine = store.history("candidates", person)
    assert [entry.words for entry in mine] == ["Changed a candidate", "Imported candidates"]
    assert "B" not in [f.new for entry in mine for f in entry.fields]
    assert [entry.words for entry in store.history("schools")] == ["Added a school"]
    assert len(store.history(limit=1)) == 1


def test_labels_and_references_hold_no_name(store: Store) -> None:
    add_school(store, "Quennevillesdorp")
    with store.read() as session:
        for change in session.scalars(select(Change)):
            assert "Quennevillesdorp" not in f"{change.label} {change.refs} {change.reason}"
    assert set(labels._WORDS) == set(Label)


def test_disclosures_are_no_part_of_undo(store: Store) -> None:
    with store.change(Label.OFFER_SENT) as session:
        session.add(ToDo(text="A", captured_on=date(2026, 1, 1)))
        store.disclose(kind="letter", what="An offer letter", to_whom="C-001", file_name="a.pdf", sha256="0" * 64)
    store.undo()
    with store.read() as session:
        entry = session.scalars(select(Disclosure)).one()
        assert (entry.kind, entry.to_whom, entry.colleague_id) == ("letter", "C-001", store.me)


def test_a_disclosure_is_recorded_beside_an_open_desk(store: Store) -> None:
    with Store.open(store.path, store.key, write=False) as beside:
        beside.disclose(kind="report", what="A report")
    with store.read() as session:
        assert session.scalars(select(Disclosure)).one().what == "A report"
    add_school(store)


def test_drafts_outlive_a_crash_and_have_no_history(store: Store) -> None:
    store.keep_draft("candidates:new", {"first_name": "Zo"})
    store.keep_draft("candidates:new", {"first_name": "Zoë"})
    assert store.draft("candidates:new") == {"first_name": "Zoë"}
    assert store.can_undo() is None
    store.drop_draft("candidates:new")
    assert store.draft("candidates:new") is None
