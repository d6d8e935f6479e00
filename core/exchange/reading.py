"""Reads the mapped cells of one row after the other, and keeps what was wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from core.errors import UserError
from core.exchange.amounts import read_count, read_currency, read_money
from core.exchange.columns import check, missing
from core.exchange.days import Order, Unreadable, day_order, read_day, read_month
from core.exchange.fields import Field
from core.exchange.parsed import ParsedRow, Problem
from core.exchange.several import split_quoted
from core.exchange.table import Row, Table
from core.text import clean, fold, in_digits, is_email, line

T = TypeVar("T")

Step = Callable[[int, int], None]
"""Told how many of how many rows were read; what it raises stops the reading."""
SHORT, LONG = 200, 20_000
_MANY = re.compile(r"[;\n]")
_MANY_OR_COMMA = re.compile(r"[;,\n]")
_ADDRESSED = re.compile(r".*<([^<>]+)>\s*")


class Reading:
    """One table under one mapping. Raises UserError where the mapping does not fit or lacks what every row needs."""

    def __init__(
        self,
        table: Table,
        mapping: Mapping[str, str],
        noun: str,
        days: tuple[str, ...] = (),
        own: Sequence[Field] = (),
        step: Step | None = None,
    ) -> None:
        self.mapping = check(mapping, table.headers, noun, own)
        self.own = [spec for spec in own if spec.name in self.mapping]
        days = (*days, *(spec.name for spec in own if spec.kind == "day"))
        lacking = missing(self.mapping, noun)
        if lacking:
            raise UserError(lacking)
        self.table, self._step = table, step
        self.places = {name: table.headers.index(header) for name, header in self.mapping.items()}
        cells = [at for name, at in self.places.items() if name in days]
        self.order: Order = day_order(row.cells[at] for at in cells for row in table.rows)

    def rows(self) -> Iterator[RowReading]:
        for at, row in enumerate(self.table.rows):
            if self._step is not None and at % 200 == 0:
                self._step(at, len(self.table.rows))
            yield RowReading(self, row)

    def others(self) -> list[tuple[str, int]]:
        """Headers that the mapping leaves alone, with their places."""
        taken = set(self.places.values())
        return [(header, at) for at, header in enumerate(self.table.headers) if at not in taken]


class RowReading:
    """One row. A method returns nothing of its kind (None, "", ()) where the cell is blank or cannot be read."""

    def __init__(self, reading: Reading, row: Row) -> None:
        self._reading = reading
        self.row = row
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        if row.extra:
            self.problem(
                "",
                f"This row has {len(row.extra)} more filled cells than there are columns. "
                "A text with a comma or semicolon in it needs quotation marks around it.",
            )

    def problem(self, field: str, words: str) -> None:
        self.problems.append(Problem(field, self._reading.mapping.get(field, ""), words))

    def first_of(self, *names: str) -> str:
        """The first of these fields that has a column; "" where none has."""
        return next((name for name in names if name in self._reading.mapping), "")

    def note(self, words: str | None) -> None:
        if words:
            self.notes.append(words)

    def done(self, value: T) -> ParsedRow[T]:
        return ParsedRow(self.row.line, value, tuple(self.problems), tuple(self.notes))

    def raw(self, field: str) -> str:
        """The cell without control and direction marks, line breaks kept."""
        at = self._reading.places.get(field)
        return "" if at is None else clean(self.row.cells[at])

    def short(self, field: str, most: int = SHORT) -> str:
        self._refuse_swallowed(field, marks=True)
        return self._limited(field, line(self.raw(field)), most)

    def long(self, field: str) -> str:
        self._refuse_swallowed(field, marks=False)
        return self._limited(field, self.raw(field), LONG)

    def _refuse_swallowed(self, field: str, *, marks: bool) -> None:
        """A cell that holds whole lines of the file: the rows in them would be lost without a word."""
        text, table = self.raw(field), self._reading.table
        if not table.delimiter or "\n" not in text or any(one.field == field for one in self.problems):
            return
        most = max(1 if marks else 2, len(table.headers) - 1)
        if (marks and '"' in text) or any(one.count(table.delimiter) >= most for one in text.split("\n")):
            words = "Whole lines of the file stand in this cell. Probably a quotation mark is not closed: close it."
            self.problem(field, words)

    def _limited(self, field: str, text: str, most: int) -> str:
        if len(text) <= most:
            return text
        self.problem(
            field, f"This has {in_digits(len(text))} characters; at most {in_digits(most)} are kept. Shorten it."
        )
        return text[:most]

    def many(self, field: str, *, commas: bool = False) -> tuple[str, ...]:
        """Several texts in one cell, by semicolon or line break (and comma), each once."""
        quoted = split_quoted(self.raw(field))
        parts = quoted or (_MANY_OR_COMMA if commas else _MANY).split(self.raw(field))
        found: dict[str, str] = {}
        for part in parts:
            text = line(part) if quoted else line(part).lstrip("•*–- ").strip()
            if text:
                found.setdefault(fold(text), self._limited(field, text, SHORT if commas else 2_000))
        return tuple(found.values())

    def own(self) -> tuple[tuple[str, str], ...]:
        """What stands in columns of one's own fields, by their ids; blank cells say nothing."""
        found: list[tuple[str, str]] = []
        for spec in self._reading.own:
            text = self.long(spec.name)
            if text and spec.kind == "day":
                day = self.day(spec.name)
                text = day.isoformat() if day else ""
            if text:
                found.append((spec.own_id, text))
        return tuple(found)

    def emails(self, field: str) -> tuple[str, ...]:
        found: dict[str, str] = {}
        for part in re.split(r"[;,\n]|\s+(?=\S+@)", self.raw(field)):
            text = line(part)
            match = _ADDRESSED.fullmatch(text)
            text = (match[1] if match else text).removeprefix("mailto:").strip()
            if not text or (match is None and "@" not in text and "@" in self.raw(field) and "<" in self.raw(field)):
                continue  # a name in front of <its address>
            if is_email(text):
                local, _, domain = text.rpartition("@")
                found.setdefault(text.casefold(), f"{local}@{domain.lower()}")
            else:
                shown = text if len(text) <= 60 else text[:59] + "…"
                self.problem(field, f"“{shown}” is no e-mail address. Write it as name@school.edu.")
        return tuple(found.values())

    def email(self, field: str) -> str:
        """Exactly one is wanted."""
        before = len(self.problems)
        found = self.emails(field)
        if not found and len(self.problems) == before:
            self.problem(field, "The e-mail address is missing.")
        return found[0] if found else ""

    def day(self, field: str, *, required: bool = False) -> date | None:
        found = self._read(field, lambda text: read_day(text, self._reading.order))
        if found is None:
            if required and not self.raw(field):
                self.problem(field, "The day is missing.")
            return None
        self.note(found[1])
        return found[0]

    def month(self, field: str) -> date | None:
        """The last day of the month."""
        found = self._read(field, lambda text: read_month(text, self._reading.order))
        if found is None:
            return None
        self.note(found[1])
        return found[0]

    def count(self, field: str, what: str, most: int) -> int | None:
        found = self._read(field, lambda text: read_count(text, what))
        if found is not None and found > most:
            self.problem(field, f"{in_digits(found)} {what} cannot be right; at most {in_digits(most)} can be.")
            return None
        return found

    def money(self, field: str, currency: str, *, required: bool = False) -> tuple[int | None, str]:
        """Cents and currency: that of the amount, else of the currency column, else `currency`."""
        told = self._read("currency", read_currency)
        found = self._read(field, lambda text: read_money(text, told or currency))
        if found is None:
            if required and not self.raw(field):
                self.problem(field, "The amount is missing.")
            return None, told or currency
        if told and found[1] != told:
            self.problem(field, f"The amount is in {found[1]}, the currency column says {told}. Mend one of them.")
        return found

    def word(self, field: str, choices: Mapping[str, str], others: Mapping[str, str], default: str) -> str:
        """A closed list's value, by itself, by its word on the screen, or by another name for it."""
        text = fold(self.raw(field))
        if not text:
            return default
        plain = re.sub(r"[\s_-]+", " ", text)
        for value, words in choices.items():
            if plain in (value.replace("_", " "), re.sub(r"[\s_-]+", " ", fold(words))):
                return value
        if plain in others:
            return others[plain]
        self.problem(field, f"“{self.short(field)[:40]}” is none of: {', '.join(choices.values())}.")
        return default

    def _read(self, field: str, how: Callable[[str], T]) -> T | None:
        text = self.raw(field)
        if not text:
            return None
        try:
            return how(text)
        except Unreadable as fault:
            self.problem(field, str(fault))
            return None
