"""The law of undo: whatever was done, undone and redone, the rows are those of the moment gone back to."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import select

from core.ids import new_id
from core.model import NOUNS, Candidate, CandidateEmail, Project, Row, School
from core.store import Label, Store
from core.store.journal import BOOKKEEPING, table
from tests.support.stores import TODAY, new_store

Snapshot = dict[str, dict[str, Any]]
words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


def snapshot(store: Store) -> Snapshot:
    """Every row of every noun but what says when and how often it was written."""
    with store.read() as session:
        return {
            noun: {
                row["id"]: {c: v for c, v in row.items() if c not in BOOKKEEPING}
                for row in session.execute(select(table(noun))).mappings()
            }
            for noun in NOUNS
        }


class UndoLaw(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = new_store(Path(self.folder.name))
        self.past = [snapshot(self.store)]
        self.future: list[Snapshot] = []
        self.number = 0

    def teardown(self) -> None:
        while self.store.can_undo():
            self.store.undo()
        assert snapshot(self.store) == self.past[0]
        assert self.store.check() == []
        self.store.close()
        self.folder.cleanup()

    def ids(self, kind: type[Row]) -> list[str]:
        with self.store.read() as session:
            return sorted(session.scalars(select(kind.id)))

    def did(self) -> None:
        now = snapshot(self.store)
        if now != self.past[-1]:
            self.past.append(now)
            self.future.clear()

    @rule(name=words, city=words, domains=st.lists(words, max_size=2), count=st.integers(1, 3))
    def add_schools(self, name: str, city: str, domains: list[str], count: int) -> None:
        with self.store.change(Label.SCHOOL_ADDED) as session:
            session.add_all(School(name=name, city=city, domains=domains) for _ in range(count))
        self.did()

    @rule(name=words, email=words)
    def add_person(self, name: str, email: str) -> None:
        self.number += 1
        with self.store.change(Label.CANDIDATE_ADDED) as session:
            person = Candidate(id=new_id(), number=self.number, first_name=name, first_contact_on=TODAY)
            session.add_all([CandidateEmail(candidate_id=person.id, position=0, address=email), person])
        self.did()

    @precondition(lambda self: self.ids(School))
    @rule(data=st.data(), city=words, focus=st.booleans())
    def change_school(self, data: st.DataObject, city: str, focus: bool) -> None:
        with self.store.change(Label.SCHOOL_CHANGED) as session:
            school = session.get_one(School, data.draw(st.sampled_from(self.ids(School))))
            school.city, school.is_focus = city, focus
        self.did()

    @precondition(lambda self: self.ids(Candidate))
    @rule(data=st.data(), fee=st.integers(0, 10**12))
    def remove_person_and_add_project(self, data: st.DataObject, fee: int) -> None:
        self.number += 1
        with self.store.change(Label.CANDIDATE_REMOVED) as session:
            person = session.get_one(Candidate, data.draw(st.sampled_from(self.ids(Candidate))))
            for email in session.scalars(select(CandidateEmail).where(CandidateEmail.candidate_id == person.id)):
                session.delete(email)
            session.delete(person)
            session.add(Project(number=self.number, title="T", fee=fee))
        self.did()

    @precondition(lambda self: len(self.past) > 1)
    @rule()
    def undo(self) -> None:
        self.store.undo()
        self.future.append(self.past.pop())

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        self.store.redo()
        self.past.append(self.future.pop())

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = Store.open(self.store.path, self.store.key)

    @invariant()
    def rows_are_those_of_the_moment(self) -> None:
        assert snapshot(self.store) == self.past[-1]
        assert (self.store.can_undo() is not None) == (len(self.past) > 1)
        assert (self.store.can_redo() is not None) == bool(self.future)


TestUndoLaw = UndoLaw.TestCase
TestUndoLaw.settings = settings(
    max_examples=6, stateful_step_count=15, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
