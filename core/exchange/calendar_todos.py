"""The to-dos of a calendar file (iCalendar, RFC 5545) as a table, so that they are taken in like any other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from core.errors import UserError
from core.exchange.encoding import decode
from core.exchange.table import Row, Table, read_bytes
from core.text import line, plural

HEADERS = ["To-do", "Captured on", "Due on", "Repeats every (months)", "Repeats from"]
_CALENDAR = re.compile(r"^\s*BEGIN:VCALENDAR\b", re.IGNORECASE)
_DAYS = re.compile(r"(?:DUE|DTSTART|CREATED|RRULE)[:;]", re.IGNORECASE)
_EVERY = {("MONTHLY", 1): 1, ("MONTHLY", 3): 3, ("MONTHLY", 6): 6, ("MONTHLY", 12): 12, ("YEARLY", 1): 12}


def read_calendar(path: Path) -> Table:
    """VTODO by VTODO; those that are done or called off are left out and counted. UserError where it is no calendar."""
    text, _ = decode(read_bytes(path), path.name)
    if not _CALENDAR.match(text):
        raise UserError(f"{path.name} cannot be read as a calendar. Export its to-dos as an .ics file again.")
    found = [todo for block in _blocks(text) if (todo := _read(block)) is not None]
    if not found:
        raise UserError(f"{path.name} holds no to-dos. Export the tasks of your calendar program, not its events.")
    rows: list[Row] = []
    over = odd = 0
    for todo in found:
        if todo.get("COMPLETED") or str(todo.get("STATUS", "")).upper() in ("COMPLETED", "CANCELLED"):
            over += 1
            continue
        months, strange = _repeats(todo)
        odd += strange
        due = _day(todo, "DUE")
        first = (_day(todo, "DTSTART") or due) if months else None
        repeats = str(months) if months and first else ""
        words = line(str(todo.get("SUMMARY", ""))) or line(str(todo.get("DESCRIPTION", "")))
        cells = [words, _iso(_day(todo, "CREATED")), _iso(due), repeats, _iso(first if repeats else None)]
        rows.append(Row(len(rows) + 1, cells))
    notes = [f"{plural(over, 'to-do')} in it {'is' if over == 1 else 'are'} done or called off."] if over else []
    if odd:
        notes.append(f"{plural(odd, 'to-do')} repeat{'s' if odd == 1 else ''} otherwise than by months; taken in once.")
    return Table(list(HEADERS), rows, words=f"calendar file, {plural(len(found), 'to-do')}", notes=notes)


def _blocks(text: str) -> Iterator[list[str]]:
    """The lines of each to-do, unfolded; what begins and never ends is none."""
    block: list[str] | None = None
    for line_ in text.splitlines():
        begins = line_.strip().upper()
        if begins == "BEGIN:VTODO":
            block = []
        elif begins == "END:VTODO":
            if block is not None:
                yield block
            block = None
        elif block is not None:
            if line_[:1] in (" ", "\t") and block:
                block[-1] += line_[1:]
            else:
                block.append(line_)


def _read(block: list[str]) -> Any:
    """One to-do by itself, so that a fault in it costs no other; without its days where one of them is none."""
    from icalendar import Todo

    for lines in (block, [one for one in block if not _DAYS.match(one)]):
        try:
            return Todo.from_ical("\r\n".join(["BEGIN:VTODO", *lines, "END:VTODO", ""]))
        except (ValueError, KeyError, IndexError, TypeError, AttributeError):
            continue
    return None


def _day(todo: Any, name: str) -> date | None:
    """A moment counts as the day where it is written; what cannot be read counts as nothing said."""
    try:
        value = todo.decoded(name)
    except (KeyError, ValueError, TypeError, AttributeError):
        return None
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _repeats(todo: Any) -> tuple[int | None, bool]:
    """Months between two, and whether it repeats in a way that the inbox does not know."""
    rule = todo.get("RRULE")
    if rule is None:
        return None, False
    try:
        freq, interval = str(rule["FREQ"][0]).upper(), int(rule.get("INTERVAL", [1])[0])
    except (KeyError, IndexError, TypeError, ValueError):
        return None, True
    months = _EVERY.get((freq, interval))
    return months, months is None
