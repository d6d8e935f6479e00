"""Files that answer a question of a project, kept with the application: work samples."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.model import Application, Document, Question
from core.store import Label, Store
from core.store.bodies import put
from core.work.checks import find
from core.work.documents import File, checked_name, free_name, media_type

MOST = 20
"""Files that an application has at most."""


def files_field(question_id: str | None) -> str:
    """How FieldErrors names the files of an answer: `files.<question id>`; `files` of the whole application."""
    return f"files.{question_id}" if question_id else "files"


def keep_answer_files(
    store: Store, application_id: str, question_id: str | None, files: Sequence[File], *, today: date
) -> list[str]:
    """Keeps them in one change; `question_id` None: they answer the application as a whole. Returns their ids.

    FieldErrors (files_field), UserError where nobody has applied yet.
    """
    if not files:
        raise FieldErrors({files_field(question_id): "Choose a file, or drop one here."})
    with store.change(Label.DOCUMENT_ADDED, ("applications", application_id)) as session:
        application = find(session, Application, application_id, "application")
        return keep_answers(session, application, question_id, files, today=today)


def keep_answers(
    session: Session, application: Application, question_id: str | None, files: Iterable[File], *, today: date
) -> list[str]:
    """As `keep_answer_files`, within a change that is running."""
    where = files_field(question_id)
    if application.status == "invited":
        raise UserError("This student has been invited and has not applied yet. Record the application first.")
    if question_id is not None:
        question = session.get(Question, question_id)
        if question is None or question.project_id != application.project_id:
            raise FieldErrors({where: "This question is no longer part of the project."})
    kept = [(checked_name(name, data, where), data) for name, data in files]
    there = len(answer_documents(session, application.id))
    if kept and there + len(kept) > MOST:
        raise FieldErrors({where: f"An application has at most {MOST} files; {there} are kept already."})
    made = []
    for name, data in kept:
        row = Document(
            id=new_id(),
            noun=Application.__tablename__,
            owner_id=application.id,
            name=free_name(session, Application.__tablename__, application.id, name),
            media_type=media_type(name, data),
            size=len(data),
            sha256=put(session, data),
            added_on=today,
            question_id=question_id,
        )
        session.add(row)
        session.flush()
        made.append(row.id)
    return made


def remove_answer_files(store: Store, application_id: str, document_ids: Iterable[str], *, today: date) -> None:
    """In one change; undo lays them back. One that is gone already is passed over."""
    wanted = set(document_ids)
    with store.change(Label.DOCUMENT_REMOVED, ("applications", application_id)) as session:
        for row in answer_documents(session, application_id):
            if row.id in wanted:
                session.delete(row)


def answer_documents(session: Session, application_id: str) -> list[Document]:
    """In the order in which they came."""
    mine = select(Document).where(Document.noun == Application.__tablename__, Document.owner_id == application_id)
    return list(session.scalars(mine.order_by(Document.created_at, Document.id)))
