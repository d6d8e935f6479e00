"""The sample program's shop, schools and students."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

import resources
from core.academic import class_year
from core.jobs.sample_days import Days, read, uid
from core.model import (
    Blackout,
    Candidate,
    CandidateEmail,
    CandidateSkill,
    Colleague,
    Employer,
    Enrolment,
    School,
    SchoolContact,
    SchoolPeriod,
    Skill,
)
from core.text import clean, fold

TWO_YEARS = ("kkc", "hwc", "wri", "tru")
"""Schools that lead to an associate degree."""


@dataclass
class Made:
    """What later parts refer to, by the keys of the files."""

    days: Days
    colleagues: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    schools_of: dict[str, str] = field(default_factory=dict)
    enrolments: dict[str, str] = field(default_factory=dict)
    graduations: dict[str, date] = field(default_factory=dict)
    skills: dict[str, str] = field(default_factory=dict)

    def years(self, who: str) -> int:
        return 2 if self.schools_of[who] in TWO_YEARS else 4

    def class_year(self, who: str, day: date) -> int | None:
        return class_year(day, self.graduations[who], years=self.years(who))

    def skill(self, session: Session, name: str) -> str:
        if name not in self.skills:
            self.skills[name] = uid("skill", name)
            session.add(Skill(id=self.skills[name], name=name))
        return self.skills[name]


def shop(session: Session, made: Made) -> None:
    """The employer and its owner are there already: they get their details."""
    data = read("shop")
    employer = session.scalars(select(Employer)).one()
    for name, value in data["employer"].items():
        setattr(employer, name, value)
    employer.logo = resources.path("sample/logo.png").read_bytes()
    owner = session.scalars(
        select(Colleague).order_by(Colleague.role != "owner", Colleague.created_at).limit(1)
    ).one_or_none()
    for key, values in data["colleagues"].items():
        colleague = owner if key == "owner" and owner is not None else Colleague(id=uid("colleague", key))
        for name, value in values.items():
            setattr(colleague, name, value)
        session.add(colleague)
        made.colleagues[key] = colleague.id


def schools(session: Session, made: Made) -> None:
    data = read("schools")
    today = made.days.today
    for key, item in data["schools"].items():
        school_id = uid("school", key)
        session.add(
            School(
                id=school_id,
                name=item["name"],
                short_name=item["short"],
                city="Chicago",
                state="IL",
                domains=[item["domain"]],
                is_focus=item.get("focus", False),
            )
        )
        office, name, phone = item["contact"]
        address = f"{fold(name).replace(' ', '.')}@{item['domain']}"
        session.add(
            SchoolContact(
                id=uid("contact", key), school_id=school_id, office=office, name=name, email=address, phone=phone
            )
        )
        for kind, spans in data["periods"][item["periods"]].items():
            for year in (today.year - 1, today.year, today.year + 1):
                for number, (first, last) in enumerate(spans):
                    starts = date.fromisoformat(f"{year}-{first}")
                    ends = date.fromisoformat(f"{year + (last < first)}-{last}")
                    if ends.year >= today.year:
                        row_id = uid("period", key, kind, year, number)
                        session.add(
                            SchoolPeriod(id=row_id, school_id=school_id, kind=kind, starts_on=starts, ends_on=ends)
                        )


def people(session: Session, made: Made) -> None:
    data = read("people")
    domains = {key: school["domain"] for key, school in read("schools")["schools"].items()}
    for number, (key, item) in enumerate(data["people"].items(), start=1):
        candidate_id = uid("candidate", key)
        made.people[key] = candidate_id
        made.schools_of[key] = item["school"]
        made.graduations[key] = made.days.graduation(item["spring"], item.get("month", 5))
        _candidate(session, made, key, item, number, data["grids"][item["free"]].replace(" ", ""))
        session.add(
            CandidateEmail(
                id=uid("email", key),
                candidate_id=candidate_id,
                position=0,
                address=_address(key, item, domains[item["school"]]),
            )
        )
        _studies(session, made, key, item, number)
        for name, (level, evidence) in item["skills"].items():
            session.add(
                CandidateSkill(
                    id=uid("knows", key, name),
                    candidate_id=candidate_id,
                    skill_id=made.skill(session, name),
                    level=level or None,
                    evidence=evidence,
                )
            )
        for start, end in item.get("blackouts", []):
            session.add(
                Blackout(
                    id=uid("away", key, start),
                    candidate_id=candidate_id,
                    starts_on=made.days.at(start),
                    ends_on=made.days.at(end),
                )
            )


def _candidate(session: Session, made: Made, key: str, item: dict[str, Any], number: int, grid: str) -> None:
    first, last = (clean(name) for name in item["name"])
    met = made.days.at(item["first"])
    candidate = Candidate(
        id=made.people[key],
        number=number,
        first_name=first,
        last_name=last,
        nickname=item.get("nickname", ""),
        phone=f"(312) 555-01{number:02}" if item.get("phone") else "",
        source=item["source"],
        first_contact_on=met,
        class_year_at_first_contact=made.class_year(key, met),
        hours_a_week=item["hours"],
        free_grid=grid,
    )
    if made.years(key) == 2:
        # Derived class years count back from a fourth year, so a shorter degree says its own.
        candidate.class_year_set_on = max(met, made.days.at(-20))
        candidate.class_year_set = made.class_year(key, candidate.class_year_set_on)
        if candidate.class_year_set is None:
            candidate.class_year_set_on = None
    session.add(candidate)


def _studies(session: Session, made: Made, key: str, item: dict[str, Any], number: int) -> None:
    made.enrolments[key] = uid("enrolment", key)
    graduates = made.graduations[key]
    years = made.years(key)
    began = date(graduates.year - years, 8, 24)
    if began > made.days.at(item["first"]):
        # Someone whom we met at college has begun by then.
        began = began.replace(year=began.year - 1)
    session.add(
        Enrolment(
            id=made.enrolments[key],
            candidate_id=made.people[key],
            school_id=uid("school", item["school"]),
            student_number=f"{7_100_000 + number * 347}",
            major=item["major"],
            degree_level="Associate" if years == 2 else "Bachelor",
            starts_on=began,
            graduates_on=graduates,
        )
    )


def _address(key: str, item: dict[str, Any], domain: str) -> str:
    """Their own where they gave one; else from the name where it is in Latin letters, or the key, as schools do it."""
    if "email" in item:
        return str(item["email"])
    name = fold(" ".join(item["name"])).translate(_PLAIN)
    parts = "".join(c if c.isascii() and c.isalpha() else " " if c == " " else "" for c in name).split()
    local = f"{parts[0]}.{parts[-1]}" if len(parts) > 1 else key
    return f"{local}@{domain}"


_PLAIN = str.maketrans({"þ": "th", "ł": "l", "ı": "i", "æ": "ae", "ø": "o", "đ": "d", "-": " "})
