"""A letter that came back signed: kept with its offer, and its answer taken as the person's own."""

from __future__ import annotations

from datetime import date

from core import text
from core.exchange.days import Unreadable, read_day
from core.jobs.letters import SIGNED
from core.jobs.returned_said import About, Case, Said, Taken, shown
from core.letter_text import ACCEPT, DECLINE
from core.model.words import OFFER_STATES
from core.work import letter_returns
from core.work.letter_returns import Signed

BY_HAND = (
    "It is signed on paper, or not filled in, so nobody can read the answer here. Look at it: it is kept with the "
    "offer, and you say at the offer whether they accept."
)


def about(case: Case) -> About:
    signed = letter_returns.signed(case.session, case.form.id)
    notes, answer = [], case.values.get("answer", "")
    if not answer:
        return About(shown(case), look=(BY_HAND,))
    name = text.line(case.values.get("name", ""))
    look = []
    if not name:
        look.append("No name is typed in it. Look whether it is signed.")
    elif text.fold(name) != text.fold(signed.name):
        look.append(f"It was signed as “{name}”; the offer went to {signed.name}.")
    on, said = _day(case, signed)
    notes += [said] if said else []
    done = {ACCEPT: "accepted", DECLINE: "declined"}[answer]
    if signed.status == done:
        notes.append(f"The offer is {done} already; the letter is kept with it.")
    else:
        notes.append(f"The offer becomes {done}, on {text.short_day(on, case.today)}.")
    was = OFFER_STATES[signed.status]
    return About((*shown(case), Said("The offer is now", was)), notes=tuple(notes), look=tuple(look))


def take(case: Case) -> Taken:
    signed = letter_returns.signed(case.session, case.form.id)
    answer = case.values.get("answer", "")
    if answer:
        on, _ = _day(case, signed)
        letter_returns.answer(case.store, signed, accepted=answer == ACCEPT, on=on, today=case.today)
    return Taken(case.form.candidate_id, ("offers", signed.offer_id), SIGNED)


def _day(case: Case, signed: Signed) -> tuple[date, str]:
    """The day that they wrote, where it can be one; else today, and why."""
    written = text.line(case.values.get("date", ""))
    if not written:
        return case.today, ""
    try:
        on, doubt = read_day(written, "unknown")
    except Unreadable:
        return case.today, f"The date “{written[:40]}” could not be read; today counts."
    if not signed.made_on <= on <= case.today:
        return case.today, f"The date “{written[:40]}” is no day between the letter and today; today counts."
    return on, doubt or ""
