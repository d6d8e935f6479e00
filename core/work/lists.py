"""Lists of one's own: a filter with columns, order and groups, kept under a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from core.errors import FieldErrors
from core.ids import new_id
from core.model import SavedList
from core.store import Label, Store
from core.text import fold, line
from core.work.checks import find, rows

LONGEST, MOST = 60, 60


@dataclass(frozen=True, kw_only=True)
class ListDraft:
    """`filter`: a tree of core.insight.filters. `columns`: keys, empty for the usual ones."""

    name: str = ""
    noun: str = "candidates"
    filter: Mapping[str, Any] = field(default_factory=dict)
    columns: Sequence[str] = ()
    sort: str = "name"
    descending: bool = False
    group_by: str = ""


def save_list(store: Store, draft: ListDraft, list_id: str | None = None, *, today: date) -> str:
    """A new list at the end of one's own, or one changed. FieldErrors on `name`."""
    with store.change(Label.LIST_SAVED) as session:
        there = _there(session, draft.noun)
        name = _name(draft.name, there, list_id)
        if list_id is None:
            if len(there) >= MOST:
                raise FieldErrors({"name": f"There are {MOST} lists already. Remove one that is not used."})
            position = max((row.position for row in there), default=-1) + 1
            row = SavedList(id=new_id(), noun=draft.noun, position=position)
            session.add(row)
        else:
            row = find(session, SavedList, list_id, "list")
        row.name, row.filter, row.columns = name, dict(draft.filter), list(draft.columns)
        row.sort, row.descending, row.group_by = draft.sort, draft.descending, draft.group_by
        return row.id


def rename_list(store: Store, list_id: str, name: str, *, today: date) -> str:
    """FieldErrors on `name`."""
    with store.change(Label.LIST_SAVED) as session:
        row = find(session, SavedList, list_id, "list")
        row.name = _name(name, _there(session, row.noun), list_id)
        return row.id


def move_list(store: Store, list_id: str, step: int, *, today: date) -> bool:
    """Up (-1) or down (1) among one's own; False where there is no further."""
    with store.change(Label.LIST_SAVED) as session:
        row = find(session, SavedList, list_id, "list")
        there = _there(session, row.noun)
        at = [one.id for one in there].index(list_id)
        if not 0 <= at + step < len(there):
            return False
        there.insert(at + step, there.pop(at))
        for position, one in enumerate(there):
            one.position = position
        return True


def remove_list(store: Store, list_id: str, *, today: date) -> None:
    """The list goes, the people on it stay; undo brings it back."""
    with store.change(Label.LIST_REMOVED) as session:
        session.delete(find(session, SavedList, list_id, "list"))


def _there(session: Session, noun: str) -> list[SavedList]:
    found = rows(session, SavedList, SavedList.noun == noun)
    return sorted(found, key=lambda row: (row.position, row.name))


def _name(written: str, there: Sequence[SavedList], list_id: str | None) -> str:
    name = line(written)
    if not name:
        raise FieldErrors({"name": "Give the list a name."})
    if len(name) > LONGEST:
        raise FieldErrors({"name": f"A list’s name has at most {LONGEST} characters."})
    if any(fold(row.name) == fold(name) and row.id != list_id for row in there):
        raise FieldErrors({"name": f"There is a list “{name}” already."})
    return name
