"""Any noun's rows as plain values: for list, show, history's names and whole copies of the data."""

from __future__ import annotations

import base64
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from core.errors import UserError
from core.insight.blind_files import neutral_names
from core.insight.parts import number_words, studies
from core.insight.projects import phases
from core.insight.sealed import Seals, hidden_files
from core.insight.stage import STAGES, stage_sql
from core.insight.templates import as_records
from core.model import NOUNS, Candidate, CandidateEmail, Disclosure, School
from core.model.words import OFFER_STATES, PROJECT_PHASES
from core.states import offer_state
from core.store import Store
from core.text import fold

Value = str | bytes | int | bool | date | datetime | list[Any] | None
BOOKKEEPING = ("row_version", "created_at", "changed_at")
_LETTERS = {"candidates": "C", "projects": "P"}
_MOST_MATCHES = 5

# What a line of a list shows; every other noun shows all its columns but long texts.
_SHOWN: dict[str, tuple[str, ...]] = {
    "candidates": ("number", "first_name", "last_name", "phone", "source", "first_contact_on"),
    "projects": ("number", "title", "category", "status", "estimated_hours", "fee", "currency", "apply_by",
                 "kick_off_on", "due_on", "openings"),
    "applications": ("project_id", "code", "candidate_id", "status", "applied_on", "source"),
    "offers": ("application_id", "status", "fee", "currency", "hours", "kick_off_on", "due_on", "expires_on"),
    "engagements": ("project_id", "candidate_id", "status", "kick_off_on", "due_on", "accepted_on", "verdict"),
    "schools": ("name", "short_name", "city", "state", "is_focus"),
    "employers": ("name", "city", "state", "email", "currency", "pay_floor", "paper_size"),
    "disclosures": ("at", "kind", "what", "to_whom", "file_name"),
    "templates": ("key", "name", "category", "hours", "fee", "currency", "hidden", "used"),
    "to_dos": ("text", "captured_on", "snoozed_until", "done_on", "project_id"),
}  # fmt: skip
PRIVATE = frozenset({"work_authorisations", "accommodations", "self_identifications", "forms", "form_returns"})
"""Nouns that stand on no page but their own, and in no table that leaves."""
APART = frozenset({"accommodations", "self_identifications"})
"""Of these, what nothing here reads: it is on no list, in no history's words and in no copy of the data."""
_MONEY = frozenset({"fee", "amount", "salary", "pay_floor", "legal_minimum", "goal_budget"})
"""Columns that hold cents."""


@dataclass(frozen=True, slots=True)
class Listing:
    """`rows`: the id and one value a column; references are ids, `names` says what stands behind them."""

    noun: str
    columns: tuple[str, ...]
    rows: list[tuple[str, dict[str, Value]]]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Record:
    """One row with all its columns, and the rows of other nouns that refer to it."""

    noun: str
    row_id: str
    fields: dict[str, Value]
    parts: dict[str, list[dict[str, Value]]]
    names: Mapping[str, str]


def noun_words() -> list[str]:
    """Every noun as it is written on a command line."""
    return sorted(name.replace("_", "-") for name in (*NOUNS, "disclosures") if name not in APART)


def table_name(noun: str) -> str:
    """The table of a noun as people write it: `to-dos` is to_dos. UserError names the nouns there are."""
    name = noun.strip().lower().replace("-", "_")
    if name not in NOUNS and name != "disclosures":
        raise UserError(f"There is no noun “{noun}”. The nouns are: {', '.join(noun_words())}.")
    if name == "self_identifications":
        raise UserError("Voluntary answers are on no list: they are entered and counted in Insights, Fairness.")
    if name in APART:
        raise UserError(f"{name.capitalize()} are private: they are read and noted from the person’s page only.")
    return name


def is_money(column: str) -> bool:
    return column in _MONEY


def listing(
    store: Store, noun: str, wanted: str = "", *, all_columns: bool = False, today: date | None = None
) -> Listing:
    """Rows in the order people count them. With `today` candidates, projects and offers say where they stand.

    `wanted`: words that must all stand in a line, accents and case aside. Here and in every function below what is
    still sealed (core.insight.sealed) is left out; `today` opens what was sealed until a day.
    """
    name = table_name(noun)
    rows = _table(name)
    columns = tuple(c.name for c in rows.columns if c.name not in (*BOOKKEEPING, "id"))
    if not all_columns:
        columns = _SHOWN.get(name) or tuple(c for c in columns if not _is_long(rows, c))
    with store.read() as session:
        found = [dict(row) for row in session.execute(select(rows).order_by(*_order(rows))).mappings()]
        found = Seals(session, store.me, today).open(name, found)
        if name == "templates" and not all_columns:
            found = as_records(session)
        if today is not None and not all_columns:
            columns = _derive(session, name, found, columns, today)
        names = _names(session, name, found, columns)
    kept = [(str(row["id"]), {c: row[c] for c in columns}) for row in found]
    if words := fold(wanted).split():
        kept = [one for one in kept if _holds(one[1].values(), names, words)]
    return Listing(name, columns, kept, names)


