"""Taking a table in: what it would do, row by row, and then doing it as one change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from core.errors import FieldErrors, UserError
from core.exchange.columns import check as check_mapping
from core.exchange.columns import fields, guess, missing, read_for
from core.exchange.parsed import ParsedRow
from core.exchange.records import parse
from core.exchange.table import Table
from core.insight import office
from core.jobs.intake_rows import TAKERS, Taken, as_candidate
from core.store import Label, Store
from core.text import plural
from core.work import gather

Progress = Callable[[int, int], None]
OUTCOMES = {"new": "new", "changed": "changed", "same": "as it is in the store", "wrong": "left out"}
_FROM_WORK = {"added": "new", "changed": "changed", "same": "same"}


@dataclass(frozen=True, slots=True)
class PlanRow:
    """`outcome`: a key of OUTCOMES. `what`: what the row is about. `problems` say why it is left out."""

    line: int
    outcome: str
    what: str
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do today. `words`: how the file was read; `mapping`: field to header.

    `missing`: a sentence where columns must be named before anything can be read; then there are no rows.
    """

    path: Path
    noun: str
    words: str
    notes: tuple[str, ...]
    sheet: str
    sheets: tuple[str, ...]
    headers: tuple[str, ...]
    mapping: Mapping[str, str]
    missing: str | None
    rows: tuple[PlanRow, ...]
    parsed: Sequence[ParsedRow[Any]] = field(repr=False)

    def count(self, outcome: str) -> int:
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def summary(self) -> str:
        return summary_of(self.rows)

    @property
    def fault(self) -> str:
        """Why nothing could be brought in; "" where a row is good, or nothing was tried."""
        return _none_good(self.path.name, self.rows)


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


class _TrialError(Exception):
    """Ends a trial; whatever it did is taken back."""


def summary_of(rows: Sequence[PlanRow]) -> str:
    """12 new, 3 changed, 1 left out"""
    counts = [(sum(row.outcome == key for row in rows), words) for key, words in OUTCOMES.items()]
    return ", ".join(f"{count:,} {words}" for count, words in counts if count) or "nothing"


def plan_import(
    store: Store,
    path: Path,
    noun: str = "candidates",
    mapping: Mapping[str, str] | None = None,
    *,
    today: date,
    sheet: str | None = None,
    trial: bool = True,
    progress: Progress | None = None,
) -> ImportPlan:
    """Reads the file and tries every row against the store, then takes all of it back: what is said is what will be.

    Without `trial` it is only read, to be run at once, and `rows` is empty. Without `mapping` the columns are guessed.
    UserError, SystemFault where the file cannot be read or mapped.
    """
    table = read_for(path, noun, sheet, mapping)
    known = (
        check_mapping(mapping, table.headers, noun) if mapping is not None else guess(table.headers, table.rows, noun)
    )
    lacking = missing(known, noun)
    parsed: Sequence[ParsedRow[Any]] = () if lacking else parse(noun, table, known, office.employer(store).currency)
    rows = _try(store, noun, parsed, today, progress) if parsed and trial else ()
    return _plan(path, noun, table, known, lacking, rows, parsed)


def _plan(
    path: Path,
    noun: str,
    table: Table,
    mapping: Mapping[str, str],
    lacking: str | None,
    rows: tuple[PlanRow, ...],
    parsed: Sequence[ParsedRow[Any]],
) -> ImportPlan:
    notes = list(table.notes)
    unused = [header for header in table.headers if header not in mapping.values()]
    if unused and noun != "applications":
        notes.append(f"Not brought in: {', '.join(unused)}.")
    return ImportPlan(
        path=path,
        noun=noun,
        words=table.words,
        notes=tuple(notes),
        sheet=table.sheet,
        sheets=table.sheets,
        headers=tuple(table.headers),
        mapping=mapping,
        missing=lacking,
        rows=rows,
        parsed=parsed,
    )


def _try(
    store: Store, noun: str, parsed: Sequence[ParsedRow[Any]], today: date, progress: Progress | None
) -> tuple[PlanRow, ...]:
    rows: list[PlanRow] = []
    try:
        with store.change(_label(noun)):
            rows += _take(store, noun, parsed, today, progress)[0]
            raise _TrialError
    except _TrialError:
        return tuple(rows)


