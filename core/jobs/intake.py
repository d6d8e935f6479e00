"""Taking a table in: what it would do, row by row, and then doing it as one change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from core.errors import FieldErrors, UserError
from core.exchange.columns import check as check_mapping
from core.exchange.columns import fields, guess, missing, read_for
from core.exchange.fields import Field, own_field
from core.exchange.parsed import ParsedRow
from core.exchange.records import parse
from core.exchange.table import Pasted, Table
from core.insight import office
from core.jobs.intake_plan import Columns, ImportPlan, ImportReport, PlanRow, none_good, summary_of
from core.jobs.intake_rows import TAKERS, Taken, as_candidate
from core.store import Label, Store, layouts
from core.store.journal import watched
from core.work import custom_fields, gather
from core.work.look_alike import Alike
from core.work.overlay import ANOTHER_ROW

__all__ = ["ImportPlan", "ImportReport", "PlanRow", "own_fields", "plan_import", "run_import", "summary_of"]

Progress = Callable[[int, int], None]
_FROM_WORK = {"added": "new", "changed": "changed", "same": "same"}


class _TrialError(Exception):
    """Ends a trial; whatever it did is taken back."""


def own_fields(store: Store, noun: str) -> tuple[Field, ...]:
    """One's own fields of an importable noun, as columns."""
    if noun not in custom_fields.NOUNS:
        return ()
    made: list[Field] = []
    for one in custom_fields.fields(store, noun):
        made.append(own_field(noun, one.id, one.name, one.kind, [spec.label for spec in made]))
    return tuple(made)


def plan_import(
    store: Store,
    source: Path | Pasted,
    noun: str = "candidates",
    mapping: Mapping[str, str] | None = None,
    *,
    today: date,
    sheet: str | None = None,
    trial: bool = True,
    decided: Mapping[int, str] | None = None,
    progress: Progress | None = None,
) -> ImportPlan:
    """Reads the table and tries every row against the store, then takes all of it back: what is said is what will be.

    Without `trial` it is only read, to be run at once, and `rows` is empty. Without `mapping` the columns are those of
    the last file with the same ones that somebody mapped by hand, else they are guessed. UserError, SystemFault where
    the table cannot be read or mapped.
    """
    own = own_fields(store, noun)
    table = read_for(source, noun, sheet, mapping, own)
    recalled = _recalled(store, table, noun, own) if mapping is None else None
    told = mapping if mapping is not None else recalled
    known = (
        guess(table.headers, table.rows, noun, own) if told is None else check_mapping(told, table.headers, noun, own)
    )
    lacking = missing(known, noun)
    currency = office.employer(store).currency
    notes = list(table.notes)
    if recalled is not None:
        notes.append("The columns are taken as they were the last time for a file with the same ones.")
    unused = [header for header in table.headers if header not in known.values()]
    if unused and noun != "applications":
        notes.append(f"Not brought in: {', '.join(unused)}.")
    plan = ImportPlan(
        source=source,
        noun=noun,
        notes=tuple(notes),
        mapping=known,
        missing=lacking,
        rows=(),
        table=table,
        parsed=() if lacking else parse(noun, table, known, currency, own, progress),
        own=own,
        by_hand=told is not None,
        decided=decided or {},
    )
    return tried(store, plan, today=today, progress=progress) if trial else plan


def _recalled(store: Store, table: Table, noun: str, own: Sequence[Field]) -> Mapping[str, str] | None:
    """Without fields that are gone since."""
    found = layouts.recall(store, noun, table.headers)
    there = {spec.name for spec in fields(noun, own)}
    return None if found is None else {name: header for name, header in found.items() if name in there}


def tried(
    store: Store,
    plan: ImportPlan,
    *,
    today: date,
    decided: Mapping[int, str] | None = None,
    progress: Progress | None = None,
) -> ImportPlan:
    """The plan with what each of its rows would do now, and under these decisions."""
    plan = plan if decided is None else replace(plan, decided=dict(decided))
    if not plan.parsed:
        return plan
    rows: list[PlanRow] = []
    try:
        with store.change(_label(plan.noun)):
            rows += _take(store, plan, today, progress, trial=True)[0]
            raise _TrialError
    except _TrialError:
        return replace(plan, rows=tuple(rows))


def run_import(store: Store, plan: ImportPlan, *, today: date, progress: Progress | None = None) -> ImportReport:
    """Takes in all good rows of a plan as ONE change; the wrong ones are reported and left out.

    `progress(done, total)` may raise to cancel; then nothing is written. UserError where no row is good. Columns that
    were mapped by hand are remembered for the next file with the same ones.
    """
    if plan.missing:
        raise UserError(plan.missing)
    total = len(plan.parsed)
    step = None if progress is None else lambda: progress(total, total)
    with store.change(_label(plan.noun)) as session:
        watched(session, step)
        rows, ids = _take(store, plan, today, progress)
        if fault := none_good(plan.name, rows):
            raise UserError(fault)
    if plan.by_hand:
        layouts.remember(store, plan.noun, plan.headers, plan.mapping)
    return ImportReport(
        plan.noun,
        sum(row.outcome == "new" for row in rows),
        sum(row.outcome == "changed" for row in rows),
        sum(row.outcome == "same" for row in rows),
        tuple(rows),
        tuple(ids),
    )


