"""As many made-up people as asked for, to see how long lists look and how quick they are."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from core import clock
from core.jobs.sample_days import month_end
from core.model import (
    Candidate,
    CandidateEmail,
    CandidateSkill,
    CandidateTag,
    Enrolment,
    PoolEntry,
    School,
    Skill,
    Tag,
    Touch,
)
from core.store import Label, Store
from core.store.laying import lay

_FIRST = (
    "Ada", "Bảo", "Chidi", "Dana", "Elena", "Fatima", "Gus", "Hana", "Isaiah", "Jin", "Kateryna", "Łukasz", "Marisol",
    "Nguyễn", "Omar", "Priya", "Quinn", "Rosa", "Siobhán", "Tyrell", "Ursula", "Wei", "Ximena", "Zoë",
)  # fmt: skip
_LAST = (
    "Okafor", "Trần", "Eze", "Whitfield", "Petrova", "Al-Sayed", "Lindqvist", "Sato", "Brooks", "Park", "Shevchenko",
    "Nowak", "Ruiz", "Thảo", "Haddad", "Natarajan", "Abernathy-Featherstonehaugh", "Ångström", "O’Neill", "Washington",
    "Vogel", "Chen", "García", "Łęcka", "Kim", "Müller", "Santos", "Johnson", "Ivanov",
)  # fmt: skip
_SKILLS = ("Spreadsheets", "Writing", "Research", "Photography", "Bookkeeping", "Web pages", "Translation", "Survey")
_TAGS = ("Fair", "Evenings", "Has a car")
_SOURCES = ("Career fair", "Campus office list", "Referral", "Applied", "")
_SCHOOLS = 40
_AT_ONCE = 20_000


def people_crowd(store: Store, count: int, today: date) -> None:
    """Lays `count` candidates with schools, skills, tags and contacts, past the history and the search.

    The same `count` and `today` give the same rows.
    """
    with store.change(Label.SAMPLE_MADE, barrier=True) as session:
        lay(session, School, [_school(at) for at in range(_SCHOOLS)])
        lay(session, Skill, [_named(name, "k", at) for at, name in enumerate(_SKILLS)])
        lay(session, Tag, [_named(name, "t", at) for at, name in enumerate(_TAGS)])
        for start in range(0, count, _AT_ONCE):
            _people(session, range(start, min(start + _AT_ONCE, count)), today)


def _people(session: Session, places: range, today: date) -> None:
    met = {at: today - timedelta(days=at * 37 % 900 + 1) for at in places}
    lay(session, Candidate, [_person(at, met[at]) for at in places])
    lay(session, CandidateEmail, [
        _of(at, "e", position=0, address=f"p{at}@c{at % _SCHOOLS}.example.edu") for at in places
    ])  # fmt: skip
    lay(session, Enrolment, [
        _of(at, "r", school_id=_id("s", at % _SCHOOLS), student_number="", major="Business", cip_code="",
            degree_level="", starts_on=None, graduates_on=month_end(today.year + at % 5, 5))
        for at in places
    ])  # fmt: skip
    lay(session, CandidateSkill, [
        _of(at * 10 + more, "ks", at, skill_id=_id("k", (at + more) % len(_SKILLS)), level=at % 4 + 1, evidence="")
        for at in places for more in range(at % 4)
    ])  # fmt: skip
    lay(session, CandidateTag, [_of(at, "ct", tag_id=_id("t", at % len(_TAGS))) for at in places if at % 3 == 0])
    lay(session, Touch, [
        _of(at, "to", kind="mail", made_on=max(met[at], today - timedelta(days=at * 13 % 400)), planned_on=None,
            subject="", text="", colleague_id=None, project_id=None)
        for at in places if at % 2
    ])  # fmt: skip
    lay(session, PoolEntry, [
        _of(at, "po", reason="near_miss_intern", year=today.year - 1, rank=at % 9 + 2, of_count=12, began_on=met[at],
            ended_on=None, every_days=60, until_graduation=True, not_in_exams=True,
            next_touch_on=today + timedelta(days=at % 120 - 30), note="")
        for at in places if at % 7 == 0
    ])  # fmt: skip


def _school(at: int) -> dict[str, Any]:
    return {
        **_named(f"Example College {at + 1}", "s", at), "short_name": "", "city": "", "state": "",
        "domains": [f"c{at}.example.edu"], "is_focus": at < 4, "rollover_month": 8, "rollover_day": 15,
    }  # fmt: skip


def _person(at: int, met: date) -> dict[str, Any]:
    return {
        **_head("c", at), "number": at + 1, "first_name": _FIRST[at % len(_FIRST)],
        "last_name": _LAST[at * 7 % len(_LAST)], "nickname": "", "phone": f"(312) 555-{at % 10_000:04}", "links": [],
        "source": _SOURCES[at % len(_SOURCES)], "notes": "", "first_contact_on": met,
        "class_year_at_first_contact": at % 4 + 1, "class_year_set": None, "class_year_set_on": None,
        "hours_a_week": at % 4 * 5 or None, "free_grid": "0010" * 5 + "1110" * 2 if at % 5 else "", "may_work": "",
        "needs_sponsorship": "", "work_asked_on": None, "do_not_contact_on": None,
    }  # fmt: skip


def _id(kind: str, at: int) -> str:
    return f"{kind}-{at:030}"


def _head(kind: str, at: int) -> dict[str, Any]:
    now: datetime = clock.now()
    return {"id": _id(kind, at), "row_version": 1, "created_at": now, "changed_at": now}


def _named(name: str, kind: str, at: int) -> dict[str, Any]:
    return {**_head(kind, at), "name": name}


def _of(at: int, prefix: str, owner: int | None = None, **values: Any) -> dict[str, Any]:
    return {**_head(prefix, at), "candidate_id": _id("c", at if owner is None else owner), **values}