def run_import(store: Store, plan: ImportPlan, *, today: date, progress: Progress | None = None) -> ImportReport:
    """Takes in all good rows of a plan as ONE change; the wrong ones are reported and left out.

    `progress(done, total)` may raise to cancel; then nothing is written. UserError where no row is good.
    """
    if plan.missing:
        raise UserError(plan.missing)
    with store.change(_label(plan.noun)):
        rows, ids = _take(store, plan.noun, plan.parsed, today, progress)
        if fault := _none_good(plan.path.name, rows):
            raise UserError(fault)
    return ImportReport(
        plan.noun,
        sum(row.outcome == "new" for row in rows),
        sum(row.outcome == "changed" for row in rows),
        sum(row.outcome == "same" for row in rows),
        tuple(rows),
        tuple(ids),
    )


def _none_good(name: str, rows: Sequence[PlanRow]) -> str:
    wrong = [row for row in rows if row.outcome == "wrong"]
    if not wrong or len(wrong) < len(rows):
        return ""
    first = wrong[0]
    return (
        f"No row of {name} could be taken in; nothing was changed. "
        f"Of {plural(len(wrong), 'row')} the first, line {first.line}: {first.problems[0]}"
    )


def _label(noun: str) -> Label:
    return Label.CANDIDATES_IMPORTED if noun == "candidates" else Label.RECORDS_IMPORTED


def _take(
    store: Store, noun: str, parsed: Sequence[ParsedRow[Any]], today: date, progress: Progress | None
) -> tuple[list[PlanRow], list[str]]:
    """Within a running change."""
    labels = {spec.name: spec.label for spec in fields(noun)}
    taken = _take_people if noun == "candidates" else _take_each
    outcomes, ids = taken(store, noun, parsed, today, progress, labels)
    if progress is not None:
        progress(len(parsed), len(parsed))
    return [outcomes[place] for place in range(len(parsed))], ids


def _take_people(
    store: Store,
    noun: str,  # noqa: ARG001 - taken as _take_each is
    parsed: Sequence[ParsedRow[Any]],
    today: date,
    progress: Progress | None,
    labels: Mapping[str, str],
) -> tuple[dict[int, PlanRow], list[str]]:
    """All at once: ten thousand people are looked up in memory."""
    good = [place for place, one in enumerate(parsed) if not one.problems]
    drafts = [as_candidate(parsed[place].row) for place in good]
    report = gather.add_candidates(store, drafts, today=today, skip_faulty=True, progress=progress)
    found: dict[int, PlanRow] = {}
    for place, one in enumerate(parsed):
        if one.problems:
            found[place] = _refused(one, one.row.name)
    for at, place in enumerate(good):
        one = parsed[place]
        if at in report.failed:
            found[place] = PlanRow(one.line, "wrong", one.row.name, _field_words(report.failed[at], labels), one.notes)
        else:
            found[place] = PlanRow(one.line, _FROM_WORK[report.outcomes[at]], one.row.name, (), one.notes)
    return found, report.ids


def _take_each(
    store: Store,
    noun: str,
    parsed: Sequence[ParsedRow[Any]],
    today: date,
    progress: Progress | None,
    labels: Mapping[str, str],
) -> tuple[dict[int, PlanRow], list[str]]:
    """One after the other, each whole or not at all."""
    take, found, ids = TAKERS[noun](store, today), dict[int, PlanRow](), list[str]()
    with store.change(_label(noun)) as session:
        for place, one in enumerate(parsed):
            if progress is not None and place % 20 == 0:
                progress(place, len(parsed))
            what = take.what(one.row)
            if one.problems:
                found[place] = _refused(one, what)
                continue
            try:
                with session.begin_nested():
                    done: Taken = take.take(one.row)
            except FieldErrors as error:
                found[place] = PlanRow(one.line, "wrong", what, _field_words(error.fields, labels), one.notes)
            except UserError as error:
                found[place] = PlanRow(one.line, "wrong", what, (str(error),), one.notes)
            else:
                found[place] = PlanRow(one.line, done.outcome, what, (), (*one.notes, *done.notes))
                ids.append(done.row_id)
    return found, ids


def _refused(one: ParsedRow[Any], what: str) -> PlanRow:
    words = tuple(f"{p.header}: {p.words}" if p.header else p.words for p in one.problems)
    return PlanRow(one.line, "wrong", what, words, one.notes)


def _field_words(found: Mapping[str, str], labels: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"{labels[name]}: {words}" if name in labels else words for name, words in found.items())
