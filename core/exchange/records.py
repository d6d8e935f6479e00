"""Projects, applications, offers, payments and to-dos from a table, in the same way as candidates."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.exchange.columns import fields
from core.exchange.fields import Field
from core.exchange.parsed import ParsedRow
from core.exchange.people import parse_candidates
from core.exchange.reading import Reading, RowReading, Step
from core.exchange.table import Table
from core.model.words import APPLICATION_STATES, LOCATION_MODES, OFFER_STATES, PAID_FROM, PAY_METHODS, PROJECT_PHASES
from core.repeating import EVERY
from core.text import clean

_BY_HAND = {key: PROJECT_PHASES[key] for key in ("draft", "open", "selecting", "cancelled")}
_OFFERED = {key: words for key, words in OFFER_STATES.items() if key != "expired"}
_PROJECT_WORDS = {"new": "draft", "planned": "draft", "published": "open", "canceled": "cancelled", "offen": "open"}
_APPLIED_WORDS = {
    "new": "applied", "submitted": "applied", "received": "applied", "pending": "applied", "beworben": "applied",
    "short list": "shortlisted", "short listed": "shortlisted", "interview": "shortlisted", "in review": "applied",
    "rejected": "not_selected", "declined": "not_selected", "abgelehnt": "not_selected", "not chosen": "not_selected",
    "withdrew": "withdrawn", "zuruckgezogen": "withdrawn", "eingeladen": "invited",
}  # fmt: skip
_OFFER_WORDS = {
    "draft": "drafted",
    "open": "sent",
    "signed": "accepted",
    "rejected": "declined",
    "withdrew": "withdrawn",
}
_METHOD_WORDS = {
    "cheque": "check", "wire": "transfer", "ach": "transfer", "direct deposit": "transfer", "bank": "transfer",
    "uberweisung": "transfer", "transferencia": "transfer", "virement": "transfer", "przelew": "transfer",
    "sepa": "transfer", "payroll run": "payroll", "bar": "cash", "efectivo": "cash", "especes": "cash",
    "gotowka": "cash", "paypal": "other", "venmo": "other", "zelle": "transfer", "gift card": "other",
}  # fmt: skip
_FROM_WORDS = {"us": "employer", "company": "employer", "grant": "campus_grant", "campus": "campus_grant",
               "school": "campus_grant", "university": "campus_grant"}  # fmt: skip
_WHERE_WORDS = {
    "online": "remote", "virtual": "remote", "yes": "remote", "home": "remote", "in person": "on_site",
    "onsite": "on_site", "office": "on_site", "no": "on_site", "hybrid": "mixed", "either": "mixed",
    "vor ort": "on_site", "presencial": "on_site", "sur place": "on_site", "a distancia": "remote",
    "a distance": "remote", "zdalnie": "remote",
}  # fmt: skip
_BULLET = re.compile(r"^(?:[-*•–]\s+|\d{1,3}[.)]\s+)?(?:\[[ xX]?\]\s*)?")
MOST_HOURS = 10_000


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """`fee` in cents. `status` is one set by hand (core.states.PROJECT). `own`: fields of one's own, id and text."""

    title: str = ""
    category: str = ""
    summary: str = ""
    why_it_matters: str = ""
    learning_objectives: tuple[str, ...] = ()
    deliverables: tuple[str, ...] = ()
    estimated_hours: int | None = None
    fee: int | None = None
    currency: str = "USD"
    apply_by: date | None = None
    kick_off_on: date | None = None
    due_on: date | None = None
    location_mode: str = "remote"
    place: str = ""
    tools: str = ""
    skills: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    openings: int = 1
    supervisor: str = ""
    eligibility: str = ""
    status: str = "draft"
    own: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """`project`: its number ("P-014", "14") or its title. `answers`: header and text of each column not mapped."""

    candidate_email: str = ""
    project: str = ""
    status: str = "applied"
    applied_on: date | None = None
    source: str = ""
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OfferRow:
    """`fee` in cents. None where the project's own holds."""

    candidate_email: str = ""
    project: str = ""
    fee: int | None = None
    currency: str = "USD"
    hours: int | None = None
    kick_off_on: date | None = None
    due_on: date | None = None
    expires_on: date | None = None
    status: str = "drafted"
    sent_on: date | None = None
    answered_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """`amount` in cents; `method` and `paid_from` as in core.model.words. None only where there is a problem."""

    candidate_email: str = ""
    project: str = ""
    amount: int | None = None
    currency: str = "USD"
    paid_on: date | None = None
    method: str = "check"
    reference: str = ""
    paid_from: str = "employer"


@dataclass(frozen=True, slots=True)
class ToDoRow:
    text: str = ""
    captured_on: date | None = None
    due_on: date | None = None
    repeat_months: int | None = None
    repeat_from: date | None = None


def parse_projects(
    table: Table, mapping: Mapping[str, str], currency: str = "USD", own: Sequence[Field] = ()
) -> list[ParsedRow[ProjectRow]]:
    """`currency` is the employer's, for amounts that name none. Raises UserError where the mapping does not fit."""
    return [_project(row, currency) for row in _reading(table, mapping, "projects", own).rows()]


def _reading(table: Table, mapping: Mapping[str, str], noun: str, own: Sequence[Field] = ()) -> Reading:
    days = tuple(spec.name for spec in fields(noun) if spec.name.endswith(("_on", "_by")))
    return Reading(table, mapping, noun, days, own)


