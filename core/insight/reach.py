"""Reach at a glance: the year's figures on whom we reach, where they heard of us, and the rows behind each."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from core.insight import figures_people
from core.insight.figure import Figure, Period, Ref
from core.insight.records import names_of
from core.insight.schools import Behind
from core.model import Application, Candidate
from core.store import Store
from core.text import fold, line

NOT_NOTED = "Not noted"
COUNTED = {
    "new_schools": "new this year",
    "outside_focus": "outside focus",
    "early": "first or second year",
}
"""What is said of a row that the numerator counts too."""


@dataclass(frozen=True, slots=True)
class Source:
    """`applicants` of `base` who applied in the period came by it; `rows`: those people."""

    words: str
    applicants: int
    base: int
    rows: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """Of the calendar year up to today. `sources`: the one that brought most first."""

    period: Period
    figures: tuple[Figure, ...]
    sources: tuple[Source, ...]


def reach(store: Store, *, today: date) -> Reach:
    period = Period(date(today.year, 1, 1), today)
    with store.read() as session:
        found = figures_people.applicants(session, period)
        figures = (
            figures_people.new_schools(session, period),
            figures_people.outside_focus_of(found),
            figures_people.early_of(found),
            figures_people.months_before(session, period),
        )
        # The application may say by which way it came; without, the way in which we met the person counts.
        query = (
            select(Application.candidate_id, Application.source, Candidate.source)
            .join(Candidate, Candidate.id == Application.candidate_id)
            .where(Application.applied_on.between(period.start, period.end))
            .order_by(Application.applied_on, Application.id)
        )
        said: dict[str, str] = {}
        for row_id, of_application, of_person in session.execute(query):
            said[row_id] = said.get(row_id) or line(of_application) or line(of_person)
    return Reach(period, figures, _sources(said))


def _sources(said: dict[str, str]) -> tuple[Source, ...]:
    """Each person once; spellings that differ in case and accents alone are one source, by the usual one's name."""
    groups: dict[str, list[str]] = defaultdict(list)
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for row_id, source in said.items():
        groups[fold(source)].append(row_id)
        spelled[fold(source)][source or NOT_NOTED] += 1

    def name(key: str) -> str:
        return max(spelled[key].items(), key=lambda pair: (pair[1], pair[0][:1].isupper(), pair[0]))[0]

    return tuple(
        Source(name(key), len(ids), len(said), tuple(("candidates", one) for one in ids))
        for key, ids in sorted(groups.items(), key=lambda pair: (not pair[0], -len(pair[1]), pair[0]))
    )


def behind(store: Store, figure: Figure, most: int = 500) -> list[Behind]:
    """All that the base counts, those of the numerator first and marked as such."""
    counted = set(figure.counted)
    rows = sorted(figure.rows, key=lambda ref: ref not in counted)[:most]
    names = names_of(store, rows)
    words = COUNTED.get(figure.key, "")
    return [
        Behind(noun, row_id, names.get(row_id, ""), words if (noun, row_id) in counted else "") for noun, row_id in rows
    ]
