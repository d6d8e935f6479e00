"""Schools: found by name, short name or e-mail domain, and kept with their contacts and calendar."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from core.ids import new_id
from core.model import Enrolment, School, SchoolContact, SchoolPeriod
from core.store import Label, Store
from core.text import fold, is_email, line
from core.work.checks import LINE_LIMIT, Problems, find, rows, tidy
from core.work.school_domains import Proposal, academic_domain, proposal
from core.work.touch_plans import keep_to_calendar

_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
_BEFORE_DOMAIN = re.compile(r"^(?:https?://)?(?:www\.)?@?")
PERIOD_KINDS = {"exams": "Exams", "break": "Break", "term": "Term"}


@dataclass(frozen=True, kw_only=True)
class SchoolContactDraft:
    office: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    id: str | None = None


@dataclass(frozen=True, kw_only=True)
class SchoolPeriodDraft:
    """`kind`: exams, break, term."""

    kind: str = "exams"
    starts_on: date | None = None
    ends_on: date | None = None
    id: str | None = None


@dataclass(frozen=True, kw_only=True)
class SchoolDraft:
    """`rollover_month`, `rollover_day`: when class years roll over there."""

    name: str = ""
    short_name: str = ""
    city: str = ""
    state: str = ""
    domains: Sequence[str] = ()
    is_focus: bool = False
    rollover_month: int = 8
    rollover_day: int = 15
    contacts: Sequence[SchoolContactDraft] = ()
    periods: Sequence[SchoolPeriodDraft] = ()


class SchoolIndex:
    """Finds schools without a query for each; schools that it adds are found from then on."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._names: dict[str, School] = {}
        self._domains: dict[str, School] = {}
        self.by_id: dict[str, School] = {}
        for school in rows(session, School, order=School.created_at):
            self._take(school)

    def _take(self, school: School) -> None:
        self.by_id[school.id] = school
        for name in (school.name, school.short_name):
            if name:
                self._names.setdefault(fold(name), school)
        for domain in school.domains or []:
            self._domains.setdefault(domain, school)

    def by_name(self, name: str) -> School | None:
        return self._names.get(fold(name)) if name.strip() else None

    def by_email(self, address: str) -> School | None:
        parts = address.rpartition("@")[2].lower().split(".")
        for start in range(len(parts) - 1):
            found = self._domains.get(".".join(parts[start:]))
            if found is not None:
                return found
        return None

    def add(self, name: str, domains: Sequence[str] = ()) -> School:
        school = School(id=new_id(), name=name, short_name="", domains=list(domains))
        self._session.add(school)
        self._take(school)
        return school

    def settle(self, school_id: str | None, name: str, emails: Sequence[str]) -> School | None:
        """The school that is meant, added where it is new; None where nothing points to one."""
        chosen = self.by_id.get(school_id or "")
        if chosen is not None and (not name or fold(name) in (fold(chosen.name), fold(chosen.short_name))):
            return chosen
        if name:
            return self.by_name(name) or self._named(name, emails)
        for address in emails:
            found = self.by_email(address)
            if found is not None:
                return found
        for address in emails:
            if (proposed := proposal(address)) is not None:
                return self.by_name(proposed.name) or self.add(proposed.name, [proposed.domain])
        for address in emails:
            if (academic := academic_domain(address)) is not None:
                return self.by_name(academic) or self.add(academic, [academic])
        return None

    def _named(self, name: str, emails: Sequence[str]) -> School:
        """A new school. It has the domain of an address that is known to be of a school of this name."""
        for address in emails:
            proposed = proposal(address)
            if proposed is not None and fold(name) in map(fold, (proposed.name, *proposed.others)):
                return self.add(name, [proposed.domain])
        return self.add(name)


def add_school(store: Store, draft: SchoolDraft, *, today: date) -> str:
    school_id = new_id()
    with store.change(Label.SCHOOL_ADDED, ("schools", school_id)) as session:
        draft = _checked(session, draft, None)
        school = School(id=school_id)
        _write(session, school, draft)
    return school_id


def change_school(store: Store, school_id: str, draft: SchoolDraft, *, today: date) -> str:
    with store.change(Label.SCHOOL_CHANGED, ("schools", school_id)) as session:
        school = find(session, School, school_id, "school")
        _write(session, school, _checked(session, draft, school_id))
        students = rows(session, Enrolment, Enrolment.school_id == school_id)
        keep_to_calendar(session, list({one.candidate_id for one in students}), today=today)
    return school_id


def set_focus(store: Store, school_id: str, focus: bool, *, today: date) -> None:
    """Whether it is one of the schools that the business usually hires from."""
    with store.change(Label.SCHOOL_CHANGED, ("schools", school_id)) as session:
        find(session, School, school_id, "school").is_focus = focus


