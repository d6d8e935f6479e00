"""A school's file: who may be in it is asked, it is written, and what left is recorded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import UserError
from core.insight.sharing import Counted, counted, share_view
from core.model.words import COMPETENCIES
from core.store import Store
from core.text import plural

if TYPE_CHECKING:
    from core.exchange.aggregate import Aggregates, Group


@dataclass(frozen=True)
class Shared:
    """What was written. `people`: how many are in it; `left_out`: how many are not, for want of a live consent."""

    files: tuple[Path, ...]
    people: int
    left_out: int


def share(
    store: Store, school_id: str, folder: Path, *, today: date, aggregate: bool = False, overwrite: bool = False
) -> Shared:
    """Writes CSV and XLSX into `folder`. UserError where nobody may be in the file; then nothing is written.

    `aggregate`: figures by school, class year and category in place of people, small groups hidden.
    """
    from core.exchange.share import ShareRow, write_share

    view = share_view(store, school_id, today=today)
    if aggregate:
        rows, currency = counted(store, school_id)
        if not rows:
            raise UserError(f"No student of {view.school} has worked with you yet, so there is nothing to count.")
        files = write_share(folder, view.school, [], _aggregates(rows, currency), made_on=today, overwrite=overwrite)
        people, left_out, what = len({row.candidate_id for row in rows}), 0, "Figures for a campus office"
        refs = [("schools", school_id)]
    else:
        if not view.rows:
            raise UserError(_nobody(view.school, view.without_consent))
        shared = [ShareRow(**row.columns) for row in view.rows]
        files = write_share(folder, view.school, shared, made_on=today, overwrite=overwrite)
        people, left_out = view.people, view.without_consent
        what = f"{plural(people, 'student')} for a campus office"
        refs = [("schools", school_id), *(("candidates", row.candidate_id) for row in view.rows)]
    names = ", ".join(file.name for file in files)
    hashes = " ".join(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)
    try:
        store.disclose("share", what, view.school, names, hashes, list(dict.fromkeys(refs)))
    except BaseException:
        # What cannot be recorded does not leave.
        for file in files:
            file.unlink(missing_ok=True)
        raise
    return Shared(tuple(files), people, left_out)


def _nobody(school: str, without_consent: int) -> str:
    if without_consent:
        waits = plural(without_consent, "student has", "students have")
        return (
            f"{waits} worked with you from {school}, none with a live consent, so no file was written. "
            "Record a signed consent on the candidate’s page first."
        )
    return f"No student of {school} has worked with you yet, so there is nothing to share."


def _aggregates(rows: list[Counted], currency: str) -> Aggregates:
    from core.exchange.aggregate import Aggregates

    return Aggregates(
        _group("All", rows),
        {
            "school": _grouped(rows, lambda row: row.school),
            "class_year": _grouped(rows, lambda row: row.class_year),
            "category": _grouped(rows, lambda row: row.category),
        },
        currency,
    )


def _grouped(rows: list[Counted], key: Callable[[Counted], str]) -> list[Group]:
    return [_group(name, [row for row in rows if key(row) == name]) for name in sorted({key(row) for row in rows})]


def _group(name: str, rows: Iterable[Counted]) -> Group:
    from core.exchange.aggregate import Group

    rows = list(rows)
    paid = [row for row in rows if row.paid]
    return Group(
        name,
        len({row.candidate_id for row in rows}),
        len(rows),
        sum(row.ended for row in rows),
        sum(row.accepted for row in rows),
        len(paid),
        sum(row.fee for row in paid),
        sum(row.follow_on for row in rows),
        tuple(
            (sum(row.marks.get(one, 0) for row in rows), sum(one in row.marks for row in rows)) for one in COMPETENCIES
        ),
    )
