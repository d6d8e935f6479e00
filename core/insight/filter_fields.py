"""What lists of candidates can be filtered by: each field's kind, its operators and its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import text
from core.insight.stage import STAGES
from core.model import Candidate, CandidateLanguage, CustomField, Enrolment, Project, School, Skill, Tag
from core.model.words import LANGUAGE_LEVELS, LEVELS, POOL_REASONS, YES_NO

Option = tuple[str, str]
CUSTOM = "custom:"
"""Before the id of a field of one's own."""

FILLED = {"filled": "is there", "empty": "is missing"}
_RANGE = {"between": "is from … to"}
_SOME = {"any": "is any of", "none": "is none of"}
OPERATORS: dict[str, dict[str, str]] = {
    "search": {"has": "has"},
    "text": {"has": "contains", "is": "is", "begins": "begins with", **FILLED},
    "number": {**_RANGE, **FILLED},
    "year": {**_SOME, **_RANGE, **FILLED},
    "date": {
        **_RANGE,
        "next": "is in the next",
        "last": "was in the last",
        "ago": "was longer ago than",
        "ahead": "is further ahead than",
        "spring": "is this spring",
        "this_year": "is this year",
        **FILLED,
    },
    "choice": {**_SOME, **FILLED},
    "level": {"any": "has any of", "every": "has all of", "none": "has none of", **FILLED},
    "flag": {"yes": "holds", "no": "does not hold"},
    "span": {"between": "in all of"},
    "week": {"any": "in some of", "every": "in all of"},
}
"""By kind: operator to words. `filled` and `empty`, the flags, `spring` and `this_year` take no value."""

UNITS = {"days": 36_500, "weeks": 5_200, "months": 1_200, "years": 100}
"""Of dates relative to today, with the most that makes sense."""
BARE = frozenset({"filled", "empty", "yes", "no", "spring", "this_year"})
"""Operators without a value."""


@dataclass(frozen=True, slots=True)
class FilterField:
    """`said`: words of its own for operators, with {} for the value. `choices`: closed lists only; others are asked."""

    key: str
    words: str
    kind: str
    group: str = "Person"
    choices: tuple[Option, ...] = ()
    said: dict[str, str] = field(default_factory=dict)

    @property
    def operators(self) -> dict[str, str]:
        found = OPERATORS[self.kind].items()
        kept = {op: words for op, words in found if self.key not in _ALWAYS or op not in FILLED}
        return kept | {op: self.said[op] for op in kept if op in BARE and op in self.said}


_ALWAYS = frozenset({"name", "stage"})
"""What everyone has."""


def _made(*found: FilterField) -> dict[str, FilterField]:
    return {one.key: one for one in found}


def _pairs(words: dict[str, str]) -> tuple[Option, ...]:
    return tuple(words.items())


