"""The employer's own details, and the colleagues who sign."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import available_timezones

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import UserError
from core.formats import COUNTRIES
from core.ids import new_id
from core.model import Colleague, Template
from core.model.words import FORMATS
from core.store import Label, Store
from core.text import fold, is_email
from core.work.checks import MONEY_LIMIT, Problems, employer, find, rows, tidy

LOGO_LIMIT = 1_000_000
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
"""How a PNG and a JPEG begin."""
PAPER_SIZES = {"letter": "Letter", "a4": "A4"}
ROLES = {"owner": "Owner", "supervisor": "Supervisor", "rater": "Rater"}


@dataclass(frozen=True, kw_only=True)
class EmployerDraft:
    """`logo`: a PNG or JPEG of at most 1 MB. `pay_floor`, `legal_minimum`: cents an hour.

    `country`: whose way of writing days, money and numbers; "" for Foothold's own.
    """

    name: str = ""
    address: str = ""
    city: str = ""
    state: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    logo: bytes | None = None
    signatory_name: str = ""
    signatory_title: str = ""
    currency: str = "USD"
    time_zone: str = "America/Chicago"
    head_count: int | None = None
    pay_floor: int = 2000
    legal_minimum: int = 725
    paper_size: str = "letter"
    retention_months: int = 12
    decline_hold_days: int = 2
    country: str = ""


EMPLOYER_COLUMNS = (
    "name", "address", "city", "state", "email", "phone", "website", "logo", "signatory_name", "signatory_title",
    "currency", "time_zone", "head_count", "pay_floor", "legal_minimum", "paper_size", "retention_months",
    "decline_hold_days",
)  # fmt: skip


def employer_draft(store: Store) -> EmployerDraft:
    with store.read() as session:
        row = employer(session)
        chosen = _formats(session)
        country = str(chosen.body.get("country", "")) if chosen else ""
        return EmployerDraft(**{name: getattr(row, name) for name in EMPLOYER_COLUMNS}, country=country)


def change_employer(store: Store, draft: EmployerDraft, *, today: date) -> str:
    draft = _checked(draft)
    with store.change(Label.EMPLOYER_CHANGED) as session:
        row = employer(session)
        for name in EMPLOYER_COLUMNS:
            setattr(row, name, getattr(draft, name))
        _write_as(session, draft.country)
        store.note_ref(("employers", row.id))
        return row.id


def _formats(session: Session) -> Template | None:
    return session.scalars(select(Template).where(Template.kind == FORMATS)).first()


def _write_as(session: Session, country: str) -> None:
    row = _formats(session)
    if row is None and country:
        session.add(Template(id=new_id(), kind=FORMATS, key=FORMATS, name="Formats", body={"country": country}))
    elif row is not None and row.body.get("country", "") != country:
        row.body = {"country": country}


def _checked(draft: EmployerDraft) -> EmployerDraft:
    problems = Problems()
    draft = tidy(draft, problems, long=("address",), required={"name": "Give the name of the business."})
    draft = replace(draft, currency=draft.currency.upper(), paper_size=draft.paper_size.lower())
    if draft.email and not is_email(draft.email):
        problems.add("email", f"“{draft.email}” is no e-mail address.")
    if draft.logo is not None:
        size = len(draft.logo)
        problems.when(
            size > LOGO_LIMIT, "logo", f"The logo has {size / 1e6:.1f} MB; at most 1 MB fits. Save it smaller."
        )
        problems.when(
            not draft.logo.startswith(PICTURES), "logo", "The logo is no PNG or JPEG picture. Save it as one."
        )
    if not (len(draft.currency) == 3 and draft.currency.isascii() and draft.currency.isalpha()):
        problems.add("currency", f"“{draft.currency}” is no currency. Use its three letters, such as USD.")
    if draft.time_zone not in available_timezones():
        problems.add("time_zone", f"“{draft.time_zone}” is no time zone. One looks like America/Chicago.")
    problems.when(
        draft.country not in ("", *COUNTRIES), "country", f"“{draft.country}” is no country that formats are known of."
    )
    problems.one_of("paper_size", draft.paper_size, PAPER_SIZES)
    count = draft.head_count
    problems.when(count is not None and not 0 <= count <= 10_000_000, "head_count", "How many people work for you?")
    for name in ("pay_floor", "legal_minimum"):
        problems.when(not 0 <= getattr(draft, name) <= MONEY_LIMIT, name, "Give an amount an hour, 0 or more.")
    months = draft.retention_months
    held = draft.decline_hold_days
    problems.when(not 0 <= held <= 60, "decline_hold_days", "Hold messages back for 0 to 60 days.")
    problems.when(not 1 <= months <= 240, "retention_months", "Keep records for 1 to 240 months.")
    problems.raise_if_any()
    return draft


@dataclass(frozen=True, kw_only=True)
class ColleagueDraft:
    """`role`: owner, supervisor, rater. `hours_a_week`: for supervision."""

    name: str = ""
    email: str = ""
    role: str = "supervisor"
    hours_a_week: int | None = None
    left_on: date | None = None


COLLEAGUE_COLUMNS = ("name", "email", "role", "hours_a_week", "left_on")


def add_colleague(store: Store, draft: ColleagueDraft, *, today: date) -> str:
    colleague_id = new_id()
    with store.change(Label.COLLEAGUE_ADDED, ("colleagues", colleague_id)) as session:
        draft = _checked_colleague(session, draft, None)
        row = Colleague(id=colleague_id)
        for name in COLLEAGUE_COLUMNS:
            setattr(row, name, getattr(draft, name))
        session.add(row)
    return colleague_id


def change_colleague(store: Store, colleague_id: str, draft: ColleagueDraft, *, today: date) -> str:
    with store.change(Label.COLLEAGUE_CHANGED, ("colleagues", colleague_id)) as session:
        row = find(session, Colleague, colleague_id, "colleague")
        draft = _checked_colleague(session, draft, colleague_id)
        if draft.left_on is not None and not _someone_stays(session, colleague_id):
            raise UserError(f"{row.name} is the only colleague left. Add another one first.")
        for name in COLLEAGUE_COLUMNS:
            setattr(row, name, getattr(draft, name))
    return colleague_id


def colleague_draft(store: Store, colleague_id: str) -> ColleagueDraft:
    with store.read() as session:
        row = find(session, Colleague, colleague_id, "colleague")
        return ColleagueDraft(**{name: getattr(row, name) for name in COLLEAGUE_COLUMNS})


def _checked_colleague(session: Session, draft: ColleagueDraft, own_id: str | None) -> ColleagueDraft:
    problems = Problems()
    draft = tidy(draft, problems, required={"name": "Give the colleague’s name."})
    if draft.email and not is_email(draft.email):
        problems.add("email", f"“{draft.email}” is no e-mail address.")
    problems.one_of("role", draft.role, ROLES)
    hours = draft.hours_a_week
    problems.when(hours is not None and not 0 <= hours <= 80, "hours_a_week", "Hours a week are from 0 to 80.")
    names = {fold(c.name) for c in rows(session, Colleague) if c.id != own_id}
    problems.when(fold(draft.name) in names, "name", "There is a colleague of this name already. Tell them apart.")
    problems.raise_if_any()
    return draft


def _someone_stays(session: Session, leaving_id: str) -> bool:
    return bool(rows(session, Colleague, Colleague.id != leaving_id, Colleague.left_on.is_(None)))
