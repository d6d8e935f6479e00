"""Why someone is kept warm: entering the pool, saying it better, leaving it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_
from sqlalchemy.orm import Session

from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.model import Candidate, PoolEntry, Touch, words
from core.store import Label, Store
from core.text import short_day
from core.work.checks import Problems, find, known, past_day, rows, tidy
from core.work.touch_plans import check_days, first_date

GONE = "That one is no longer in the store. Choose another."
_CHUNK = 500
_NOTED = 50
Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class PoolDraft:
    """`year`, `rank`, `of_count`: 2nd of 14 for the internship 2026.

    `every_days`: how often to be in touch; None: as the plan of the reason says, 0: not regularly. `until_graduation`
    and `not_in_exams` count where it is said here.
    """

    candidate_id: str | None = None
    reason: str = "near_miss_intern"
    year: int | None = None
    rank: int | None = None
    of_count: int | None = None
    began_on: date | None = None
    every_days: int | None = None
    until_graduation: bool = True
    not_in_exams: bool = True
    next_touch_on: date | None = None
    note: str = ""


POOL_COLUMNS = ("reason", "year", "rank", "of_count", "every_days", "until_graduation", "not_in_exams",
                "next_touch_on", "note")  # fmt: skip


def enter_pool(store: Store, draft: PoolDraft, *, today: date) -> str:
    """Without a next date the plan says it. FieldErrors name the draft's fields."""
    with store.change(Label.POOL_ENTERED) as session:
        draft = _checked(session, draft, None, today)
        entry = PoolEntry(id=new_id(), candidate_id=draft.candidate_id or "", began_on=draft.began_on or today)
        _write(entry, draft)
        if entry.next_touch_on is None:
            entry.next_touch_on = first_date(session, entry, today=today)
        session.add(entry)
        store.note_ref(("candidates", entry.candidate_id))
        return entry.id


def pool_draft(store: Store, entry_id: str) -> PoolDraft:
    with store.read() as session:
        entry = find(session, PoolEntry, entry_id, "pool entry")
        kept = {name: getattr(entry, name) for name in POOL_COLUMNS}
        return PoolDraft(candidate_id=entry.candidate_id, began_on=entry.began_on, **kept)


def change_pool(store: Store, entry_id: str, draft: PoolDraft, *, today: date) -> str:
    """Say better why, or how often. Another plan moves the next date, unless one is named."""
    with store.change(Label.POOL_CHANGED) as session:
        entry = find(session, PoolEntry, entry_id, "pool entry")
        draft = _checked(session, draft, entry, today)
        plan = (entry.reason, entry.every_days, entry.until_graduation, entry.not_in_exams)
        same_date = draft.next_touch_on == entry.next_touch_on
        entry.began_on = draft.began_on or entry.began_on
        _write(entry, draft)
        if same_date and plan != (entry.reason, entry.every_days, entry.until_graduation, entry.not_in_exams):
            entry.next_touch_on = first_date(session, entry, today=today)
        store.note_ref(("candidates", entry.candidate_id))
    return entry_id


def _checked(session: Session, draft: PoolDraft, own: PoolEntry | None, today: date) -> PoolDraft:
    problems = Problems()
    draft = tidy(draft, problems, long=("note",))
    problems.one_of("reason", draft.reason, words.POOL_REASONS)
    year = draft.year
    problems.when(year is not None and not 1990 <= year <= today.year + 5, "year", "Check the year.")
    problems.when(draft.rank is not None and draft.rank < 1, "rank", "A rank is 1 or more.")
    if draft.rank is not None and draft.of_count is not None and draft.rank > draft.of_count:
        problems.add("rank", f"Rank {draft.rank} of {draft.of_count} cannot be. Check both.")
    check_days(draft.every_days, problems)
    day = draft.next_touch_on
    moved = day is not None and (own is None or day != own.next_touch_on)
    problems.when(moved and day is not None and day < today, "next_touch_on", "Choose today or a later day.")
    problems.when(draft.began_on is not None and draft.began_on > today, "began_on", "That day is still to come.")
    owner = own.candidate_id if own is not None else draft.candidate_id
    problems.when(owner is None, "candidate_id", "Say who.")
    known(session, Candidate, owner, problems, "candidate_id", GONE)
    there = rows(
        session, PoolEntry, PoolEntry.candidate_id == owner, PoolEntry.ended_on.is_(None),
        PoolEntry.reason == draft.reason,
    )  # fmt: skip
    said = words.POOL_REASONS.get(draft.reason, "")
    twice = any(e.year == draft.year and (own is None or e.id != own.id) for e in there)
    problems.when(twice, "reason", f"In the pool already: {said}.")
    problems.raise_if_any()
    return draft


