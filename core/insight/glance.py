"""What the desk shows first: Today and the numbers around it, kept in the store for the next start.

Nothing here loads SQLAlchemy, so that a kept glance is painted before the store is opened for work.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from time import thread_time
from typing import TYPE_CHECKING

from core import VERSION
from core.store.file import kept_view
from core.store.keys import Key

if TYPE_CHECKING:
    from core.store import Store

Ref = tuple[str, str]
DAYS_KEPT = 8
"""A store that is not opened for longer is read anew."""
LONGEST_KEEPING = 1.0
"""Seconds of work after which no further day is begun: closing must not wait for it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """`action`: score, decide, approve, send, remind, renew, open, dates, closing, supervisor, pay, minimum, kick_off,
    check_in, talk, window, extension, evaluate, contact, again or tell.

    `chip_kind`: neutral, amber or red. `minutes`: what it usually takes. `target`: what the action is about.
    """

    action: str
    action_words: str
    subject: str
    detail: str
    chip: str
    chip_kind: str
    minutes: int
    target: Ref


@dataclass(frozen=True, slots=True)
class ColdRow:
    """`action`: invite where a project fits, else write. `why`: the reason this person stands here.

    `projects`: id and title of those that fit.
    """

    candidate_id: str
    name: str
    detail: str
    why: str
    chip: str
    chip_kind: str
    action: str
    action_words: str
    projects: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ToDoRow:
    id: str
    text: str
    captured_on: date


@dataclass(frozen=True, slots=True)
class MonthBar:
    """`count`: projects at work in that month, or planned for it; `ahead`: it has not begun."""

    month: date
    label: str
    count: int
    ahead: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """`early` of `known`: candidates in their first or second year, of those whose class year is known."""

    schools: int
    outside_focus: int
    candidates: int
    early: int
    known: int
    schools_words: str
    early_percent: str
    early_words: str


@dataclass(frozen=True, slots=True)
class TodayView:
    """`minutes`: about what the waiting things take, in steps of five. `begun`: there is a project or a candidate."""

    headline: str
    waiting: tuple[Waiting, ...]
    minutes: int
    cold: tuple[ColdRow, ...]
    cold_count: int
    to_dos: tuple[ToDoRow, ...]
    months: tuple[MonthBar, ...]
    months_words: str
    reach: Reach
    begun: bool


@dataclass(frozen=True, slots=True)
class PlaceCounts:
    """What stands beside the places’ names. `projects`: neither closed nor cancelled; `evaluations`: left to me."""

    today: int
    projects: int
    candidates: int
    evaluations: int
    to_dos: int


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the places. `lists`: (key, words, count) of each saved list; `undo`, `redo`: words or ""."""

    business: str
    counts: PlaceCounts
    lists: tuple[tuple[str, str, int | None], ...]
    undo: str
    redo: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Glance:
    view: TodayView
    around: Around


def around(store: Store, *, today: date) -> Around:
    from core.insight.lists import saved_lists
    from core.insight.office import country, employer
    from core.insight.today import place_counts

    undo, redo = store.can_undo(), store.can_redo()
    return Around(
        employer(store).name,
        place_counts(store, today=today),
        tuple((one.key, one.words, one.count) for one in saved_lists(store, today=today)),
        undo.words if undo else "",
        redo.words if redo else "",
        country(store),
    )


def keep(store: Store, *, today: date) -> None:
    """Keeps the glance of today and of the days after it, each as it will be if nothing changes until then.

    What is kept for half of these days already is left as it is. A store so large that a day takes long gets fewer.
    """
    if _name(today + timedelta(days=DAYS_KEPT // 2)) in store.kept_views():
        return
    from msgspec import json

    from core.insight.today import today_view

    views, began = {}, thread_time()
    for day in (today + timedelta(days=ahead) for ahead in range(DAYS_KEPT)):
        glance = Glance(today_view(store, today=day), around(store, today=day))
        views[_name(day)] = json.encode(glance).decode()
        if thread_time() - began > LONGEST_KEEPING:
            break
    store.keep_views(views)


def kept(path: Path, key: Key, *, today: date) -> Glance | None:
    """The glance that was kept for this day by this version, if nothing was changed since."""
    from msgspec import DecodeError, json

    body = kept_view(path, key, _name(today))
    try:
        return None if body is None else json.decode(body, type=Glance)
    except DecodeError:
        return None


def _name(day: date) -> str:
    return f"glance {VERSION} {day.isoformat()}"