_YEARS = tuple((str(year), text.ordinal(year)) for year in range(1, 9))
FIELDS = _made(
    FilterField("text", "Any words, also in résumés", "search", said={"has": "“{}”"}),
    FilterField("name", "Name", "text"),
    FilterField("email", "E-mail", "text", said={"empty": "No e-mail", "filled": "With an e-mail"}),
    FilterField("phone", "Phone", "text", said={"empty": "No phone", "filled": "With a phone"}),
    FilterField("source", "Source", "choice", said={"empty": "No source"}),
    FilterField("notes", "Notes", "text"),
    FilterField("tag", "Tag", "choice", said={"none": "Not tagged {}", "empty": "No tag", "filled": "Any tag"}),
    FilterField("school", "School", "choice", "Study", said={"none": "Not at {}", "empty": "No school"}),
    FilterField(
        "focus", "Focus school", "flag", "Study", said={"yes": "At a focus school", "no": "Not at a focus school"}
    ),
    FilterField("class_year", "Class year", "year", "Study", choices=_YEARS),
    FilterField("graduates", "Graduation", "date", "Study"),
    FilterField("major", "Major", "text", "Study"),
    FilterField("skill", "Skill", "level", "Study", choices=tuple((str(at), one) for at, one in enumerate(LEVELS, 1))),
    FilterField("language", "Language", "level", "Study", choices=_pairs(LANGUAGE_LEVELS)),
    FilterField("stage", "Stage", "choice", "With us", choices=tuple((key, one[0]) for key, one in STAGES.items())),
    FilterField(
        "applied", "Applied to", "choice", "With us", said={"empty": "Never applied", "filled": "Has applied"}
    ),
    FilterField(
        "pool", "Kept because", "choice", "With us", _pairs(POOL_REASONS),
        said={"empty": "Not kept in touch with", "filled": "Kept in touch with"},
    ),
    FilterField("next_touch", "Next touch", "date", "With us", said={"empty": "No touch planned"}),
    FilterField("days_since", "Days since the last contact", "number", "With us"),
    FilterField("last_contact", "Last contact", "date", "With us", said={"empty": "Never in contact"}),
    FilterField("first_contact", "First contact", "date", "With us"),
    FilterField("cold", "Going cold", "flag", "With us", said={"yes": "Going cold", "no": "Not going cold"}),
    FilterField(
        "do_not_contact", "Not to be contacted", "flag", "With us",
        said={"yes": "Not to be contacted", "no": "May be contacted"},
    ),
    FilterField("hours_a_week", "Hours a week", "number", "Free"),
    FilterField("free", "Free", "span", "Free"),
    FilterField("week", "Free in the week", "week", "Free"),
)  # fmt: skip
"""Nothing of an application stands here but that there is one: its name tells that much anyway, however it is rated."""

_KINDS = {"text": "text", "number": "number", "day": "date", "yes_no": "choice", "choice": "choice"}


def fields(session: Session) -> dict[str, FilterField]:
    """The built-in fields, then one's own, in their order."""
    own = select(CustomField).where(CustomField.noun == "candidates").order_by(CustomField.position, CustomField.name)
    return FIELDS | _made(*(_own(row) for row in session.scalars(own)))


def _own(row: CustomField) -> FilterField:
    choices = _pairs(YES_NO) if row.kind == "yes_no" else tuple((one, one) for one in row.choices)
    return FilterField(f"{CUSTOM}{row.id}", row.name, _KINDS[row.kind], "Your own fields", choices)


def options(session: Session, field: FilterField) -> list[Option]:
    """What can be chosen: (value, words), in the order of people."""
    asked = _ASKED.get(field.key)
    if asked is None:
        return list(field.choices)
    return asked(session)


def _schools(session: Session) -> list[Option]:
    there = select(School.id, School.short_name, School.name).where(School.id.in_(select(Enrolment.school_id)))
    return _sorted((one, short or name) for one, short, name in session.execute(there))


def _sources(session: Session) -> list[Option]:
    found = session.scalars(select(Candidate.source).where(Candidate.source != "").distinct())
    return _sorted((one, one) for one in found)


def _languages(session: Session) -> list[Option]:
    return _sorted((one, one) for one in session.scalars(select(CandidateLanguage.language).distinct()))


def _projects(session: Session) -> list[Option]:
    """The latest first."""
    found = session.execute(select(Project.id, Project.number, Project.title).order_by(Project.number.desc()))
    return [(one, f"P-{number:03} {title}".strip()) for one, number, title in found]


def _sorted(found: Iterable[Option]) -> list[Option]:
    return sorted(found, key=lambda one: text.fold(one[1]))


_ASKED = {
    "school": _schools,
    "tag": lambda session: _sorted((one, name) for one, name in session.execute(select(Tag.id, Tag.name))),
    "skill": lambda session: _sorted((one, name) for one, name in session.execute(select(Skill.id, Skill.name))),
    "source": _sources,
    "language": _languages,
    "applied": _projects,
}
