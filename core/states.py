"""Every state machine as data: what may follow what. Derived states are computed from the date and from other rows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

Moves = dict[str, frozenset[str]]


def _moves(**table: str) -> Moves:
    return {state: frozenset(after.split()) for state, after in table.items()}


PROJECT: Final = _moves(
    draft="open cancelled", open="draft selecting cancelled", selecting="open cancelled", cancelled="draft"
)
APPLICATION: Final = _moves(
    invited="applied withdrawn",
    applied="shortlisted not_selected withdrawn",
    shortlisted="applied not_selected withdrawn",
    not_selected="applied shortlisted",
    withdrawn="applied",
)
OFFER: Final = _moves(
    drafted="sent withdrawn", sent="accepted declined withdrawn", accepted="", declined="", withdrawn=""
)
ENGAGEMENT: Final = _moves(
    agreed="running cancelled did_not_show",
    running="delivered ended_early did_not_show",
    delivered="accepted running ended_early",
    accepted="",
    ended_early="",
    did_not_show="",
    cancelled="",
)
ENDED: Final = frozenset({"accepted", "ended_early", "did_not_show", "cancelled"})
AT_WORK: Final = frozenset({"agreed", "running", "delivered"})


def may(machine: Moves, before: str, after: str) -> bool:
    return after in machine.get(before, frozenset())


def project_phase(status: str, apply_by: date | None, engagements: Collection[str], openings: int, today: date) -> str:
    """What a project is today: its status by hand, or closed_for_applications, running, review, closed (derived).

    `engagements`: the states of its engagements. Running: one is agreed or at work; review: none is, and delivered
    work waits for acceptance; closed: all have ended. A project with an opening left and time to apply stays open.
    """
    live = [e for e in engagements if e != "cancelled"]
    if status == "cancelled" or not live:
        if status == "open" and apply_by is not None and apply_by < today:
            return "closed_for_applications"
        return status
    if any(e in ("agreed", "running") for e in live):
        return "running"
    if any(e == "delivered" for e in live):
        return "review"
    if len(live) < openings and status in ("open", "selecting") and (apply_by is None or apply_by >= today):
        return status
    return "closed"


CANCELLING: Final = {
    "end_first": "is at work: end it first, as the fee must be settled",
    "call_off": "is called off before the kick-off; no fee is due",
    "withdraw": "the offer is withdrawn",
    "tell": "is to be told, and stays free for other projects",
    "nothing": "nothing changes",
}
"""What cancelling a project does to each of its applicants, in words that follow a name."""


def cancelling(application: str, offer: str | None, engagement: str | None) -> str:
    """A key of CANCELLING. `offer`: the state today of the latest one; `engagement`: what came of it."""
    if engagement in ("running", "delivered"):
        return "end_first"
    if engagement == "agreed":
        return "call_off"
    if engagement is not None or application in ("not_selected", "withdrawn"):
        return "nothing"
    return "withdraw" if offer in ("drafted", "sent") else "tell"


def offer_state(status: str, expires_on: date | None, today: date) -> str:
    """An offer sent and not answered expires with its date."""
    return "expired" if status == "sent" and expires_on is not None and expires_on < today else status