def _project(row: RowReading, currency: str) -> ParsedRow[ProjectRow]:
    fee, currency = row.money("fee", currency)
    return row.done(
        ProjectRow(
            title=_needed(row, "title", "The title is missing."),
            category=row.short("category"),
            summary=row.long("summary"),
            why_it_matters=row.long("why_it_matters"),
            learning_objectives=row.many("learning_objectives"),
            deliverables=row.many("deliverables"),
            estimated_hours=row.count("estimated_hours", "hours", MOST_HOURS),
            fee=fee,
            currency=currency,
            apply_by=row.day("apply_by"),
            kick_off_on=row.day("kick_off_on"),
            due_on=row.day("due_on"),
            location_mode=row.word("location_mode", LOCATION_MODES, _WHERE_WORDS, "remote"),
            place=row.short("place"),
            tools=row.long("tools"),
            skills=row.many("skills", commas=True),
            questions=row.many("questions"),
            openings=row.count("openings", "openings", 1_000) or 1,
            supervisor=row.short("supervisor"),
            eligibility=row.long("eligibility"),
            status=row.word("status", _BY_HAND, _PROJECT_WORDS, "draft"),
            own=row.own(),
        )
    )


def _needed(row: RowReading, field: str, words: str) -> str:
    text = row.short(field)
    if not text:
        row.problem(field, words)
    return text


def parse_applications(table: Table, mapping: Mapping[str, str]) -> list[ParsedRow[ApplicationRow]]:
    """Columns not mapped are answers to the questions that their headers are. Raises UserError."""
    reading = _reading(table, mapping, "applications")
    others = reading.others()
    return [_application(row, others) for row in reading.rows()]


def _application(row: RowReading, others: list[tuple[str, int]]) -> ParsedRow[ApplicationRow]:
    answers = tuple((header, text) for header, at in others if (text := clean(row.row.cells[at])))
    return row.done(
        ApplicationRow(
            candidate_email=row.email("candidate_email"),
            project=_needed(row, "project", "The project is missing."),
            status=row.word("status", APPLICATION_STATES, _APPLIED_WORDS, "applied"),
            applied_on=row.day("applied_on"),
            source=row.short("source"),
            answers=answers,
        )
    )


def parse_offers(table: Table, mapping: Mapping[str, str], currency: str = "USD") -> list[ParsedRow[OfferRow]]:
    """`currency` is the employer's, for amounts that name none. Raises UserError where the mapping does not fit."""
    return [_offer(row, currency) for row in _reading(table, mapping, "offers").rows()]


def _offer(row: RowReading, currency: str) -> ParsedRow[OfferRow]:
    fee, currency = row.money("fee", currency)
    return row.done(
        OfferRow(
            candidate_email=row.email("candidate_email"),
            project=_needed(row, "project", "The project is missing."),
            fee=fee,
            currency=currency,
            hours=row.count("hours", "hours", MOST_HOURS),
            kick_off_on=row.day("kick_off_on"),
            due_on=row.day("due_on"),
            expires_on=row.day("expires_on"),
            status=row.word("status", _OFFERED, _OFFER_WORDS, "drafted"),
            sent_on=row.day("sent_on"),
            answered_on=row.day("answered_on"),
            note=row.long("note"),
        )
    )


def parse_payments(table: Table, mapping: Mapping[str, str], currency: str = "USD") -> list[ParsedRow[PaymentRow]]:
    """`currency` is the employer's, for amounts that name none. Raises UserError where the mapping does not fit."""
    return [_payment(row, currency) for row in _reading(table, mapping, "payments").rows()]


def _payment(row: RowReading, currency: str) -> ParsedRow[PaymentRow]:
    amount, currency = row.money("amount", currency, required=True)
    return row.done(
        PaymentRow(
            candidate_email=row.email("candidate_email"),
            project=_needed(row, "project", "The project is missing."),
            amount=amount,
            currency=currency,
            paid_on=row.day("paid_on", required=True),
            method=row.word("method", PAY_METHODS, _METHOD_WORDS, "check"),
            reference=row.short("reference"),
            paid_from=row.word("paid_from", PAID_FROM, _FROM_WORDS, "employer"),
        )
    )


def parse_to_dos(table: Table, mapping: Mapping[str, str]) -> list[ParsedRow[ToDoRow]]:
    """A list's bullets, numbers and check boxes are taken off. Raises UserError where the mapping does not fit."""
    return [_to_do(row) for row in _reading(table, mapping, "to-dos").rows()]


def _to_do(row: RowReading) -> ParsedRow[ToDoRow]:
    text = _BULLET.sub("", row.short("text", 1_000)).strip()
    if not text:
        row.problem("text", "There is nothing to do in this row.")
    months = row.count("repeat_months", "months", 12)
    first = row.day("repeat_from") if months else None
    if months is not None and (months not in EVERY or first is None):
        row.note("How it repeats was left out: every 1, 3, 6 or 12 months, with its first day.")
        months = first = None
    return row.done(ToDoRow(text, row.day("captured_on"), row.day("due_on"), months, first))


def parse(
    noun: str,
    table: Table,
    mapping: Mapping[str, str],
    currency: str = "USD",
    own: Sequence[Field] = (),
    step: Step | None = None,
) -> list[ParsedRow[Any]]:
    """Any importable noun. Raises UserError for an unknown noun or a mapping that does not fit."""
    fields(noun)
    parsers: dict[str, Callable[[], list[Any]]] = {
        "candidates": lambda: parse_candidates(table, mapping, own, step),
        "projects": lambda: parse_projects(table, mapping, currency, own),
        "applications": lambda: parse_applications(table, mapping),
        "offers": lambda: parse_offers(table, mapping, currency),
        "payments": lambda: parse_payments(table, mapping, currency),
        "to-dos": lambda: parse_to_dos(table, mapping),
    }
    return parsers[noun]()
