"""The window of a work authorisation, as days alone."""

from __future__ import annotations

from datetime import date

from core.text import short_day

NEEDS_WINDOW = frozenset({"cpt", "opt", "stem_opt"})


def unnoted(may_work: str, needs_sponsorship: str) -> str | None:
    """Words where nothing is noted of someone whose own answers say that they need it; None of anyone else."""
    if may_work == "no" or needs_sponsorship == "yes":
        return "By their own answers they need an authorisation to work, and none is noted."
    return None


def outside(kind: str, words: str, starts_on: date | None, ends_on: date | None, first: date, last: date) -> str | None:
    """Words for work from `first` to `last` that the window does not cover, None where it does; `words`: the kind's.

    Both days of the window are in it. A kind that needs one and has none covers nothing.
    """
    if kind == "not_needed":
        return None
    if kind in NEEDS_WINDOW and (starts_on is None or ends_on is None):
        return f"The authorisation to work ({words}) has no window yet: enter its first and last day."
    if starts_on is not None and first < starts_on:
        begins = short_day(starts_on)
        return f"The work begins on {short_day(first)}, but the authorisation ({words}) holds from {begins} on."
    if ends_on is not None and last > ends_on:
        return f"The work is due on {short_day(last)}, but the authorisation ({words}) ends on {short_day(ends_on)}."
    return None