def proposed_school(store: Store, emails: Sequence[str]) -> Proposal | None:
    """Where someone with these addresses studies: a school of the store first, else one that the program knows of.

    Nothing is made by asking.
    """
    with store.read() as session:
        index = SchoolIndex(session)
        for address in emails:
            if (found := index.by_email(address)) is not None:
                return Proposal(found.name, "")
    return next((found for found in map(proposal, emails) if found is not None), None)


def find_school(store: Store, text: str) -> str | None:
    """The id of the school with this name, short name, domain or e-mail domain."""
    with store.read() as session:
        index = SchoolIndex(session)
        found = index.by_name(line(text)) or index.by_email(line(text))
        return None if found is None else found.id


def school_draft(store: Store, school_id: str) -> SchoolDraft:
    with store.read() as session:
        school = find(session, School, school_id, "school")
        contacts = rows(session, SchoolContact, SchoolContact.school_id == school_id, order=SchoolContact.created_at)
        periods = rows(session, SchoolPeriod, SchoolPeriod.school_id == school_id, order=SchoolPeriod.starts_on)
        return SchoolDraft(
            name=school.name,
            short_name=school.short_name,
            city=school.city,
            state=school.state,
            domains=list(school.domains),
            is_focus=school.is_focus,
            rollover_month=school.rollover_month,
            rollover_day=school.rollover_day,
            contacts=[
                SchoolContactDraft(id=c.id, office=c.office, name=c.name, email=c.email, phone=c.phone)
                for c in contacts
            ],
            periods=[
                SchoolPeriodDraft(id=p.id, kind=p.kind, starts_on=p.starts_on, ends_on=p.ends_on) for p in periods
            ],
        )


def _checked(session: Session, draft: SchoolDraft, own_id: str | None) -> SchoolDraft:
    problems = Problems()
    draft = tidy(draft, problems, required={"name": "Give the school’s name."})
    domains = [_BEFORE_DOMAIN.sub("", d.lower()).strip("/") for d in draft.domains]
    for domain in domains:
        if not _DOMAIN.fullmatch(domain):
            problems.add("domains", f"“{domain}” is no e-mail domain. Write it like northfield.edu.")
    index = SchoolIndex(session)
    for field, name in (("name", draft.name), ("short_name", draft.short_name)):
        other = index.by_name(name)
        if other is not None and other.id != own_id:
            problems.add(field, f"{other.name} is already in the store under this name.")
    _check_day(draft, problems)
    contacts = _checked_contacts(draft, problems)
    for period in draft.periods:
        problems.when(period.kind not in PERIOD_KINDS, "periods", "A period is exams, a break or a term.")
        if period.starts_on is None or period.ends_on is None:
            problems.add("periods", "A period needs its first and its last day.")
        elif period.ends_on < period.starts_on:
            problems.add("periods", "A period ends before it begins. Swap its days.")
    problems.raise_if_any()
    return replace(draft, domains=list(dict.fromkeys(domains)), contacts=contacts)


def _check_day(draft: SchoolDraft, problems: Problems) -> None:
    try:
        date(2023, draft.rollover_month, draft.rollover_day)
    except ValueError:
        problems.add("rollover_day", "There is no such day. Class years roll over on a day such as 15 August.")


def _checked_contacts(draft: SchoolDraft, problems: Problems) -> list[SchoolContactDraft]:
    contacts = [tidy(contact, Problems()) for contact in draft.contacts]
    contacts = [c for c in contacts if c.office or c.name or c.email or c.phone]
    for contact in contacts:
        if contact.email and not is_email(contact.email):
            problems.add("contacts", f"“{contact.email}” is no e-mail address.")
        if max(map(len, (contact.office, contact.name, contact.phone))) > LINE_LIMIT:
            problems.add("contacts", f"A contact’s line has at most {LINE_LIMIT} characters.")
    return contacts


def _write(session: Session, school: School, draft: SchoolDraft) -> None:
    for field in ("name", "short_name", "city", "state", "is_focus", "rollover_month", "rollover_day"):
        setattr(school, field, getattr(draft, field))
    school.domains = list(draft.domains)
    session.add(school)
    contacts = {row.id: row for row in rows(session, SchoolContact, SchoolContact.school_id == school.id)}
    for contact in draft.contacts:
        entry = contacts.pop(contact.id or "", None) or SchoolContact(id=new_id(), school_id=school.id)
        entry.office, entry.name, entry.email, entry.phone = contact.office, contact.name, contact.email, contact.phone
        session.add(entry)
    periods = {row.id: row for row in rows(session, SchoolPeriod, SchoolPeriod.school_id == school.id)}
    for period in draft.periods:
        if period.starts_on is None or period.ends_on is None:
            continue
        span = periods.pop(period.id or "", None) or SchoolPeriod(id=new_id(), school_id=school.id)
        span.kind, span.starts_on, span.ends_on = period.kind, period.starts_on, period.ends_on
        session.add(span)
    for gone in (*contacts.values(), *periods.values()):
        session.delete(gone)
