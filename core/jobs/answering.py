"""An application as a form gives it: the answers, and the files that answer too, as ONE change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from core.errors import FieldErrors
from core.insight.blind_files import neutral_names
from core.insight.sealed import under_code
from core.jobs.files import read_files
from core.store import Label, Store
from core.work import select
from core.work.answer_files import answer_documents, files_field, keep_answer_files, remove_answer_files
from core.work.select import ApplicationDraft


@dataclass(frozen=True)
class Files:
    """`add`: paths to be kept; `remove`: ids of kept files that go."""

    add: Sequence[Path] = ()
    remove: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """`size` in bytes, None while the application is rated by its code, and `name` then tells nothing."""

    id: str
    question_id: str | None
    name: str
    size: int | None


def kept_files(store: Store, application_id: str) -> list[Kept]:
    """In the order in which they came."""
    hidden = under_code(store, application_id)
    with store.read() as session:
        names = neutral_names(session, [application_id]) if hidden else {}
        return [
            Kept(one.id, one.question_id, names.get(one.id, one.name), None if hidden else one.size)
            for one in answer_documents(session, application_id)
        ]


def keep_application(
    store: Store,
    application_id: str | None,
    draft: ApplicationDraft,
    files: Mapping[str | None, Files],
    *,
    today: date,
) -> str:
    """Records an application, or mends the one of `application_id`; `files` by question, None for the whole.

    FieldErrors as core.work.select names them, and files_field; then nothing is written.
    """
    read = {question: _read(question, given.add) for question, given in files.items()}
    with store.change(Label.APPLICATION_CHANGED if application_id else Label.APPLICATION_ADDED):
        if application_id is None:
            application_id = select.record_application(store, draft, today=today)
        else:
            select.change_application(store, application_id, draft, today=today)
        gone = [one for given in files.values() for one in given.remove]
        if gone:
            remove_answer_files(store, application_id, gone, today=today)
        for question, added in read.items():
            if added:
                keep_answer_files(store, application_id, question, added, today=today)
    return application_id


def _read(question: str | None, paths: Sequence[Path]) -> list[tuple[str, bytes]]:
    try:
        return read_files(paths)
    except FieldErrors as error:
        raise FieldErrors({files_field(question): " ".join(error.fields.values())}) from None
