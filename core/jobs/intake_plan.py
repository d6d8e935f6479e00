"""What an import would do, row by row, with the reason at the cell; and what it did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from core.exchange.fields import Field
from core.exchange.parsed import ParsedRow
from core.exchange.table import Pasted, Table
from core.text import in_digits, plural
from core.work.look_alike import Alike

OUTCOMES = {"new": "new", "changed": "changed", "same": "as it is in the store", "joined": "put together with another",
            "wrong": "left out"}  # fmt: skip
# Where a candidate's draft calls a field otherwise than a table does: the first that has a column is meant.
_MEANT = {
    "emails": ("email", "email_2"),
    "school_name": ("school",),
    "school_id": ("school",),
    "graduates_on": ("expected_graduation",),
    "first_name": ("first_name", "name"),
    "last_name": ("last_name", "name", "first_name"),
}


@dataclass(frozen=True, slots=True)
class PlanRow:
    """`outcome`: a key of OUTCOMES. `what`: what the row is about. `problems` say why it is left out.

    `cells`: header to what is wrong in that cell. `before`: header to what stands in the store and would change.
    `person_id`: whom a candidate's row is about, "" for somebody new. `likely`: who else it may be, in the store or,
    with ANOTHER_ROW and its place for an id, in another row.
    """

    line: int
    outcome: str
    what: str
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)
    person_id: str = ""
    likely: tuple[Alike, ...] = ()


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do today. `words`: how the file was read; `mapping`: field to header.

    `missing`: a sentence where columns must be named before anything can be read; then there are no rows. Of each row
    of `table` there is one in `parsed` and, once tried, in `rows`. `by_hand`: the columns were told, now or earlier.
    `decided`: place of a row to the candidate whom a person said it is, ANOTHER_ROW and the place of a row before it,
    or "" for nobody whom it resembles.
    """

    source: Path | Pasted
    noun: str
    notes: tuple[str, ...]
    mapping: Mapping[str, str]
    missing: str | None
    rows: tuple[PlanRow, ...]
    table: Table = field(repr=False)
    parsed: Sequence[ParsedRow[Any]] = field(repr=False)
    own: tuple[Field, ...] = ()
    by_hand: bool = False
    decided: Mapping[int, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.source.name

    @property
    def words(self) -> str:
        return self.table.words

    @property
    def sheet(self) -> str:
        return self.table.sheet

    @property
    def sheets(self) -> tuple[str, ...]:
        return self.table.sheets

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(self.table.headers)

    def count(self, outcome: str) -> int:
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def summary(self) -> str:
        return summary_of(self.rows)

    @property
    def fault(self) -> str:
        """Why nothing could be brought in; "" where a row is good, or nothing was tried."""
        return none_good(self.name, self.rows)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did; `wrong` are those of its rows that were left out, with their line numbers."""

    noun: str
    added: int
    changed: int
    same: int
    rows: tuple[PlanRow, ...]
    ids: tuple[str, ...]

    @property
    def wrong(self) -> tuple[PlanRow, ...]:
        return tuple(row for row in self.rows if row.outcome == "wrong")

    @property
    def summary(self) -> str:
        return summary_of(self.rows)


def summary_of(rows: Sequence[PlanRow]) -> str:
    """12 new, 3 changed, 1 left out"""
    counts = [(sum(row.outcome == key for row in rows), words) for key, words in OUTCOMES.items()]
    return ", ".join(f"{in_digits(count)} {words}" for count, words in counts if count) or "nothing"


def none_good(name: str, rows: Sequence[PlanRow]) -> str:
    wrong = [row for row in rows if row.outcome == "wrong"]
    if not wrong or len(wrong) < len(rows):
        return ""
    first = wrong[0]
    return (
        f"No row of {name} could be taken in; nothing was changed. "
        f"Of {plural(len(wrong), 'row')} the first, line {first.line}: {first.problems[0]}"
    )


class Columns:
    """Puts what a rule says about a field at the column that the field was read from."""

    def __init__(self, specs: Sequence[Field], mapping: Mapping[str, str]) -> None:
        self._labels = {spec.name: spec.label for spec in specs}
        self._mapping = mapping

    def header(self, name: str) -> str:
        """The column that holds this field of a draft; "" where none does."""
        name = name.replace("custom.", "custom:", 1) if name.startswith("custom.") else name
        return next((self._mapping[one] for one in _MEANT.get(name, (name,)) if one in self._mapping), "")

    def of_problems(self, one: ParsedRow[Any]) -> tuple[tuple[str, ...], dict[str, str]]:
        words = tuple(f"{p.header}: {p.words}" if p.header else p.words for p in one.problems)
        return words, _joined((p.header, p.words) for p in one.problems if p.header)

    def of_rule(self, found: Mapping[str, str]) -> tuple[tuple[str, ...], dict[str, str]]:
        words = tuple(f"{self._labels[name]}: {said}" if name in self._labels else said for name, said in found.items())
        return words, _joined((self.header(name), said) for name, said in found.items() if self.header(name))

    def before(self, changes: Mapping[str, tuple[Any, Any]]) -> dict[str, str]:
        """What stands in the store now, by the column that would change it."""
        found: dict[str, str] = {}
        for name, (old, new) in changes.items():
            if name == "custom":
                for own_id in new:
                    if old.get(own_id, "") != new[own_id] and (header := self.header(f"custom.{own_id}")):
                        found[header] = old.get(own_id, "")
            elif header := self.header(name):
                found[header] = worded(old)
        return found


def _joined(pairs: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for header, words in pairs:
        found[header] = f"{found[header]} {words}" if header in found else words
    return found


def worded(value: Any) -> str:
    """A draft's value as a line of text."""
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(worded, value)))
    if isinstance(value, date):
        return value.isoformat()
    if (name := getattr(value, "name", None) or getattr(value, "language", None)) is not None:
        return str(name)
    return "" if value is None else str(value)
