"""Which column of a table is which field: guessed from the headers and the cells, or told by a person."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from core.errors import SystemFault, UserError
from core.exchange.calendar_todos import read_calendar
from core.exchange.fields import FIELDS, WRONG, Field
from core.exchange.table import Pasted, Row, Table, read_lines, read_pasted, read_table
from core.text import fold, is_email

Mapped: TypeAlias = dict[str, str]
"""Field name -> header."""

_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NOT_A_WORD = re.compile(r"[\W_]+")
# A column that has one of these speaks of somebody or something else than the student.
_STRANGERS = frozenset(
    {"emergency", "advisor", "adviser", "parent", "guardian", "employer", "company", "recruiter", "supervisor"}
    | {"spouse", "betreuer", "firma", "arbeitgeber", "empresa", "entreprise", "firmy"}
)
_LONGEST_MAP = 1_000_000
_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i"})


def fields(noun: str, own: Sequence[Field] = ()) -> tuple[Field, ...]:
    """The fields of an importable noun, and after them one's own; raises UserError for any other noun."""
    try:
        return (*FIELDS[noun], *own)
    except KeyError:
        raise UserError(f"“{noun}” cannot be brought in. Choose one of: {', '.join(FIELDS)}.") from None


def read_for(
    source: Path | Pasted,
    noun: str,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    own: Sequence[Field] = (),
) -> Table:
    """The table in a file or in what was pasted; to-dos may also come as a calendar file, or as plain text, one a line,
    without a header.

    Of a workbook without a `sheet` named: the first sheet that `mapping`, or a guess of one, fits. The column in which
    Foothold said what is wrong with a row is left out.
    """
    return _without(_read(source, noun, sheet, mapping, own), WRONG)


def _without(table: Table, header: str) -> Table:
    if header not in table.headers or len(table.headers) == 1:
        return table
    at = table.headers.index(header)
    rows = [Row(row.line, row.cells[:at] + row.cells[at + 1 :], row.extra) for row in table.rows]
    return replace(table, headers=table.headers[:at] + table.headers[at + 1 :], rows=rows)


def _read(
    source: Path | Pasted, noun: str, sheet: str | None, mapping: Mapping[str, str] | None, own: Sequence[Field]
) -> Table:
    fields(noun)
    if isinstance(source, Pasted):
        return read_lines(source, "To-do") if noun == "to-dos" and source.is_list else read_pasted(source)
    path = source
    if noun == "to-dos" and path.suffix.lower() in (".txt", ".md", ""):
        return read_lines(path, "To-do")
    if path.suffix.lower() in (".ics", ".ical"):
        if noun != "to-dos":
            raise UserError(f"{path.name} is a calendar. Only its to-dos can be brought in: choose to-dos for it.")
        return read_calendar(path)

    def usable(table: Table) -> bool:
        if mapping is None:
            return missing(guess(table.headers, table.rows, noun, own), noun) is None
        try:
            return bool(check(mapping, table.headers, noun, own))
        except UserError:
            return False

    return read_table(path, sheet, usable)


def guess(headers: Sequence[str], sample_rows: Iterable[Row], noun: str, own: Sequence[Field] = ()) -> Mapped:
    """Field -> header, each header at most once. First by header, then, for e-mail, phone and links, by content."""
    specs = fields(noun, own)
    found: Mapped = {}
    taken: set[str] = set()
    scored = sorted(
        (
            (-score, at, order, spec.name, header)
            for at, header in enumerate(headers)
            for order, spec in enumerate(specs)
            if (score := _likeness(header, spec))
        ),
    )
    for _, _, _, name, header in scored:
        if name not in found and header not in taken:
            found[name] = header
            taken.add(header)
    if noun == "candidates":
        _settle_names(found)
    _by_content(found, headers, list(sample_rows)[:200], {spec.name for spec in specs})
    order = [spec.name for spec in specs]
    return {name: found[name] for name in order if name in found}


def _words(header: str) -> list[str]:
    plain = fold(_BRACKETS.sub(" ", header)).translate(_STROKES)
    return _NOT_A_WORD.sub(" ", plain).split()


def _likeness(header: str, spec: Field) -> int:
    """0 unlike; 1000 and more for the same name; between, the number of letters of a name that is part of it."""
    if header == spec.label:
        return 3000
    words = _words(header) or _words(header.translate({ord(c): " " for c in "()[]"}))
    joined = "".join(words)
    if not joined:
        return 0
    best = 0
    stranger = not _STRANGERS.isdisjoint(words)
    for place, name in enumerate(spec.names):
        own = _words(name)
        if joined == "".join(own):
            return 2000 - place if place < 2 else 1000
        if not stranger and len("".join(own)) >= 4 and _holds(words, own):
            best = max(best, len("".join(own)) + (place < 2))
    return best


