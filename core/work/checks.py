"""What every verb needs: tidy a draft, gather what is wrong with it, find a row, move it to its next state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import clock, text
from core.errors import FieldErrors, UserError
from core.model import Candidate, ChangeRow, Colleague, Employer, Engagement, Offer, Project, Row
from core.states import Moves, may
from core.text import in_digits

LINE_LIMIT = 200
TEXT_LIMIT = 20_000
MONEY_LIMIT = 100_000_000
"""In cents. More than a million is a slip of the hand for a project of some hours."""

R = TypeVar("R", bound=Row)
D = TypeVar("D")


@dataclass(frozen=True)
class Caution:
    """Something worth a second look that stops nothing. `field` is the draft's."""

    field: str
    words: str


@dataclass(frozen=True, kw_only=True)
class PayRules:
    """Cents an hour below which Foothold holds and asks; they count for projects in the employer's currency."""

    floor: int
    minimum: int
    currency: str


class Problems:
    """Words for each field that needs mending; the first found for a field stays."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}

    def add(self, field: str, words: str) -> None:
        self.fields.setdefault(field, words)

    def when(self, wrong: bool, field: str, words: str) -> None:
        if wrong:
            self.add(field, words)

    def one_of(self, field: str, value: str, known: Iterable[str]) -> None:
        choices = list(known)
        if value not in choices:
            self.add(field, f"“{value}” is not one of: {', '.join(choices)}.")

    def raise_if_any(self) -> None:
        if self.fields:
            raise FieldErrors(self.fields)


def says(field: str) -> str:
    """A field's name as it stands in a sentence: `first_name` is "First name"."""
    return field.replace("_", " ").capitalize()


def tidy(draft: D, problems: Problems, *, long: Iterable[str] = (), required: Mapping[str, str] | None = None) -> D:
    """The draft with cleaned text, folded to one line unless the field is in `long`; too long or missing is a problem.

    Lists of texts lose their empty lines. `required`: field to the words that stand there when it is empty.
    """
    if not is_dataclass(draft) or isinstance(draft, type):
        raise TypeError("a draft is a dataclass")
    many_lines = set(long)
    cleaned: dict[str, Any] = {}
    for field in fields(draft):
        value = getattr(draft, field.name)
        whole = field.name in many_lines
        if isinstance(value, str):
            cleaned[field.name] = _tidy_text(value, field.name, problems, whole)
        elif isinstance(value, Sequence) and not isinstance(value, bytes) and all(isinstance(v, str) for v in value):
            texts = [_tidy_text(v, field.name, problems, whole) for v in value]
            cleaned[field.name] = [t for t in texts if t]
    for name, words in (required or {}).items():
        problems.when(not cleaned.get(name, getattr(draft, name)), name, words)
    return replace(draft, **cleaned)


def _tidy_text(value: str, field: str, problems: Problems, whole: bool) -> str:
    cleaned = text.clean(value) if whole else text.line(value)
    limit = TEXT_LIMIT if whole else LINE_LIMIT
    if len(cleaned) > limit:
        problems.add(
            field,
            f"{says(field)} has {in_digits(len(cleaned))} characters; at "
            f"most {in_digits(limit)} fit. Please shorten it.",
        )
    return cleaned


def distinct(values: Iterable[str]) -> list[str]:
    """Without repeats, compared as people read (case and accents aside); the first spelling and place stay."""
    found: dict[str, str] = {}
    for value in values:
        found.setdefault(text.fold(value), value)
    return list(found.values())


def find(session: Session, kind: type[R], row_id: str | None, what: str) -> R:
    """The row, or words that it is gone. `what`: "project", "offer" ..."""
    row = session.get(kind, row_id) if row_id else None
    if row is None:
        raise UserError(f"This {what} is no longer in the store. It was removed, or adding it was undone.")
    return row


def known(session: Session, kind: type[R], row_id: str | None, problems: Problems, field: str, words: str) -> R | None:
    """The row a draft points to; None is allowed, one that is gone is a problem of the field."""
    if row_id is None:
        return None
    row = session.get(kind, row_id)
    if row is None:
        problems.add(field, words)
    return row


def move(row: Any, machine: Moves, after: str, words: Mapping[str, str], what: str) -> None:
    """Set the row's status where the machine allows it, else say what stands in the way."""
    if not may(machine, row.status, after):
        now = words.get(row.status, row.status).lower()
        then = words.get(after, after).lower()
        raise UserError(f"This {what} is {now}; it cannot become {then} from there.")
    row.status = after


def rows(session: Session, kind: type[R], *conditions: Any, order: Any = None) -> list[R]:
    query = select(kind).where(*conditions)
    return list(session.scalars(query if order is None else query.order_by(order)))


def next_number(session: Session, kind: type[Project | Candidate]) -> int:
    """One that was never given: undoing a removal must find its number free."""
    standing = session.scalar(select(func.max(kind.number))) or 0
    removed = select(func.max(ChangeRow.old["number"].as_integer())).where(
        ChangeRow.noun == kind.__tablename__, ChangeRow.new.is_(None)
    )
    return max(int(standing), int(session.scalar(removed) or 0)) + 1


def project_code(number: int) -> str:
    """P-014"""
    return f"P-{number:03}"


def employer(session: Session) -> Employer:
    return session.scalars(select(Employer)).one()


def pay_rules(session: Session) -> PayRules:
    row = employer(session)
    return PayRules(floor=row.pay_floor, minimum=row.legal_minimum, currency=row.currency)


def working_colleague(session: Session, colleague_id: str, on: date) -> Colleague:
    row = find(session, Colleague, colleague_id, "colleague")
    if row.left_on is not None and row.left_on < on:
        raise UserError(f"{row.name} left on {text.short_day(row.left_on)} and cannot do this any more.")
    return row


def moment(today: date) -> datetime:
    """Now, where today is today; noon of a day that was fixed from outside."""
    now = clock.now()
    if now.astimezone().date() == today:
        return now
    return datetime.combine(today, time(12), UTC)


def past_day(on: date | None, today: date, what: str) -> date:
    """The day something happened: today unless said, and never one to come."""
    if on is not None and on > today:
        raise FieldErrors({"on": f"{what} on {text.short_day(on)}? That day is still to come. Give a day up to today."})
    return on or today


FREED = frozenset({"cancelled", "did_not_show", "ended_early"})
"""States of an engagement that give its opening back to the project."""


def is_live(offer: Offer, engagement_status: str | None, today: date) -> bool:
    """Whether an offer still takes one of the project's openings."""
    if offer.status == "accepted":
        return engagement_status not in FREED
    if offer.status == "sent":
        return offer.expires_on is None or offer.expires_on >= today
    return offer.status == "drafted"


def live_offers(session: Session, today: date, *conditions: Any) -> list[Offer]:
    """Offers that take an opening; `conditions` on Offer or its Application."""
    from core.model import Application

    query = (
        select(Offer, Engagement.status)
        .join(Application, Application.id == Offer.application_id)
        .outerjoin(Engagement, Engagement.offer_id == Offer.id)
        .where(*conditions)
    )
    return [offer for offer, status in session.execute(query) if is_live(offer, status, today)]