def _label(noun: str) -> Label:
    return Label.CANDIDATES_IMPORTED if noun == "candidates" else Label.RECORDS_IMPORTED


def _take(
    store: Store, plan: ImportPlan, today: date, progress: Progress | None, *, trial: bool = False
) -> tuple[list[PlanRow], list[str]]:
    """Within a running change."""
    columns = Columns(fields(plan.noun, plan.own), plan.mapping)
    if plan.noun == "candidates":
        outcomes, ids = _take_people(store, plan, today, progress, columns, trial=trial)
    else:
        outcomes, ids = _take_each(store, plan, today, progress, columns)
    if progress is not None:
        progress(len(plan.parsed), len(plan.parsed))
    return [outcomes[place] for place in range(len(plan.parsed))], ids


def _take_people(
    store: Store, plan: ImportPlan, today: date, progress: Progress | None, columns: Columns, *, trial: bool
) -> tuple[dict[int, PlanRow], list[str]]:
    """All at once: ten thousand people are looked up in memory."""
    parsed = plan.parsed
    good = [place for place, one in enumerate(parsed) if not one.problems]
    drafts = [as_candidate(parsed[place].row) for place in good]
    where = {f"{ANOTHER_ROW}{place}": f"{ANOTHER_ROW}{at}" for at, place in enumerate(good)}
    decided = {
        # A row that is itself left out is none to be put together with.
        at: where.get(said, f"{ANOTHER_ROW}{at}") if (said := plan.decided[place]).startswith(ANOTHER_ROW) else said
        for at, place in enumerate(good)
        if place in plan.decided
    }
    report = gather.add_candidates(
        store, drafts, today=today, skip_faulty=True, decided=decided, trial=trial, progress=progress
    )
    found: dict[int, PlanRow] = {}
    for place, one in enumerate(parsed):
        if one.problems:
            found[place] = _refused(one, one.row.name, columns)
    for at, place in enumerate(good):
        one = parsed[place]
        likely = tuple(_of_file(alike, good, parsed) for alike in report.likely.get(at, ()))
        if (said := plan.decided.get(place, "")).startswith(ANOTHER_ROW):
            # So that it can be said otherwise again.
            other = parsed[int(said.removeprefix(ANOTHER_ROW))]
            likely = (Alike(said, f"{other.row.name} in row {other.line}", "is the one you said"),)
        if at in report.failed:
            words, cells = columns.of_rule(report.failed[at])
            found[place] = PlanRow(one.line, "wrong", one.row.name, words, one.notes, cells, likely=likely)
            continue
        if at in report.joined:
            line = parsed[good[report.joined[at]]].line
            done = f"Put together with row {line}. Where both say something, row {line} holds."
            found[place] = PlanRow(one.line, "joined", one.row.name, (), (*one.notes, done), likely=likely)
            continue
        notes = one.notes if at not in report.notes else (*one.notes, report.notes[at])
        if at in report.doubles:
            earlier, why = report.doubles[at]
            notes = (*notes, f"Somebody in row {parsed[good[earlier]].line} of this file {why}.")
        outcome, new = _FROM_WORK[report.outcomes[at]], report.outcomes[at] == "added"
        found[place] = PlanRow(
            one.line,
            outcome,
            one.row.name,
            (),
            notes,
            before=columns.before(report.changes.get(at, {})),
            person_id="" if new else report.people[at],
            likely=likely,
        )
    return found, report.ids


def _of_file(alike: Alike, good: Sequence[int], parsed: Sequence[ParsedRow[Any]]) -> Alike:
    """One of another row, by its place and line in this file."""
    if not alike.candidate_id.startswith(ANOTHER_ROW):
        return alike
    place = good[int(alike.candidate_id.removeprefix(ANOTHER_ROW))]
    return replace(alike, candidate_id=f"{ANOTHER_ROW}{place}", name=f"{alike.name} in row {parsed[place].line}")


def _take_each(
    store: Store, plan: ImportPlan, today: date, progress: Progress | None, columns: Columns
) -> tuple[dict[int, PlanRow], list[str]]:
    """One after the other, each whole or not at all."""
    parsed = plan.parsed
    take, found, ids = TAKERS[plan.noun](store, today), dict[int, PlanRow](), list[str]()
    with store.change(_label(plan.noun)) as session:
        for place, one in enumerate(parsed):
            if progress is not None and place % 20 == 0:
                progress(place, len(parsed))
            what = take.what(one.row)
            if one.problems:
                found[place] = _refused(one, what, columns)
                continue
            try:
                with session.begin_nested():
                    done: Taken = take.take(one.row)
            except FieldErrors as error:
                words, cells = columns.of_rule(error.fields)
                found[place] = PlanRow(one.line, "wrong", what, words, one.notes, cells)
            except UserError as error:
                found[place] = PlanRow(one.line, "wrong", what, (str(error),), one.notes)
            else:
                found[place] = PlanRow(one.line, done.outcome, what, (), (*one.notes, *done.notes))
                ids.append(done.row_id)
    return found, ids


def _refused(one: ParsedRow[Any], what: str, columns: Columns) -> PlanRow:
    words, cells = columns.of_problems(one)
    return PlanRow(one.line, "wrong", what, words, one.notes, cells)
