"""A noun's rows, or all of the store, in a file that other programs read."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from core import VERSION
from core.academic import class_year
from core.errors import UserError
from core.exchange.columns import fields
from core.exchange.fields import OWN
from core.exchange.several import join_several
from core.exchange.write import Cell, Kind, Sheet, write_csv, write_json, write_xlsx
from core.insight import records
from core.jobs.intake import own_fields
from core.jobs.leaving import all_or_nothing
from core.model.words import LANGUAGE_LEVELS
from core.store import Store
from core.text import plural

FORMAT = 1
"""The shape of the JSON; it goes up when a program that reads one would stumble over the next."""
ENDINGS = (".csv", ".xlsx", ".json")
_CENTS = frozenset({"fee", "amount", "salary", "pay_floor", "legal_minimum", "goal_budget"})
_MONTHS = frozenset({"expected_graduation"})
_PRIVATE = frozenset({"hold_reason", "private_comment"})
"""What may tell of someone's authorisation to work, and what was written for us alone: only a copy of all has it."""
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Exported:
    """`what`: the noun, or "all"."""

    file: Path
    what: str
    rows: int


def export(
    store: Store,
    out: Path,
    what: str | None = None,
    *,
    today: date,
    overwrite: bool = False,
    only: Collection[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Exported:
    """Writes a noun's rows as .csv, .xlsx or .json, or `all` as .json, and records it. `only`: ids of a noun's rows.

    Candidates, projects, applications, offers, payments and to-dos come under the headers by which they can be taken in
    again. Without `what`: candidates, or all of it for .json. `progress(done, total)` may raise to cancel; then there
    is neither file nor record. UserError, SystemFault.
    """
    ending = out.suffix.lower()
    if ending not in ENDINGS:
        raise UserError(f"{out.name} should end in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}.")
    what = what or ("all" if ending == ".json" else "candidates")
    if what == "all" and ending != ".json":
        raise UserError("All of it goes into a .json file only. Name a noun for a table, such as candidates.")
    if what != "all" and records.table_name(what) in records.PRIVATE:
        raise UserError(f"{what.capitalize()} are private and leave in no table. A backup holds them.")
    chosen = what
    count = 0

    def write() -> None:
        nonlocal count
        writer = _write_json if ending == ".json" else _write_table
        count = writer(store, out, chosen, today, overwrite, only)

    def record() -> None:
        if progress is not None:
            progress(1, 2)
        words = "All data" if chosen == "all" else chosen.capitalize()
        digest = hashlib.sha256(out.read_bytes()).hexdigest()
        store.disclose("export", f"{words}, {plural(count, 'row')}", "", out.name, digest)

    all_or_nothing([out], write, record)
    return Exported(out, chosen, count)


def _write_json(store: Store, out: Path, what: str, today: date, overwrite: bool, only: Collection[str] | None) -> int:
    from core.store import migrate

    head = {"program": f"Foothold {VERSION}", "format": FORMAT, "schema": migrate.head(), "made_on": today}
    if what == "all":
        nouns = {noun.replace("_", "-"): rows for noun, rows in records.everything(store, today=today).items()}
    else:
        there = records.everything(store, today=today)[records.table_name(what)]
        found = [row for row in there if only is None or row["id"] in only]
        nouns = {what: [{c: v for c, v in row.items() if what == "payments" or c not in _PRIVATE} for row in found]}
    write_json(out, {**head, "nouns": nouns}, overwrite=overwrite)
    return sum(len(rows) for rows in nouns.values())


def _write_table(store: Store, out: Path, what: str, today: date, overwrite: bool, only: Collection[str] | None) -> int:
    sheet = _sheet(store, what, today, only)
    if out.suffix.lower() == ".xlsx":
        write_xlsx(out, [sheet], overwrite=overwrite)
    else:
        write_csv(out, sheet.headers, sheet.rows, overwrite=overwrite)
    return len(sheet.rows)


def _sheet(store: Store, what: str, today: date, only: Collection[str] | None) -> Sheet:
    name = what.capitalize()
    if what not in _TABLES:
        return _plain_sheet(store, what, name, today, only)
    rows, more = _TABLES[what](_Rows(store, today))
    rows = [row for row in rows if only is None or row["id"] in only]
    specs = [spec for spec in fields(what, own_fields(store, what)) if spec.name != "name"]
    headers = [spec.label for spec in specs] + more
    kinds = {spec.label: kind for spec in specs if (kind := _kind(spec.name)) is not None}
    return Sheet(name, headers, [[row.get(key) for key in [*(s.name for s in specs), *more]] for row in rows], kinds)


def _plain_sheet(store: Store, what: str, name: str, today: date, only: Collection[str] | None) -> Sheet:
    found = records.listing(store, what, all_columns=True, today=today)
    columns = [c for c in found.columns if c not in _PRIVATE]
    rows = [
        [row_id, *(_cell(c, row[c], found.names) for c in columns)]
        for row_id, row in found.rows
        if only is None or row_id in only
    ]
    kinds = {c: kind for c in columns if (kind := _kind(c)) is not None}
    return Sheet(name, ["id", *columns], rows, kinds)


def _kind(column: str) -> Kind | None:
    if column in _CENTS:
        return "money"
    if column in _MONTHS:
        return "month"
    return "date" if column.endswith(("_on", "_by", "_until")) else None


def _money(cents: int | None) -> Decimal | None:
    return None if cents is None else (Decimal(cents) / 100).quantize(Decimal("0.01"))


def _cell(column: str, value: Any, names: Mapping[str, str]) -> Cell:
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    if column in _CENTS:
        return _money(value)
    if isinstance(value, datetime):
        return value.replace(microsecond=0, tzinfo=None)
    known: Cell = names.get(value, value) if column.endswith("_id") else value
    return known


class _Rows:
    """The store's rows by noun, each read once."""

    def __init__(self, store: Store, today: date) -> None:
        self.today = today
        self._store = store
        self._kept: dict[str, list[dict[str, Any]]] = {}

    def __call__(self, noun: str) -> list[dict[str, Any]]:
        if noun not in self._kept:
            self._kept[noun] = records.rows_where(self._store, noun, today=self.today)
        return self._kept[noun]

    def by_id(self, noun: str) -> dict[str, dict[str, Any]]:
        return {row["id"]: row for row in self(noun)}

    def grouped(self, noun: str, owner: str) -> dict[str, list[dict[str, Any]]]:
        groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in sorted(self(noun), key=lambda one: one.get("position", 0)):
            groups[row[owner]].append(row)
        return groups

    def own(self, owner: str) -> dict[str, dict[str, str]]:
        """What stands in one's own fields, by owner and then by column. `owner`: candidate_id, project_id."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for row in self("custom_values"):
            if row[owner]:
                found[row[owner]][OWN + row["field_id"]] = row["text"]
        return found

    def emails(self) -> dict[str, str]:
        return {owner: rows[0]["address"] for owner, rows in self.grouped("candidate_emails", "candidate_id").items()}

    def numbers(self) -> dict[str, str]:
        return {row["id"]: f"P-{row['number']:03}" for row in self("projects")}


Made = tuple[Sequence[Row], list[str]]
"""Rows by field name, and the headers of columns beyond the fields."""


def _candidates(rows: _Rows) -> Made:
    emails, studies = rows.grouped("candidate_emails", "candidate_id"), rows.grouped("enrolments", "candidate_id")
    skills, names = rows.grouped("candidate_skills", "candidate_id"), rows.by_id("skills")
    spoken, tags = rows.grouped("candidate_languages", "candidate_id"), rows.grouped("candidate_tags", "candidate_id")
    schools, tag_names, own = rows.by_id("schools"), rows.by_id("tags"), rows.own("candidate_id")
    found = []
    for person in sorted(rows("candidates"), key=lambda one: one["number"]):
        mails = [mail["address"] for mail in emails[person["id"]]]
        study = max(
            studies[person["id"]],
            key=lambda one: (one["starts_on"] or date.min, one["created_at"], one["id"]),
            default={},
        )
        school = schools.get(study.get("school_id", ""), {})
        rollover = (school.get("rollover_month", 8), school.get("rollover_day", 15))
        found.append(
            {
                **person,
                **{key: study.get(key) for key in ("student_number", "major", "degree_level")},
                "email": mails[0] if mails else None,
                "email_2": mails[1] if len(mails) > 1 else None,
                "school": school.get("name"),
                # One that follows from graduation would, taken in again, no longer follow it.
                "class_year": class_year(
                    rows.today, None, person["class_year_set"], person["class_year_set_on"], rollover=rollover
                ),
                "expected_graduation": study.get("graduates_on"),
                "skills": join_several(names[one["skill_id"]]["name"] for one in skills[person["id"]]),
                "languages": join_several(_spoken(one) for one in spoken[person["id"]]),
                "tags": join_several(tag_names[one["tag_id"]]["name"] for one in tags[person["id"]]),
                **own[person["id"]],
                "links": "; ".join(person["links"]),
            }
        )
    return found, []


def _spoken(row: Row) -> str:
    """French (fluent)"""
    return f"{row['language']} ({LANGUAGE_LEVELS[row['level']].lower()})" if row["level"] else str(row["language"])


def _projects(rows: _Rows) -> Made:
    parts, asked = rows.grouped("milestones", "project_id"), rows.grouped("questions", "project_id")
    skills, names = rows.grouped("project_skills", "project_id"), rows.by_id("skills")
    colleagues, own = rows.by_id("colleagues"), rows.own("project_id")
    found = [
        {
            **one,
            "fee": _money(one["fee"]),
            "learning_objectives": join_several(one["learning_objectives"]),
            "deliverables": join_several(part["text"] for part in parts[one["id"]]),
            "questions": join_several(question["text"] for question in asked[one["id"]]),
            "skills": join_several(names[link["skill_id"]]["name"] for link in skills[one["id"]]),
            **own[one["id"]],
            "supervisor": colleagues.get(one["supervisor_id"] or "", {}).get("name"),
            "Number": f"P-{one['number']:03}",
        }
        for one in sorted(rows("projects"), key=lambda one: one["number"])
    ]
    return found, ["Number"]


def _applications(rows: _Rows) -> Made:
    emails, numbers, asked = rows.emails(), rows.numbers(), rows.by_id("questions")
    answers = rows.grouped("answers", "application_id")
    more = list(dict.fromkeys(question["text"] for question in rows("questions")))
    found = [
        {
            **one,
            # Of one that is still scored by its code the name is sealed, and so blank.
            "candidate_email": emails.get(one["candidate_id"] or ""),
            "project": numbers[one["project_id"]],
            "applied_on": one["applied_on"] or one["invited_on"],
            "Code": one["code"],
            **{asked[answer["question_id"]]["text"]: answer["text"] for answer in answers[one["id"]]},
        }
        for one in rows("applications")
    ]
    return found, ["Code", *more]


def _offers(rows: _Rows) -> Made:
    emails, numbers, applications = rows.emails(), rows.numbers(), rows.by_id("applications")
    return [
        {
            **one,
            "fee": _money(one["fee"]),
            "candidate_email": emails.get(applications[one["application_id"]]["candidate_id"]),
            "project": numbers[applications[one["application_id"]]["project_id"]],
        }
        for one in rows("offers")
    ], []


def _payments(rows: _Rows) -> Made:
    emails, numbers, work = rows.emails(), rows.numbers(), rows.by_id("engagements")
    return [
        {
            **one,
            "amount": _money(one["amount"]),
            "candidate_email": emails.get(one["candidate_id"]),
            "project": numbers[work[one["engagement_id"]]["project_id"]],
        }
        for one in rows("payments")
    ], []


def _to_dos(rows: _Rows) -> Made:
    return rows("to_dos"), []


_TABLES: Mapping[str, Callable[[_Rows], Made]] = {
    "candidates": _candidates,
    "projects": _projects,
    "applications": _applications,
    "offers": _offers,
    "payments": _payments,
    "to-dos": _to_dos,
}
