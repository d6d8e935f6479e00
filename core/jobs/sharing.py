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
from core.jobs.leaving import all_or_nothing
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
    from core.exchange.share import ShareRow, share_paths, write_share

    view = share_view(store, school_id, today=today)
    shared: list[ShareRow] = []
    figures: Aggregates | None = None
    if aggregate:
        rows, currency = counted(store, school_id)
        if not rows:
            raise UserError(f"No student of {view.school} has worked with you yet, so there is nothing to count.")
        figures = _aggregates(rows, currency)
        people, left_out, what = len({row.candidate_id for row in rows}), 0, "Figures for a campus office"
        refs = [("schools", school_id)]
    else:
        if not view.rows:
            raise UserError(_nobody(view.school, view.without_consent))
        shared = [ShareRow(**row.columns) for row in view.rows]
        people, left_out = view.people, view.without_consent
        what = f"{plural(people, 'student')} for a campus office"
        refs = [("schools", school_id), *(("candidates", row.candidate_id) for row in view.rows)]
    files = share_paths(folder, view.school, today, aggregate=aggregate)

    def record() -> None:
        names = ", ".join(file.name for file in files)
        hashes = " ".join(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)
        store.disclose("share", what, view.school, names, hashes, list(dict.fromkeys(refs)))

    all_or_nothing(
        files,
        lambda: write_share(folder, view.school, shared, figures, made_on=today, overwrite=overwrite),
        record,
    )
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
