"""How someone is paid, and the yearly sums from which a 1099-NEC is due. No tax number is kept anywhere."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.model import Candidate, Payee, Threshold, words
from core.store import Label, Store
from core.work.checks import MONEY_LIMIT, Problems, find, tidy

# Hyphens and dashes of any kind, as they come out of letters and web pages.
_DASH = r"[\-\u2010-\u2015\u2212]"
_TAX_NUMBER = re.compile(
    rf"(?<!\d)(?:\d{{3}}\s?{_DASH}\s?\d{{2}}\s?{_DASH}\s?\d{{4}}|\d{{2}}{_DASH}\d{{7}})(?!\d)"
    rf"|(?<![\w\-])(?:\d{{3}} \d{{2}} \d{{4}}|\d{{9}})(?![\w\-])"
)
TAX_WORDS = "This looks like a tax number. Foothold keeps none; please take it out."
REFERENCE_WORDS = (
    "Nine digits look like a tax number, and Foothold keeps none. If it is a reference, put a letter before it, "
    "such as T-."
)


@dataclass(frozen=True, kw_only=True)
class PayeeDraft:
    """`worker_type`: w2, contractor. Days on which the forms came in; a tax number is never kept."""

    candidate_id: str | None = None
    worker_type: str = "contractor"
    worker_type_why: str = ""
    w9_received_on: date | None = None
    i9_received_on: date | None = None
    w4_received_on: date | None = None


PAYEE_COLUMNS = ("worker_type", "worker_type_why", "w9_received_on", "i9_received_on", "w4_received_on")


def looks_like_tax_number(text: str) -> bool:
    """123-45-6789, 12-3456789, 123 45 6789 or nine digits on end, in whatever script the digits are."""
    return _TAX_NUMBER.search(unicodedata.normalize("NFKC", text)) is not None


def refuse_tax_number(text: str) -> None:
    """UserError where a text that is no draft's field, such as a reason, looks like one."""
    if looks_like_tax_number(text):
        raise UserError(TAX_WORDS)


def set_payee(store: Store, draft: PayeeDraft, *, today: date) -> str:
    """FieldErrors where it is not said in words why they are paid so."""
    problems = Problems()
    needed = {"worker_type_why": "Write why: whose tools and hours, who decides how the work is done."}
    draft = tidy(draft, problems, long=("worker_type_why",), required=needed)
    problems.one_of("worker_type", draft.worker_type, words.WORKER_TYPES)
    for name in PAYEE_COLUMNS[2:]:
        day = getattr(draft, name)
        problems.when(day is not None and day > today, name, "That day is still to come.")
    problems.when(looks_like_tax_number(draft.worker_type_why), "worker_type_why", TAX_WORDS)
    problems.raise_if_any()
    with store.change(Label.PAYEE_CHANGED) as session:
        candidate = find(session, Candidate, draft.candidate_id, "candidate")
        store.note_ref(("candidates", candidate.id))
        payee = session.scalars(select(Payee).where(Payee.candidate_id == candidate.id)).first()
        payee = payee or Payee(id=new_id(), candidate_id=candidate.id)
        for name in PAYEE_COLUMNS:
            setattr(payee, name, getattr(draft, name))
        session.add(payee)
        return payee.id


def payee_draft(store: Store, candidate_id: str) -> PayeeDraft:
    with store.read() as session:
        payee = session.scalars(select(Payee).where(Payee.candidate_id == candidate_id)).first()
        if payee is None:
            return PayeeDraft(candidate_id=candidate_id)
        return PayeeDraft(candidate_id=candidate_id, **{name: getattr(payee, name) for name in PAYEE_COLUMNS})


def set_threshold(store: Store, year: int, amount: int, *, today: date, currency: str = "USD") -> str:
    """A calendar year's sum (cents) to one payee from which a 1099-NEC is due."""
    problems = Problems()
    if not 2000 <= year <= today.year + 10:
        problems.add("year", f"{year} is no year that payments are kept for here.")
    problems.when(not 1 <= amount <= MONEY_LIMIT, "amount", "Give an amount above 0.")
    currency = currency.strip().upper() or "USD"
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise FieldErrors({"currency": f"“{currency}” is no currency. Use its three letters, such as USD."})
    problems.raise_if_any()
    with store.change(Label.THRESHOLD_CHANGED) as session:
        row = session.scalars(select(Threshold).where(Threshold.year == year)).first()
        row = row or Threshold(id=new_id(), year=year)
        row.amount, row.currency = amount, currency
        session.add(row)
        store.note_ref(("thresholds", row.id))
        return row.id