def _holds(words: list[str], part: list[str]) -> bool:
    return any(words[at : at + len(part)] == part for at in range(len(words) - len(part) + 1))


def _settle_names(found: Mapped) -> None:
    """With a "Vorname" beside it "Name" is the last name; "Nombre" without "Apellidos" is the whole one."""
    first, last, whole = found.get("first_name"), found.get("last_name"), found.get("name")
    if first and last:
        found.pop("name", None)
    elif first and whole and _joined(whole) in ("name", "nom", "nazwisko"):
        found["last_name"] = found.pop("name")
    elif last and whole and not first and _joined(whole) in ("name", "imie"):
        found["first_name"] = found.pop("name")
    elif first and not last and not whole and _joined(first) in ("nombre", "nombres"):
        found["name"] = found.pop("first_name")
    if "email" not in found and "email_2" in found:
        found["email"] = found.pop("email_2")


def _joined(header: str) -> str:
    return "".join(_words(header))


def _by_content(found: Mapped, headers: Sequence[str], rows: Sequence[Row], known: set[str]) -> None:
    email = "email" if "email" in known else "candidate_email"
    for name, looks_like in ((email, is_email), ("links", _is_link), ("phone", _is_phone)):
        if name not in known or name in found:
            continue
        for at, header in enumerate(headers):
            if header in found.values():
                continue
            cells = [row.cells[at].strip() for row in rows if row.cells[at].strip()]
            if cells and sum(map(looks_like, cells)) * 10 >= len(cells) * 8:
                found[name] = header
                break


def _is_link(cell: str) -> bool:
    return re.match(r"(https?://|www\.)\S+$", cell, re.IGNORECASE) is not None


def _is_phone(cell: str) -> bool:
    digits = sum(map(str.isdigit, cell))
    written = re.fullmatch(r"[\d\s()+./x-]+", cell) is not None and not re.fullmatch(r"\d{4}-\d{2}-\d{2}.*", cell)
    return 9 <= digits <= 15 and written and (cell[0] in "+(" or re.search(r"[\s.-]", cell) is not None)


def check(mapping: Mapping[str, str], headers: Sequence[str], noun: str, own: Sequence[Field] = ()) -> Mapped:
    """The mapping with headers as the table writes them. Raises UserError naming what is unknown."""
    specs = {spec.name: spec for spec in fields(noun, own)}
    labels = {spec.label: spec.name for spec in own}
    by_look = {_joined(header): header for header in reversed(headers)}
    checked: Mapped = {}
    for said, header in mapping.items():
        name = labels.get(said, said)
        if name not in specs:
            raise UserError(f"There is no field “{name}” for {noun}. The fields are: {', '.join(specs)}.")
        real = header if header in headers else by_look.get(_joined(header)) if _joined(header) else None
        if real is None:
            raise UserError(f"The table has no column “{header}” (for {name}). Its columns are: {', '.join(headers)}.")
        label = specs[name].label
        twice = [specs[other].label for other, its in checked.items() if its == real]
        if twice:
            raise UserError(f"The column “{real}” stands for both {twice[0]} and {label}. Choose one.")
        checked[name] = real
    return checked


def missing(mapping: Mapping[str, str], noun: str) -> str | None:
    """A sentence where the mapping leaves out a field that every row needs, else None."""
    lacking = [spec.label for spec in fields(noun) if spec.required and spec.name not in mapping]
    if noun == "candidates" and not {"first_name", "last_name", "name"} & set(mapping):
        lacking.insert(0, "Name")
    if not lacking:
        return None
    if len(lacking) == 1:
        return f"There is no column for {lacking[0]}. Say which it is."
    return f"There are no columns for {', '.join(lacking)}. Say which they are."


def read_map(path: Path) -> dict[str, str]:
    """A JSON object of field -> header, as `--map` takes it. Raises UserError, SystemFault."""
    try:
        if path.stat().st_size > _LONGEST_MAP:
            raise UserError(f"{path.name} is too large for a list of columns.")
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UserError(f"There is no file {path}.") from None
    except UnicodeDecodeError:
        raise UserError(f"{path.name} is no UTF-8 text. Save it as UTF-8.") from None
    except OSError as fault:
        raise SystemFault(f"{path} could not be read: {fault.strerror or 'the disk failed'}.") from fault
    try:
        data = json.loads(text)
    except json.JSONDecodeError as fault:
        raise UserError(
            f"{path.name} is no JSON: line {fault.lineno}, {fault.msg[0].lower()}{fault.msg[1:]}."
        ) from None
    except RecursionError:
        raise UserError(f"{path.name} is no list of columns.") from None
    if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
        raise UserError(f'{path.name} must be an object of field and column, such as {{"email": "E-Mail"}}.')
    return dict(data)