def _write(entry: PoolEntry, draft: PoolDraft) -> None:
    for name in POOL_COLUMNS:
        setattr(entry, name, getattr(draft, name))


def set_next_touch(store: Store, entry_id: str, day: date | None, *, today: date) -> str:
    """When to be in touch next with someone in the pool; None: no day."""
    put_off(store, [entry_id], day, today=today)
    return entry_id


def put_off(store: Store, entry_ids: Sequence[str], day: date | None, *, today: date) -> int:
    """The next date of all of these, as one change; None: no day."""
    if day is not None and day < today:
        raise FieldErrors({"next_touch_on": "Choose today or a later day."})
    with store.change(Label.TOUCH_PLANNED) as session:
        for entry_id in entry_ids:
            entry = find(session, PoolEntry, entry_id, "pool entry")
            entry.next_touch_on = day
            store.note_ref(("candidates", entry.candidate_id))
    return len(entry_ids)


def put_off_people(
    store: Store, candidate_ids: Sequence[str], until: date, *, today: date, progress: Progress | None = None
) -> int:
    """None of these is asked for before that day: planned contacts and next dates before it move to it, later ones
    stay. Who is in the pool without any date gets this one. With how many people something moved, as one change.

    `progress(done, total)` may raise to cancel; then nothing is written.
    """
    if until < today:
        raise FieldErrors({"next_touch_on": "Choose today or a later day."})
    wanted, moved = list(dict.fromkeys(candidate_ids)), set[str]()
    with store.change(Label.TOUCH_PLANNED) as session:
        for start in range(0, len(wanted), _CHUNK):
            if progress is not None:
                progress(start, len(wanted))
            moved |= _put_off(session, wanted[start : start + _CHUNK], until, today)
        for candidate_id in sorted(moved) if len(moved) <= _NOTED else ():
            store.note_ref(("candidates", candidate_id))
        if not moved:
            raise UserError(f"None of these has a date before {short_day(until, today)}, so nothing was put off.")
    return len(moved)


def _put_off(session: Session, some: Sequence[str], until: date, today: date) -> set[str]:
    moved, dated = set[str](), set[str]()
    for touch in rows(session, Touch, Touch.candidate_id.in_(some), Touch.made_on.is_(None)):
        if touch.planned_on is not None:
            dated.add(touch.candidate_id)
            if touch.planned_on < until:
                touch.planned_on = until
                moved.add(touch.candidate_id)
    ahead = or_(PoolEntry.ended_on.is_(None), PoolEntry.ended_on > today)
    entries = rows(session, PoolEntry, PoolEntry.candidate_id.in_(some), ahead)
    dated |= {entry.candidate_id for entry in entries if entry.next_touch_on is not None}
    for entry in entries:
        if entry.candidate_id not in dated:
            dated.add(entry.candidate_id)
        elif entry.next_touch_on is None or entry.next_touch_on >= until:
            continue
        entry.next_touch_on = until
        moved.add(entry.candidate_id)
    return moved


def leave_pool(store: Store, entry_id: str, *, today: date, on: date | None = None) -> str:
    ended_on = past_day(on, today, "Left")
    with store.change(Label.POOL_LEFT) as session:
        entry = find(session, PoolEntry, entry_id, "pool entry")
        if entry.ended_on is not None:
            raise UserError(f"This entry ended on {short_day(entry.ended_on)} already.")
        if ended_on < entry.began_on:
            raise FieldErrors({"on": f"It began on {short_day(entry.began_on)}; give that day or a later one."})
        entry.ended_on, entry.next_touch_on = ended_on, None
        store.note_ref(("candidates", entry.candidate_id))
    return entry_id
