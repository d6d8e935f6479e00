"""Where an application stands today, in words: its own status, its latest offer, the engagement that followed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from core.insight.parts import chunks
from core.model import Application, Engagement, Offer, Rubric
from core.model.words import APPLICATION_STATES, ENGAGEMENT_STATES
from core.states import offer_state

OFFERED = {
    "drafted": "Offer drafted",
    "sent": "Offered",
    "accepted": "Offer accepted",
    "declined": "Declined the offer",
    "withdrawn": "Offer withdrawn",
    "expired": "Offer expired",
}
KINDS = {
    "sent": "green", "accepted": "green", "agreed": "green", "running": "green", "delivered": "amber",
    "drafted": "amber", "expired": "amber", "shortlisted": "green", "did_not_show": "red", "ended_early": "red",
}  # fmt: skip
"""State to chip: green goes on, amber waits for us, red went wrong; all others are neutral."""


@dataclass(frozen=True, slots=True)
class Progress:
    """`key`: a state of core.states; `kind`: neutral, green, amber or red. `visible`: whether the name may be shown.

    `by_name`: it never came to an application that could be scored, so that it has a name and no code.
    """

    key: str
    words: str
    kind: str
    visible: bool
    offer_id: str | None = None
    offer_state: str | None = None
    engagement_id: str | None = None
    by_name: bool = False


def by_name_sql() -> ColumnElement[bool]:
    """Whether an application that is not visible is told by its name: invited, or stepped back without applying.

    Its code is not yet in use. Of all others the code is told, and nothing by name but that they applied.
    """
    return or_(
        Application.status == "invited", and_(Application.status == "withdrawn", Application.applied_on.is_(None))
    )


def visible_sql() -> ColumnElement[bool]:
    """Whether Application's name may stand beside its code: revealed, offered, or nothing is scored blind there."""
    return or_(
        Application.revealed_at.is_not(None),
        Application.id.in_(select(Offer.application_id)),
        Application.project_id.not_in(select(Rubric.project_id)),
    )


def progress(session: Session, application_ids: Iterable[str], *, today: date) -> dict[str, Progress]:
    """By application. One that is still scored blind is "Applied" whatever was decided on its code."""
    found: dict[str, Progress] = {}
    for ids in chunks(list(application_ids)):
        offers: dict[str, Offer] = {}
        query = select(Offer).where(Offer.application_id.in_(ids)).order_by(Offer.created_at, Offer.id)
        for offer in session.scalars(query):
            offers[offer.application_id] = offer
        work = {
            one.application_id: one
            for one in session.scalars(
                select(Engagement).where(Engagement.application_id.in_(ids)).order_by(Engagement.created_at)
            )
        }
        asked = select(Application.id, Application.status, visible_sql(), by_name_sql())
        for row_id, status, visible, named in session.execute(asked.where(Application.id.in_(ids))):
            one = _progress(status, bool(visible), offers.get(row_id), work.get(row_id), today)
            found[row_id] = replace(one, by_name=bool(named) and not visible)
    return found


def _progress(status: str, visible: bool, offer: Offer | None, work: Engagement | None, today: date) -> Progress:
    state = offer_state(offer.status, offer.expires_on, today) if offer else None
    offer_id = offer.id if offer else None
    if work is not None and (offer is None or offer.id == work.offer_id):
        words = ENGAGEMENT_STATES[work.status]
        return Progress(work.status, words, KINDS.get(work.status, "neutral"), visible, offer_id, state, work.id)
    if state is not None and status not in ("not_selected", "withdrawn"):
        return Progress(state, OFFERED[state], KINDS.get(state, "neutral"), visible, offer_id, state)
    return Progress(status, APPLICATION_STATES[status], KINDS.get(status, "neutral"), visible, offer_id, state)


def masked(one: Progress) -> Progress:
    """As it may be shown beside a name: before the reveal nothing tells which code fared how."""
    if one.visible or one.by_name:
        return one
    return Progress("applied", APPLICATION_STATES["applied"], "neutral", False)