def record(store: Store, noun: str, ref: str, *, today: date | None = None) -> Record:
    """`ref`: an id, a number (P-014, C-002), an e-mail, a name, a code. UserError where that is none or several."""
    name = table_name(noun)
    with store.read() as session:
        row_id = _find(session, name, ref)
        rows = _table(name)
        row = dict(session.execute(select(rows).where(rows.c.id == row_id)).mappings().one())
        seals = Seals(session, store.me, today)
        fields = seals.open(name, [row])
        if not fields:
            raise UserError("This is not handed in yet, or your own is not; until then it stays closed.")
        row = fields[0]
        parts: dict[str, list[dict[str, Value]]] = {}
        for other in (noun for noun in NOUNS if noun not in PRIVATE):
            there = _table(other)
            for key in there.foreign_keys:
                if key.column.table.name == name:
                    query = select(there).where(key.parent == row_id).order_by(*_order(there))
                    found = [dict(part) for part in session.execute(query).mappings()]
                    found = seals.open(other, found, beside=name)
                    parts.setdefault(other, []).extend(found)
        parts = {other: found for other, found in parts.items() if found}
        names = _names(session, name, [row], list(row))
        for other, found in parts.items():
            names |= _names(session, other, found, list(found[0]))
    return Record(name, row_id, row, parts, names)


def find(store: Store, noun: str, ref: str) -> str:
    """The id behind what a person wrote; as `record` reads it."""
    with store.read() as session:
        return _find(session, table_name(noun), ref)


def rows_where(
    store: Store, noun: str, *, sealed: bool = True, today: date | None = None, **values: str
) -> list[dict[str, Any]]:
    """Whole rows whose columns have these values, the earliest first. Not `sealed`: for what is not shown to anyone."""
    rows = _table(table_name(noun))
    query = select(rows).where(*(rows.c[column] == value for column, value in values.items()))
    with store.read() as session:
        found = [dict(row) for row in session.execute(query.order_by(rows.c.created_at, rows.c.id)).mappings()]
        return Seals(session, store.me, today).open(rows.name, found) if sealed else found


def everything(store: Store, *, today: date | None = None) -> dict[str, list[dict[str, Any]]]:
    """All rows of all nouns but APART with all columns, bytes as base64: what a whole copy of the data holds."""
    copy: dict[str, list[dict[str, Any]]] = {}
    with store.read() as session:
        seals = Seals(session, store.me, today)
        for name in (*sorted(NOUNS.keys() - APART), "disclosures"):
            rows = _table(name)
            found = [dict(row) for row in session.execute(select(rows).order_by(*_order(rows))).mappings()]
            found = seals.open(name, found)
            copy[name] = [{column: _portable(value) for column, value in row.items()} for row in found]
    return copy


