"""The file for a school's campus office: one row for each student and project, CSV and XLSX."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from core.errors import UserError
from core.exchange.aggregate import Aggregates, aggregate_sheets, aggregate_table
from core.exchange.write import Cell, Kind, Sheet, write_csv, write_xlsx
from core.files import safe_name

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A student x a project, as the columns of the share file; only students with a live consent belong in it.

    `fee` in cents. The eight competencies are 1 to 4 or None. None and "" are written as nothing.
    """

    school: str
    campus_office: str
    student_first: str
    student_last: str
    student_email: str
    student_id: str
    class_year: int | None
    expected_graduation: date | None
    major: str
    cip_code: str
    employer: str
    employer_city: str
    employer_state: str
    project_title: str
    category: str
    start_date: date | None
    end_date: date | None
    hours_estimated: int | None
    minutes_logged: int | None
    fee: int | None
    currency: str
    location_mode: str
    supervisor_name: str
    supervisor_email: str
    status: str
    learning_objectives: Sequence[str]
    deliverables: Sequence[str]
    career_self_development: int | None
    communication: int | None
    critical_thinking: int | None
    equity_inclusion: int | None
    leadership: int | None
    professionalism: int | None
    teamwork: int | None
    technology: int | None
    supervisor_comment: str
    student_reflection: str
    would_rehire: bool | None
    follow_on: str
    consent_date: date | None
    consent_scope: str
    record_version: int

    @property
    def hours_logged(self) -> Decimal | None:
        if self.minutes_logged is None:
            return None
        return (Decimal(self.minutes_logged) / 60).quantize(_CENT, ROUND_HALF_UP)

    @property
    def amount(self) -> Decimal | None:
        return None if self.fee is None else (Decimal(self.fee) / 100).quantize(_CENT)

    @property
    def fee_usd(self) -> Decimal | None:
        return self.amount if self.currency == "USD" else None

    @property
    def effective_rate_usd(self) -> Decimal | None:
        """For an hour logged; where none is, for an hour estimated."""
        hours = self.hours_logged or Decimal(self.hours_estimated or 0)
        if self.fee_usd is None or not hours:
            return None
        return (self.fee_usd / hours).quantize(_CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    words: str
    kind: Kind
    value: Callable[[ShareRow], Cell]


def _own(name: str, words: str, kind: Kind = "text") -> _Column:
    return _Column(name, words, kind, lambda row: getattr(row, name))


def _month(row: ShareRow) -> str | None:
    return row.expected_graduation.strftime("%Y-%m") if row.expected_graduation else None


_COMPETENCY = "Supervisor's mark for the NACE competency {}, 1 to 4: {}; blank where not marked."
_LEVELS = "1 Emerging Knowledge, 2 Understanding, 3 Early Application, 4 Advanced Application"


def _mark(name: str, competency: str) -> _Column:
    return _own(name, _COMPETENCY.format(competency, _LEVELS), "number")


_COLUMNS = (
    _own("school", "School at which the student was enrolled when the project began."),
    _own("campus_office", "Office of the school that this file is for."),
    _own("student_first", "Student's first name."),
    _own("student_last", "Student's last name."),
    _own("student_email", "Student's e-mail address."),
    _own("student_id", "Student number given by the school; blank where unknown."),
    _own("class_year", "Class year when the project began: 1 first year, 2 second year, and so on.", "number"),
    _Column("expected_graduation", "Month of expected graduation, YYYY-MM.", "text", _month),
    _own("major", "Major or field of study."),
    _own("cip_code", "Code of the major in the Classification of Instructional Programs; blank where unknown."),
    _own("employer", "Name of the employer."),
    _own("employer_city", "Employer's city."),
    _own("employer_state", "Employer's state."),
    _own("project_title", "Title of the project (micro-internship)."),
    _own("category", "Kind of work."),
    _own("start_date", "Day on which the work began, YYYY-MM-DD.", "date"),
    _own("end_date", "Day on which the work ended, YYYY-MM-DD; blank while it runs.", "date"),
    _own("hours_estimated", "Hours of work that the project was estimated at.", "number"),
    _own("hours_logged", "Hours that the student entered, as a decimal number; blank where none were.", "number"),
    _own("fee_usd", "Fixed fee for the whole project in US dollars; blank in another currency.", "money"),
    _own(
        "effective_rate_usd",
        "fee_usd for each hour logged or, where none is, for each hour estimated; blank in another currency.",
        "money",
    ),
    _Column("fee", "Fixed fee for the whole project, in the currency of the next column.", "money", lambda r: r.amount),
    _own("currency", "Currency of the fee, ISO 4217."),
    _own("location_mode", "Where the work was done: remote, on_site or mixed."),
    _own("supervisor_name", "Supervisor on the employer's side."),
    _own("supervisor_email", "Supervisor's e-mail address."),
    _own("status", "State of the work: agreed, running, delivered, accepted, ended_early, did_not_show or cancelled."),
    _Column("learning_objectives", "What the student was to learn; several are parted by a semicolon.", "text",
            lambda row: "; ".join(row.learning_objectives)),
    _Column("deliverables", "What the student was to hand in; several are parted by a semicolon.", "text",
            lambda row: "; ".join(row.deliverables)),
    _mark("career_self_development", "Career & Self-Development"),
    _mark("communication", "Communication"),
    _mark("critical_thinking", "Critical Thinking"),
    _mark("equity_inclusion", "Equity & Inclusion"),
    _mark("leadership", "Leadership"),
    _mark("professionalism", "Professionalism"),
    _mark("teamwork", "Teamwork"),
    _mark("technology", "Technology"),
    _own("supervisor_comment", "What the supervisor wrote for the student to read."),
    _own("student_reflection", "What the student wrote on the project."),
    _own("would_rehire", "Whether the supervisor would work with the student again: yes, no or blank."),
    _own("follow_on", "What followed with the same employer; blank where nothing has."),
    _own("consent_date", "Day on which the student consented to this file, YYYY-MM-DD.", "date"),
    _own("consent_scope", "What the student consented to."),
    _own("record_version", "Goes up with each change of the record; the highest is the latest.", "number"),
)  # fmt: skip
_ONLY_OTHER_CURRENCIES = frozenset({"fee", "currency"})


def columns(rows: Sequence[ShareRow]) -> list[str]:
    """The headers in their order. `fee` and `currency` are there only where a row is not in US dollars."""
    return [column.name for column in _shown(rows)]


def _shown(rows: Sequence[ShareRow]) -> list[_Column]:
    other = any(row.currency != "USD" for row in rows)
    return [column for column in _COLUMNS if other or column.name not in _ONLY_OTHER_CURRENCIES]


def share_paths(out_dir: Path, school: str, made_on: date, *, aggregate: bool = False) -> list[Path]:
    """Where `write_share` writes: the CSV and the XLSX."""
    stem = safe_name(f"{school} micro-internships{' in figures' if aggregate else ''} {made_on}")
    return [out_dir / f"{stem}.csv", out_dir / f"{stem}.xlsx"]


def write_share(
    out_dir: Path,
    school: str,
    rows: Sequence[ShareRow],
    aggregates: Aggregates | None = None,
    *,
    made_on: date,
    overwrite: bool = False,
) -> list[Path]:
    """Writes a CSV and an XLSX (data, data dictionary, summary) and returns their paths.

    With `aggregates` the files hold figures alone and nobody's row; `rows` must be empty then. Both files or none.
    Raises UserError, SystemFault.
    """
    if aggregates is not None and rows:
        raise ValueError("figures and people's rows do not go into one file")
    paths = share_paths(out_dir, school, made_on, aggregate=aggregates is not None)
    for path in paths:
        if path.exists() and not overwrite:
            raise UserError(f"{path} is there already. Choose another folder, or say that it may be replaced.")
    if aggregates is not None:
        headers, table = aggregate_table(aggregates)
        sheets = aggregate_sheets(aggregates, school, made_on)
    else:
        shown = _shown(rows)
        headers = [column.name for column in shown]
        table = [[column.value(row) for column in shown] for row in rows]
        sheets = _sheets(shown, table, rows, school, made_on)
    csv_path, xlsx_path = paths
    there = csv_path.exists()
    write_csv(csv_path, headers, table, overwrite=overwrite)
    try:
        write_xlsx(xlsx_path, sheets, overwrite=overwrite)
    except BaseException:
        if not there:
            csv_path.unlink(missing_ok=True)
        raise
    return paths


def _sheets(
    shown: Sequence[_Column], table: Sequence[Sequence[Cell]], rows: Sequence[ShareRow], school: str, made_on: date
) -> list[Sheet]:
    kinds: dict[str, Kind] = {column.name: column.kind for column in shown}
    dictionary = [[column.name, column.words] for column in shown]
    return [
        Sheet("Data", [column.name for column in shown], table, kinds),
        Sheet("Data dictionary", ["Column", "What it holds"], dictionary),
        Sheet("Summary", ["Figure", "Value"], _summary(rows, school, made_on)),
    ]


def _summary(rows: Sequence[ShareRow], school: str, made_on: date) -> list[list[Cell]]:
    students = {(row.student_email or f"{row.student_first} {row.student_last}").casefold() for row in rows}
    figures: list[list[Cell]] = [
        ["School", school],
        ["Made on", made_on],
        ["Students", len(students)],
        ["Micro-internships", len(rows)],
        ["Accepted by the supervisor", sum(1 for row in rows if row.status == "accepted")],
        ["Hours estimated", sum(row.hours_estimated or 0 for row in rows)],
        ["Hours logged", sum((row.hours_logged or Decimal(0) for row in rows), Decimal(0))],
    ]
    for currency in sorted({row.currency for row in rows if row.amount is not None}):
        total = sum((row.amount or Decimal(0) for row in rows if row.currency == currency), Decimal(0))
        figures.append([f"Fees, {currency}", total])
    begun = [row.start_date for row in rows if row.start_date]
    if begun:
        figures += [["First began on", min(begun)], ["Last began on", max(begun)]]
    return figures
