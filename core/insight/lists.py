"""Lists of candidates: the ready ones and one's own, with how many are on each today."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import UserError
from core.insight.filters import Node
from core.insight.list_columns import ordered_ids
from core.insight.people import CandidateFilter, counted
from core.insight.records import Listing, listing, table_name
from core.model import SavedList
from core.store import Store
from core.text import fold


@dataclass(frozen=True, slots=True)
class PeopleList:
    """`own`: made here, and so to be changed; its key is the row's id. `columns`: empty for the usual ones.

    `count` is None where its filter cannot be used any longer.
    """

    key: str
    words: str
    filter: Node
    count: int | None = None
    columns: tuple[str, ...] = ()
    sort: str = "name"
    descending: bool = False
    group_by: str = ""
    own: bool = False


def ready_lists() -> list[PeopleList]:
    """Those that each store has."""
    made = (
        ("going_cold", "Going cold", CandidateFilter(going_cold=True)),
        ("near_miss", "Near-miss interns", CandidateFilter(near_miss=True)),
        ("early", "First & second years", CandidateFilter(early=True)),
    )
    lists = [PeopleList(key, words, wanted.tree()) for key, words, wanted in made]
    graduating = {"all": [{"field": "graduates", "is": "spring"}]}
    return [*lists, PeopleList("spring", "Graduating this spring", graduating)]


def saved_lists(store: Store, *, today: date) -> list[PeopleList]:
    """The ready ones, then one's own in their order, counted."""
    with store.read() as session:
        return [_counted(session, one, today) for one in (*ready_lists(), *_own(session))]


def find_list(store: Store, key: str) -> PeopleList | None:
    """By its key, not counted."""
    with store.read() as session:
        return next((one for one in (*ready_lists(), *_own(session)) if one.key == key), None)


def named_list(store: Store, name: str) -> PeopleList | None:
    """By its name, case and accents aside; one's own before a ready one."""
    with store.read() as session:
        return next((one for one in (*_own(session), *ready_lists()) if fold(one.words) == fold(name)), None)


def listed(store: Store, noun: str, wanted: str = "", *, today: date) -> Listing:
    """Rows as `core.insight.records.listing` gives them. Of candidates `wanted` may name a list: then it is these, in
    its order.
    """
    one = named_list(store, wanted) if wanted and table_name(noun) == "candidates" else None
    if one is None:
        return listing(store, noun, wanted, today=today)
    ids = ordered_ids(store, one.filter, one.sort, one.descending, today=today)
    found = listing(store, noun, today=today)
    rows = dict(found.rows)
    return replace(found, rows=[(row_id, rows[row_id]) for row_id in ids if row_id in rows])


def _own(session: Session) -> list[PeopleList]:
    rows = select(SavedList).where(SavedList.noun == "candidates").order_by(SavedList.position, SavedList.name)
    return [
        PeopleList(
            row.id,
            row.name,
            row.filter,
            None,
            tuple(row.columns),
            row.sort or "name",
            row.descending,
            row.group_by,
            own=True,
        )
        for row in session.scalars(rows)
    ]


def _counted(session: Session, one: PeopleList, today: date) -> PeopleList:
    try:
        count = counted(session, one.filter, today)
    except UserError:
        count = None
    return replace(one, count=count)