def names_of(store: Store, refs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What people call these (noun, id), by id; one that is gone has no name."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for noun, row_id in refs:
        if noun in NOUNS:
            wanted[noun].add(row_id)
    with store.read() as session:
        return {row_id: name for noun, ids in wanted.items() for row_id, name in _titles(session, noun, ids).items()}


def _derive(
    session: Session, name: str, found: list[dict[str, Any]], columns: tuple[str, ...], today: date
) -> tuple[str, ...]:
    """What follows from the day and from other rows, in place of the columns that it follows from."""
    ids = [row["id"] for row in found]
    if name == "projects":
        now = phases(session, today)
        for row in found:
            row["phase"] = PROJECT_PHASES[now[row["id"]]]
        return tuple("phase" if column == "status" else column for column in columns)
    if name == "offers":
        for row in found:
            row["state"] = OFFER_STATES[offer_state(row["status"], row["expires_on"], today)]
        return tuple("state" if column == "status" else column for column in columns)
    if name == "candidates":
        study = studies(session, ids, today)
        stages = dict(session.execute(select(Candidate.id, stage_sql(today))).all())
        for row in found:
            one = study[row["id"]]
            row |= {"school": one.short_school, "class_year": one.class_year, "stage": STAGES[stages[row["id"]]][0]}
        return ("number", "first_name", "last_name", "school", "class_year", "stage", "first_contact_on")
    return columns


def _table(name: str) -> Table:
    return cast(Table, Disclosure.__table__ if name == "disclosures" else NOUNS[name].__table__)


def _is_long(rows: Table, column: str) -> bool:
    return (
        column in ("notes", "note", "text", "reflection", "comment", "private_comment", "evidence")
        or column.startswith("level_")
        or rows.c[column].type.python_type in (bytes, list)
    )


def _order(rows: Table) -> list[Any]:
    for column in ("number", "name", "position", "year", "at", "captured_on"):
        if column in rows.c:
            return [rows.c[column], rows.c.id]
    return [rows.c.created_at, rows.c.id]


def _holds(values: Iterable[Value], names: Mapping[str, str], words: list[str]) -> bool:
    line = fold(" ".join(names.get(v, v) if isinstance(v, str) else str(v) for v in values if v is not None))
    return all(word in line for word in words)


def _portable(value: Any) -> Any:
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def _find(session: Session, name: str, ref: str) -> str:
    rows = _table(name)
    ref = ref.strip()
    by_id = session.scalar(select(rows.c.id).where(rows.c.id == ref))
    if by_id is not None:
        return str(by_id)
    found = _by_words(session, name, ref)
    word = name.replace("_", "-")
    if not found:
        raise UserError(f"There is none of the {word} that “{ref}” stands for.")
    if len(found) > 1:
        more = ", ".join(found[:_MOST_MATCHES])
        raise UserError(f"“{ref}” stands for {len(found)} of the {word}. Say which by its id: {more}.")
    return found[0]


def _by_words(session: Session, name: str, ref: str) -> list[str]:
    rows = _table(name)
    if re.fullmatch(r"[0-9a-f-]{8,36}", ref):
        return list(session.scalars(select(rows.c.id).where(rows.c.id.startswith(ref))))
    letter = _LETTERS.get(name)
    digits = ref.upper().removeprefix(f"{letter}-") if letter else ""
    if digits.isdecimal() and len(digits) < 10:
        return list(session.scalars(select(rows.c.id).where(rows.c.number == int(digits))))
    if name == "candidates":
        if "@" in ref:
            owner = select(CandidateEmail.candidate_id).where(func.lower(CandidateEmail.address) == ref.lower())
            return list(dict.fromkeys(session.scalars(owner)))
        people = session.execute(select(Candidate.id, Candidate.first_name, Candidate.last_name))
        return [row.id for row in people if fold(f"{row.first_name} {row.last_name}") == fold(ref)]
    if name == "schools":
        schools = session.scalars(select(School))
        return [s.id for s in schools if fold(ref) in (fold(s.name), fold(s.short_name or s.name))]
    if name == "applications":
        # The code of one who was only invited is not in use yet; found by it, their name would stand beside it.
        coded = select(rows.c.id).where(func.upper(rows.c.code) == ref.upper(), rows.c.status != "invited")
        return list(session.scalars(coded))
    for column in ("name", "title", "text"):
        if column in rows.c:
            query = select(rows.c.id, rows.c[column])
            if name == "documents":
                query = query.where(rows.c.id.not_in(hidden_files()))
            return [row_id for row_id, value in session.execute(query) if fold(value) == fold(ref)]
    return []


def _names(session: Session, noun: str, found: list[dict[str, Any]], columns: Iterable[str]) -> dict[str, str]:
    rows = _table(noun)
    wanted: dict[str, set[str]] = defaultdict(set)
    for column in columns:
        for key in rows.c[column].foreign_keys if column in rows.c else ():
            wanted[key.column.table.name] |= {row[column] for row in found if row[column]}
    return {i: title for other, ids in wanted.items() for i, title in _titles(session, other, ids).items()}


def _titles(session: Session, noun: str, ids: set[str]) -> dict[str, str]:
    """What people call rows of a noun; those without a name of their own are called by what they belong to."""
    rows = _table(noun)
    if len(ids) > 2000:
        query = select(rows)
    else:
        query = select(rows).where(rows.c.id.in_(ids))
    found = {row["id"]: dict(row) for row in session.execute(query).mappings() if row["id"] in ids}
    if noun == "candidates":
        return {
            i: f"{number_words('C', r['number'])} {r['first_name']} {r['last_name']}".strip() for i, r in found.items()
        }
    if noun == "projects":
        return {i: f"{number_words('P', r['number'])} {r['title']}" for i, r in found.items()}
    if noun == "documents":
        hidden = set(session.scalars(hidden_files())) & found.keys()
        neutral = neutral_names(session, {found[i]["owner_id"] for i in hidden})
        return {i: neutral[i] if i in hidden else r["name"] for i, r in found.items()}
    for column in ("name", "text"):
        if column in rows.c:
            return {i: r[column] for i, r in found.items()}
    owners = [c for c in ("application_id", "project_id", "engagement_id", "candidate_id", "school_id") if c in rows.c][
        :1
    ]
    names = _names(session, noun, list(found.values()), owners)
    titles = {}
    for i, r in found.items():
        whole = " ".join(names.get(r[c] or "", "") for c in owners)
        titles[i] = f"{whole.split(' ')[0]} {r['code']}" if noun == "applications" else whole or i
    return titles
