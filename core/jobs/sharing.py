"""A school's file: who may be in it is asked, it is written, and what left is recorded."""

from __future__ import annotations

import hashlib
from collections import defaultdict
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
    from core.exchange.aggregate import FEWEST
    from core.exchange.share import ShareRow, share_paths, write_share

    view = share_view(store, school_id, today=today)
    shared: list[ShareRow] = []
    figures: Aggregates | None = None
    if aggregate:
        rows, currency = counted(store, school_id)
        if not rows:
            raise UserError(f"No student of {view.school} has worked with you yet, so there is nothing to count.")
        people, left_out, what = len(_people(rows)), 0, "Figures for a campus office"
        if people < FEWEST:
            waits = plural(people, "student has", "students have")
            raise UserError(
                f"{waits} worked with you from {view.school}. Figures of fewer than {FEWEST} would tell who they "
                "are, so no file was written."
            )
        figures = _aggregates(rows, currency)
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
    from core.exchange.aggregate import FEWEST, TOGETHER

    people: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        people[key(row)].add(row.candidate_id)
    small = {name for name, members in people.items() if len(members) < FEWEST}
    found = [_group(name, [row for row in rows if key(row) == name]) for name in sorted(set(people) - small)]
    return [*found, _group(TOGETHER, [row for row in rows if key(row) in small])] if small else found


def _group(name: str, rows: list[Counted]) -> Group:
    from core.exchange.aggregate import NOT, Group

    kinds: dict[str, Callable[[Counted], bool]] = {
        "ended": lambda row: row.ended,
        "accepted": lambda row: row.accepted,
        "paid": lambda row: row.paid,
        "follow_on": lambda row: row.follow_on,
        **{one: _marked(one) for one in COMPETENCIES},
    }
    counted = {kind: [row for row in rows if counts(row)] for kind, counts in kinds.items()}
    return Group(
        name,
        len(_people(rows)),
        len(rows),
        len(counted["ended"]),
        len(counted["accepted"]),
        len(counted["paid"]),
        sum(row.fee for row in counted["paid"]),
        len(counted["follow_on"]),
        tuple((sum(row.marks[one] for row in counted[one]), len(counted[one])) for one in COMPETENCIES),
        {
            "students": _people(rows),
            "engagements": _people(rows),
            **{kind: _people(found) for kind, found in counted.items()},
            f"{NOT}accepted": _people(row for row in rows if row.ended and not row.accepted),
            f"{NOT}follow_on": _people(row for row in rows if not row.follow_on),
        },
    )


def _marked(competency: str) -> Callable[[Counted], bool]:
    return lambda row: competency in row.marks


def _people(rows: Iterable[Counted]) -> frozenset[str]:
    return frozenset(row.candidate_id for row in rows)
