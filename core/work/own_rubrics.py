"""Rubrics of one's own to start from: kept, worded anew, removed, given away and taken in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import FieldErrors, UserError
from core.files import check_name, replace_file
from core.ids import new_id
from core.model import Template
from core.store import Label, Store
from core.text import fold, line
from core.work.rubric_files import RubricDraft, Shelved, as_data, library, of_data, write
from core.work.rubrics import checked

KIND = "rubric"
GONE = "This rubric is no longer there. It was removed, or adding it was undone."


@dataclass(frozen=True, slots=True)
class _Own:
    row_id: str
    shelved: Shelved


def shelf(store: Store) -> dict[str, Shelved]:
    """All that a rubric can start from, by key: one's own first, then what ships."""
    with store.read() as session:
        own = {key: one.shelved for key, one in _own(session).items()}
    return own | dict(library())


def shelved(store: Store, key: str) -> Shelved:
    """UserError where it is gone."""
    found = shelf(store).get(key)
    if found is None:
        raise UserError(GONE)
    return found


def keep_rubric(store: Store, draft: RubricDraft, key: str | None = None, *, today: date) -> str:
    """A rubric of one's own, or new words for the one of `key`; its key. What ships is not changed: it becomes own.

    FieldErrors name the draft's fields as `set_rubric` does.
    """
    draft = plain(checked(draft))
    if key in library():
        key = None
    with store.read() as session:
        own = _own(session)
        if key is not None and key not in own:
            raise UserError(GONE)
    named = {fold(one.shelved.draft.name) for other, one in own.items() if other != key}
    if fold(draft.name) in named | {fold(one.draft.name) for one in library().values()}:
        raise FieldErrors({"name": f"There is a rubric “{draft.name}” already. Name this one differently."})
    row_id = own[key].row_id if key is not None else new_id()
    key = key or f"rubric-own-{row_id}"
    with store.change(Label.RUBRIC_TEMPLATE_CHANGED, ("templates", row_id)) as session:
        row = session.get(Template, row_id) or Template(id=row_id, kind=KIND, key=key)
        row.name, row.body = draft.name, as_data(draft)
        session.add(row)
    return key


def remove_rubric(store: Store, key: str, *, today: date) -> None:
    """One's own goes; projects that have taken it keep theirs. What ships stays."""
    if key in library():
        raise UserError("A ready-made rubric cannot be removed.")
    with store.read() as session:
        found = _own(session).get(key)
    if found is None:
        raise UserError(GONE)
    with store.change(Label.RUBRIC_TEMPLATE_REMOVED, ("templates", found.row_id)) as session:
        session.delete(session.get_one(Template, found.row_id))


def save_rubric(draft: RubricDraft, out: Path, *, overwrite: bool = False) -> Path:
    """Writes a rubric to a file. It holds nothing about a person, so that nothing of that kind leaves."""
    check_name(out)
    data = write(draft).encode()
    with replace_file(out, overwrite=overwrite) as file:
        file.write(data)
    return out


def plain(draft: RubricDraft) -> RubricDraft:
    """Without the rows and questions of the project that it was made for."""
    bare = [replace(one, id=None, question_id=None) for one in draft.criteria]
    return replace(draft, name=line(draft.name), criteria=bare)


def _own(session: Session) -> dict[str, _Own]:
    found = {}
    for row in session.scalars(select(Template).where(Template.kind == KIND).order_by(Template.name, Template.id)):
        draft = replace(of_data(row.body), name=row.name)
        found[row.key] = _Own(row.id, Shelved(row.key, "own", draft))
    return found
