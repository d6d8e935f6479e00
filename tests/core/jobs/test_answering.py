"""Files that answer, as they come: with an application that is entered, or as what hung on a mail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import FieldErrors
from core.insight.told import told
from core.jobs import shown
from core.jobs.answering import Files, keep_application, kept_files
from core.jobs.applying import Looked, take_in
from core.store import Store
from core.work import rubrics
from core.work.brief import QuestionDraft
from core.work.candidates import CandidateDraft
from core.work.select import ApplicationDraft
from tests.support import made
from tests.support.stores import TODAY, new_store
from tests.support.tables import tables


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as store:
        yield store


@pytest.fixture
def project_id(store: Store) -> str:
    return made.project(store, questions=[QuestionDraft(text="How would you find doubles?")])


def documents(store: Store) -> list[tuple[str, str, str | None]]:
    rows = tables(store)["documents"].values()
    return sorted((row["name"], row["noun"], row["question_id"]) for row in rows)


def test_files_of_a_mail_go_where_they_are_told_to(store: Store, project_id: str) -> None:
    (asked,) = made.questions(store, project_id)
    rubrics.set_rubric(store, project_id, rubrics.ready_made()["general"], today=TODAY)
    given = Looked(
        person=CandidateDraft(first_name="Grace", last_name="Hopper", emails=["grace@northfield.example.edu"]),
        project_id=project_id,
        answers={},
        applied_on=TODAY,
        files=[("resume.txt", b"Grace")],
        answer_files={asked: [("work.txt", b"By hand")], None: [("all.txt", b"All")]},
    )
    candidate_id = take_in(store, given, today=TODAY)
    assert documents(store) == [
        ("all.txt", "applications", None),
        ("resume.txt", "candidates", None),
        ("work.txt", "applications", asked),
    ]
    for noun, row_id in ((None, None), ("candidates", candidate_id)):
        said = shown.history_json(told(store, store.history(noun, row_id), noun, row_id))
        assert "Grace" in said
        assert "work.txt" not in said, "the name stands there, and the answers are scored by code"
    assert store.can_undo() is not None
    store.undo()
    assert documents(store) == []


def test_an_application_and_its_files_are_one_change(store: Store, project_id: str, tmp_path: Path) -> None:
    (asked,) = made.questions(store, project_id)
    path = tmp_path / "work.txt"
    path.write_text("By hand", "utf-8")
    person = made.candidate(store, "Ada Lovelace")
    draft = ApplicationDraft(project_id=project_id, candidate_id=person, applied_on=TODAY)
    with pytest.raises(FieldErrors) as refused:
        keep_application(store, None, draft, {asked: Files([path, tmp_path / "gone.txt"])}, today=TODAY)
    assert "not there any more" in refused.value.fields[f"files.{asked}"]
    assert documents(store) == []
    row_id = keep_application(store, None, draft, {asked: Files([path])}, today=TODAY)
    (kept,) = kept_files(store, row_id)
    assert (kept.name, kept.size, kept.question_id) == ("work.txt", 7, asked)
    keep_application(store, row_id, draft, {None: Files([path], [kept.id])}, today=TODAY)
    assert documents(store) == [("work.txt", "applications", None)]
    store.undo()
    assert documents(store) == [("work.txt", "applications", asked)]
    store.undo()
    assert documents(store) == []
    assert tables(store)["applications"] == {}
