"""Candidates from a table: typed values, and for each row what could not be read."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.exchange.days import Unreadable, read_class_year
from core.exchange.fields import Field
from core.exchange.parsed import ParsedRow
from core.exchange.reading import Reading, RowReading, Step
from core.exchange.table import Table
from core.model.words import LANGUAGE_LEVELS
from core.text import fold

MOST_NAME = 200
MOST_WEEK_HOURS = 60
# Parts that belong to the last name although they stand before it.
_PARTICLES = frozenset(
    {"van", "von", "vom", "der", "den", "de", "del", "della", "di", "da", "das", "do", "dos", "du", "la", "le", "el"}
    | {"al", "bin", "bint", "ibn", "ben", "ter", "ten", "zu", "zum", "zur", "af", "av", "st.", "saint", "san", "y"}
)
_LEVELLED = re.compile(r"(\w[^()]*?)\s*(?:\(|:\s|\s[–-]\s)\s*([^()]+?)\)?")
# The European framework's levels (CEFR) and what LinkedIn and forms write.
_OTHER_LEVELS = {
    "a1": "basic", "a2": "basic", "b1": "good", "b2": "good", "c1": "fluent", "c2": "fluent", "beginner": "basic",
    "elementary": "basic", "intermediate": "good", "conversational": "good", "advanced": "fluent",
    "professional": "fluent", "mother tongue": "native", "bilingual": "native", "first language": "native",
    "muttersprache": "native", "fliessend": "fluent", "gut": "good", "grundkenntnisse": "basic",
}  # fmt: skip
_SUFFIX = re.compile(r"(jr|sr|ii|iii|iv)\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """Blank is "" or () or None. `expected_graduation`: the last day of the month; `class_year`: 1 to 5.

    `languages`: each with its level (core.model.words.LANGUAGE_LEVELS) or ""; `own`: fields of one's own, id and text.
    """

    first_name: str = ""
    last_name: str = ""
    nickname: str = ""
    emails: tuple[str, ...] = ()
    phone: str = ""
    school: str = ""
    student_number: str = ""
    major: str = ""
    degree_level: str = ""
    class_year: int | None = None
    expected_graduation: date | None = None
    skills: tuple[str, ...] = ()
    languages: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()
    source: str = ""
    links: tuple[str, ...] = ()
    notes: str = ""
    hours_a_week: int | None = None
    first_contact_on: date | None = None
    own: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


def parse_candidates(
    table: Table, mapping: Mapping[str, str], own: Sequence[Field] = (), step: Step | None = None
) -> list[ParsedRow[CandidateRow]]:
    """One for each row of the table, in its order. Raises UserError where the mapping does not fit the table."""
    reading = Reading(table, mapping, "candidates", ("expected_graduation", "first_contact_on"), own, step)
    return [_candidate(row) for row in reading.rows()]


def _candidate(row: RowReading) -> ParsedRow[CandidateRow]:
    first, last = _names(row)
    emails: dict[str, str] = {}
    for address in row.emails("email") + row.emails("email_2"):
        emails.setdefault(address.casefold(), address)
    graduation = row.month("expected_graduation")
    class_year, graduation = _class_year(row, graduation)
    return row.done(
        CandidateRow(
            first_name=first,
            last_name=last,
            nickname=row.short("nickname"),
            emails=tuple(emails.values()),
            phone=_phone(row),
            school=row.short("school"),
            student_number=row.short("student_number", 60),
            major=row.short("major"),
            degree_level=row.short("degree_level"),
            class_year=class_year,
            expected_graduation=graduation,
            skills=row.many("skills", commas=True),
            languages=_languages(row),
            tags=row.many("tags", commas=True),
            source=row.short("source"),
            links=_links(row),
            notes=row.long("notes"),
            hours_a_week=row.count("hours_a_week", "hours a week", MOST_WEEK_HOURS),
            first_contact_on=row.day("first_contact_on"),
            own=row.own(),
        )
    )


def _names(row: RowReading) -> tuple[str, str]:
    first, last = row.short("first_name", MOST_NAME), row.short("last_name", MOST_NAME)
    if not first and not last:
        first, last = split_name(row.short("name", MOST_NAME))
    if not first and not last:
        row.problem(row.first_of("name", "last_name", "first_name"), "The name is missing.")
    return first, last


def split_name(name: str) -> tuple[str, str]:
    """First and last name of a whole one; "Last, First" is understood. A single name is a first name."""
    if name.count(",") == 1 or (name.count(",") == 2 and _SUFFIX.fullmatch(name.rpartition(",")[2].strip())):
        before, _, after = name.partition(",")
        after, _, suffix = after.partition(",")
        if _SUFFIX.fullmatch(after.strip()):  # "Martin King, Jr."
            first, last = split_name(before.strip())
            return first, f"{last} {after.strip()}".strip()
        if before.strip() and after.strip():
            return after.strip(), f"{before.strip()} {suffix.strip()}".strip()
    parts = [part for part in name.split(" ") if part.strip(",")]
    if len(parts) < 2:
        return name.strip(" ,"), ""
    at = len(parts) - 1
    if _SUFFIX.fullmatch(parts[at]) and at > 1:
        at -= 1
    while at > 1 and parts[at - 1].casefold() in _PARTICLES:
        at -= 1
    return " ".join(parts[:at]), " ".join(parts[at:])


def _class_year(row: RowReading, graduation: date | None) -> tuple[int | None, date | None]:
    text = row.raw("class_year")
    if not text:
        return None, graduation
    try:
        year, graduates, note = read_class_year(text)
    except Unreadable as fault:
        row.problem("class_year", str(fault))
        return None, graduation
    row.note(note)
    if graduates and graduation is None:
        graduation = date(graduates, 5, calendar.monthrange(graduates, 5)[1])
    return year, graduation


def _phone(row: RowReading) -> str:
    text = row.short("phone", 60)
    if text and not any(c.isdigit() for c in text):
        row.problem("phone", f"“{text}” is no phone number: it has no digit.")
        return ""
    return text


def _languages(row: RowReading) -> tuple[tuple[str, str], ...]:
    """French (fluent); Polish - native; German: B2. What is no level is part of the name."""
    found: list[tuple[str, str]] = []
    for text in row.many("languages", commas=True):
        match = _LEVELLED.fullmatch(text)
        level = _level(match[2]) if match else ""
        if match and not level:
            row.note(f"“{match[2]}” is no level that is kept, so it stays with the language’s name.")
        found.append((match[1] if match and level else text, level))
    return tuple(found)


def _level(said: str) -> str:
    known = {fold(words): level for level, words in LANGUAGE_LEVELS.items()} | {one: one for one in LANGUAGE_LEVELS}
    return known.get(fold(said), "") or _OTHER_LEVELS.get(fold(said), "")


def _links(row: RowReading) -> tuple[str, ...]:
    """Only web addresses: another scheme behind a link that one clicks could run something."""
    found: list[str] = []
    for part in re.split(r"[;,\s]+", row.raw("links")):
        text = part.strip()
        scheme = re.match(r"([a-z][a-z0-9+.-]*):(?!\d)", text, re.IGNORECASE)
        if not text or text in found:
            continue
        if (scheme and scheme[1].lower() not in ("http", "https")) or "." not in fold(text) or len(text) > 500:
            row.problem("links", f"“{text[:60]}” is no web address. Write it as https://example.org/name.")
        else:
            found.append(text)
    return tuple(found)
