"""A file answers a question of a project: kept with the application, taken off again, its words read."""

from __future__ import annotations

import pytest
from sqlalchemy import select as choose

from core.errors import FieldErrors, UserError
from core.jobs.words import read_waiting
from core.model import Question
from core.store import Store
from core.work import select
from core.work.answer_files import MOST, answer_documents, keep_answer_files, remove_answer_files
from core.work.documents import keep_file
from tests.core.insight.build import Build
from tests.support.stores import TODAY


class Applied:
    def __init__(self, store: Store, build: Build) -> None:
        self.project = build.project("Menu")
        build.rubric(self.project, 1)
        self.person = build.person("Ada Lovelace")
        with store.read() as session:
            self.question = session.scalars(choose(Question.id)).one()
        draft = select.ApplicationDraft(project_id=self.project, candidate_id=self.person)
        self.application = select.record_application(store, draft, today=TODAY)


@pytest.fixture
def build(store: Store) -> Build:
    return Build(store)


@pytest.fixture
def applied(store: Store, build: Build) -> Applied:
    return Applied(store, build)


def kept(store: Store, application: str) -> list[tuple[str, str | None]]:
    with store.read() as session:
        return [(one.name, one.question_id) for one in answer_documents(session, application)]


def test_files_are_kept_with_the_question_and_undone_as_one_change(store: Store, applied: Applied) -> None:
    files = [("menu.txt", b"Prices first."), ("menu.txt", b"Then photos.")]
    keep_answer_files(store, applied.application, applied.question, files, today=TODAY)
    keep_answer_files(store, applied.application, None, [("C:\\all.txt", b"All of it")], today=TODAY)
    assert kept(store, applied.application) == [
        ("menu.txt", applied.question),
        ("menu (2).txt", applied.question),
        ("all.txt", None),
    ]
    store.undo()
    store.undo()
    assert kept(store, applied.application) == []


def test_one_taken_off_comes_back_by_undo(store: Store, applied: Applied) -> None:
    (one,) = keep_answer_files(store, applied.application, applied.question, [("a.txt", b"A")], today=TODAY)
    remove_answer_files(store, applied.application, [one, "gone"], today=TODAY)
    assert kept(store, applied.application) == []
    store.undo()
    assert kept(store, applied.application) == [("a.txt", applied.question)]


def test_what_cannot_be_kept_is_said_at_the_question(store: Store, build: Build, applied: Applied) -> None:
    where = f"files.{applied.question}"
    for files, words in (([("a.txt", b"")], "empty"), ([], "Choose"), ([("a", b"a")] * (MOST + 1), "at most")):
        with pytest.raises(FieldErrors) as refused:
            keep_answer_files(store, applied.application, applied.question, files, today=TODAY)
        assert words in refused.value.fields[where]
    with pytest.raises(FieldErrors):
        keep_answer_files(store, applied.application, "another", [("a", b"a")], today=TODAY)
    invited = select.invite(store, applied.project, build.person("Bo Tran"), today=TODAY)
    with pytest.raises(UserError, match="not applied yet"):
        keep_answer_files(store, invited, None, [("a", b"a")], today=TODAY)
    assert kept(store, applied.application) == []


def test_its_words_are_read_and_searched_by_nobody(store: Store, applied: Applied) -> None:
    same = b"Halsted begins with peculiar prices."
    keep_file(store, "candidates", applied.person, "mine.txt", same, today=TODAY)
    assert read_waiting(store) == 1
    assert [hit.row_id for hit in store.search("peculiar", 5)] == [applied.person]
    keep_answer_files(store, applied.application, applied.question, [("a.txt", same)], today=TODAY)
    assert store.search("peculiar", 5) == []
    keep_answer_files(store, applied.application, None, [("b.txt", b"Entirely singular")], today=TODAY)
    assert read_waiting(store) == 1
    assert store.search("singular", 5) == []
    store.undo()
    store.undo()
    assert [hit.row_id for hit in store.search("peculiar", 5)] == [applied.person]
