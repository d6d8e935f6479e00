"""One condition of a filter as SQL on Candidate, with LATEST and School (outer) joined."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, true

from core import text
from core.insight import filter_values as read
from core.insight.filter_fields import BARE, CUSTOM, FilterField
from core.insight.pace import by_plan
from core.insight.parts import COLD_DAYS, COLD_WITHIN_MONTHS, LATEST, add_months, class_year_sql, live_pool
from core.insight.stage import stage_sql
from core.model import (
    Application,
    Blackout,
    Candidate,
    CandidateEmail,
    CandidateLanguage,
    CandidateSkill,
    CandidateTag,
    CustomValue,
    Engagement,
    Outcome,
    PoolEntry,
    School,
    Touch,
)
from core.model.words import LANGUAGE_LEVELS
from core.states import AT_WORK
from core.store.search import matching

Condition = ColumnElement[bool]


def leaf(field: FilterField, op: Any, value: Any, today: date) -> Condition:
    """True or false for each candidate, never unknown, so that `not` is its opposite. UserError as in `check`."""
    name = read.operator(field, op)
    read.check(field, name, value, today)
    if field.key.startswith(CUSTOM):
        found = _custom(field, name, value, today)
    else:
        found = _LEAVES[field.key](field, name, value, today)
    return func.coalesce(found, false())


def _within(column: Any, low: Any, high: Any) -> Condition:
    ends = [] if low is None else [column >= low]
    return and_(true(), *ends, *([] if high is None else [column <= high]))


def _has(wanted: Select[Any], *conditions: Any) -> Condition:
    return Candidate.id.in_(wanted.where(*conditions))


def _like(field: FilterField, op: str, value: Any, column: Any) -> Condition:
    words, plain = read.words_of(field, value), func.folded(column)
    if op == "is":
        return plain == words
    return plain.startswith(words, autoescape=True) if op == "begins" else plain.contains(words, autoescape=True)


# --- fields of the person's own row, and of their studies ------------------------------------------------------------


def _text(column: Any) -> Callable[..., Condition]:
    def found(field: FilterField, op: str, value: Any, _today: date) -> Condition:
        if op in BARE:
            known = func.coalesce(column, "") != ""
            return known if op == "filled" else ~known
        return _like(field, op, value, column)

    return found


def _known(column: Any, op: str) -> Condition:
    found: Condition = column.is_not(None) if op == "filled" else column.is_(None)
    return found


def _date(column: Any) -> Callable[..., Condition]:
    def found(field: FilterField, op: str, value: Any, today: date) -> Condition:
        if op in ("filled", "empty"):
            return _known(column, op)
        return _within(column, *read.days(field, op, value, today))

    return found


def _hours(field: FilterField, op: str, value: Any, _today: date) -> Condition:
    if op in BARE:
        return _known(Candidate.hours_a_week, op)
    return _within(Candidate.hours_a_week, *read.numbers(field, value))


def _year(field: FilterField, op: str, value: Any, today: date) -> Condition:
    year = class_year_sql(today)
    if op in BARE:
        return _known(year, op)
    if op == "between":
        return _within(year, *read.numbers(field, value))
    among = func.coalesce(year.in_([int(one) for one in read.picked(field, value) if one.isdecimal()]), false())
    return among if op == "any" else ~among


def _choice(column: Callable[[date], Any], empty: Callable[[], Condition]) -> Callable[..., Condition]:
    def found(field: FilterField, op: str, value: Any, today: date) -> Condition:
        if op in BARE:
            return empty() if op == "empty" else ~empty()
        among = func.coalesce(column(today).in_(read.picked(field, value)), false())
        return among if op == "any" else ~among

    return found


def _flag(holds: Callable[[date], Condition]) -> Callable[..., Condition]:
    def found(_field: FilterField, op: str, _value: Any, today: date) -> Condition:
        wanted = func.coalesce(holds(today), false())
        return wanted if op == "yes" else ~wanted

    return found


# --- what hangs on them ----------------------------------------------------------------------------------------------


def _those(
    owner: Any, column: Any, among: Callable[[date], Sequence[Any]] = lambda _today: ()
) -> Callable[..., Condition]:
    """Any or none of some rows of theirs; `among`: which rows count at all."""

    def found(field: FilterField, op: str, value: Any, today: date) -> Condition:
        rows = select(owner).where(*among(today))
        if op in BARE:
            has = _has(rows)
            return has if op == "filled" else ~has
        has = _has(rows, column.in_(read.picked(field, value)))
        return has if op == "any" else ~has

    return found


def _level(owner: Any, column: Any, place: Any, order: Sequence[str]) -> Callable[..., Condition]:
    """`place`: the level as a number that grows, NULL where nobody has said."""

    def found(field: FilterField, op: str, value: Any, _today: date) -> Condition:
        if op in BARE:
            has = _has(select(owner))
            return has if op == "filled" else ~has
        wanted, least = read.levels(field, value)
        well = [] if least is None else [place >= order.index(least) + 1]
        if op == "every":
            return and_(*(_has(select(owner), column == one, *well) for one in dict.fromkeys(wanted)))
        has = _has(select(owner), column.in_(wanted), *well)
        return has if op == "any" else ~has

    return found


_LANGUAGE_PLACE = case({key: at for at, key in enumerate(LANGUAGE_LEVELS, 1)}, value=CandidateLanguage.level)


def _email(field: FilterField, op: str, value: Any, _today: date) -> Condition:
    if op in BARE:
        has = _has(select(CandidateEmail.candidate_id))
        return has if op == "filled" else ~has
    return _has(select(CandidateEmail.candidate_id), _like(field, op, value, CandidateEmail.address))


def _next_touch(field: FilterField, op: str, value: Any, today: date) -> Condition:
    """The earliest planned contact, or next date of a live pool entry."""
    planned = select(Touch.candidate_id).where(Touch.made_on.is_(None), Touch.planned_on.is_not(None))
    pooled = select(PoolEntry.candidate_id).where(live_pool(today), PoolEntry.next_touch_on.is_not(None))

    def due(*until: Any) -> Condition:
        return or_(*(_has(rows, *(column <= day for day in until)) for rows, column in parts))

    parts = ((planned, Touch.planned_on), (pooled, PoolEntry.next_touch_on))
    if op in ("filled", "empty"):
        return due() if op == "filled" else ~due()
    low, high = read.days(field, op, value, today)
    ends = due() if high is None else due(high)
    return ends if low is None else and_(ends, ~due(low - timedelta(days=1)))


def contact_since(day: date, today: date) -> Condition:
    """The last contact was on that day or later; the same as `last_contact(today) >= day`, but asked once for all."""
    made = select(Touch.candidate_id).where(Touch.made_on <= today)
    later = Candidate.id.in_(made.where(Touch.made_on >= day))
    first = and_(Candidate.first_contact_on.is_not(None), Candidate.first_contact_on >= day)
    return or_(later, and_(Candidate.id.not_in(made), first))


def in_contact(today: date) -> Condition:
    return or_(Candidate.id.in_(select(Touch.candidate_id).where(Touch.made_on <= today)),
               Candidate.first_contact_on.is_not(None))  # fmt: skip


def _contact_between(low: date | None, high: date | None, today: date) -> Condition:
    ends = [in_contact(today)]
    if low is not None:
        ends.append(contact_since(low, today))
    if high is not None:
        ends.append(~contact_since(high + timedelta(days=1), today))
    return and_(*ends)


def _last_contact(field: FilterField, op: str, value: Any, today: date) -> Condition:
    if op in ("filled", "empty"):
        return in_contact(today) if op == "filled" else ~in_contact(today)
    return _contact_between(*read.days(field, op, value, today), today)


def _days_since(field: FilterField, op: str, value: Any, today: date) -> Condition:
    if op in BARE:
        return in_contact(today) if op == "filled" else ~in_contact(today)
    least, most = read.numbers(field, value)
    # Days before the calendar began are as good as none.
    far = float(today.toordinal() - 1)
    low = None if most is None or most >= far else today - timedelta(days=int(most // 1))
    high = None if least is None else today - timedelta(days=min(int(-(-least // 1)), int(far)))
    return _contact_between(low, high, today)


def leaving(today: date) -> Condition:
    """Graduating within a year, not hired, and without the wish to be left alone."""
    hired = select(Outcome.candidate_id).where(
        Outcome.kind.in_(("part_time", "full_time")), Outcome.accepted_on.is_not(None)
    )
    within = LATEST.graduates_on.between(today, add_months(today, COLD_WITHIN_MONTHS))
    alone = func.coalesce(Candidate.do_not_contact_on <= today, false())
    return and_(within, Candidate.id.not_in(hired), ~alone)


def cold(today: date) -> Condition:
    """Leaving within a year, and the last contact lies as long ago as their plan says; 60 days without one."""
    pooled = Candidate.id.in_(select(PoolEntry.candidate_id).where(live_pool(today)))
    long_ago = _contact_between(None, today - timedelta(days=COLD_DAYS), today)
    return and_(leaving(today), or_(Candidate.id.in_(by_plan(today)), and_(~pooled, long_ago)))


def free(start: date, end: date) -> list[Condition]:
    """Some time in the week, no blackout and no other work of ours on any of these days."""
    away = select(Blackout.candidate_id).where(Blackout.starts_on <= end, Blackout.ends_on >= start)
    at_work = select(Engagement.candidate_id).where(
        Engagement.status.in_(AT_WORK), Engagement.kick_off_on <= end, Engagement.due_on >= start
    )
    return [
        Candidate.id.not_in(away),
        Candidate.id.not_in(at_work),
        func.coalesce(Candidate.hours_a_week, 1) > 0,
        or_(Candidate.free_grid == "", Candidate.free_grid.contains("1")),
    ]


def _free(field: FilterField, _op: str, value: Any, _today: date) -> Condition:
    start, end = read.span(field, value, whole=True)
    return and_(*free(start, end)) if start and end else false()


def _week(field: FilterField, op: str, value: Any, _today: date) -> Condition:
    marked = [func.substr(Candidate.free_grid, one + 1, 1) == "1" for one in read.marks(field, value)]
    return and_(*marked) if op == "every" else or_(*marked)


def searched(wanted: str) -> list[Condition]:
    """Every word in the name, a school, an address, or in what the search index knows of them and of their files."""
    words = text.line(wanted).split()
    if not words:
        return []

    def has(word: str) -> Condition:
        columns = (Candidate.first_name, Candidate.last_name, Candidate.nickname, School.name, School.short_name)
        mailed = select(CandidateEmail.candidate_id).where(CandidateEmail.address.icontains(word, autoescape=True))
        return or_(*(column.icontains(word, autoescape=True) for column in columns), Candidate.id.in_(mailed))

    # The search index also finds letters with and without accents, and the words of their files.
    found = Candidate.id.in_(matching(" ".join(words), "candidates"))
    return [or_(and_(*(has(word) for word in words)), found)]


def _search(_field: FilterField, _op: str, value: Any, _today: date) -> Condition:
    return and_(true(), *searched(value))


def _custom(field: FilterField, op: str, value: Any, today: date) -> Condition:
    rows = select(CustomValue.candidate_id).where(
        CustomValue.field_id == field.key.removeprefix(CUSTOM), CustomValue.candidate_id.is_not(None)
    )
    if op in ("filled", "empty"):
        return _has(rows) if op == "filled" else ~_has(rows)
    if field.kind == "number":
        return _has(rows, _within(CustomValue.amount, *read.numbers(field, value)))
    if field.kind == "date":
        return _has(rows, _within(CustomValue.day, *read.days(field, op, value, today)))
    if field.kind == "choice":
        has = _has(rows, CustomValue.text.in_(read.picked(field, value)))
        return has if op == "any" else ~has
    return _has(rows, _like(field, op, value, CustomValue.text))


_NAME = Candidate.first_name + " " + Candidate.last_name
_LEAVES: dict[str, Callable[..., Condition]] = {
    "text": _search,
    "name": _text(_NAME),
    "email": _email,
    "phone": _text(Candidate.phone),
    "notes": _text(Candidate.notes),
    "major": _text(LATEST.major),
    "source": _choice(lambda _today: Candidate.source, lambda: Candidate.source == ""),
    "school": _choice(lambda _today: LATEST.school_id, lambda: LATEST.school_id.is_(None)),
    "stage": _choice(stage_sql, false),
    "tag": _those(CandidateTag.candidate_id, CandidateTag.tag_id),
    "pool": _those(PoolEntry.candidate_id, PoolEntry.reason, lambda today: [live_pool(today)]),
    "applied": _those(
        Application.candidate_id, Application.project_id, lambda _today: [Application.status != "invited"]
    ),
    "focus": _flag(lambda _today: School.is_focus.is_(True)),
    "cold": _flag(cold),
    "do_not_contact": _flag(lambda today: Candidate.do_not_contact_on <= today),
    "class_year": _year,
    "graduates": _date(LATEST.graduates_on),
    "first_contact": _date(Candidate.first_contact_on),
    "skill": _level(CandidateSkill.candidate_id, CandidateSkill.skill_id, CandidateSkill.level, ("1", "2", "3", "4")),
    "language": _level(
        CandidateLanguage.candidate_id, CandidateLanguage.language, _LANGUAGE_PLACE, tuple(LANGUAGE_LEVELS)
    ),
    "next_touch": _next_touch,
    "days_since": _days_since,
    "last_contact": _last_contact,
    "hours_a_week": _hours,
    "free": _free,
    "week": _week,
}
