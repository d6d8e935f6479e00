"""What cancelling a project would do to each of its applicants, before it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from core import states
from core.insight.projects import application_rows
from core.model import Engagement, Offer
from core.store import Store


@dataclass(frozen=True, slots=True)
class Effect:
    """`who`: a name, or a code that is scored blind. `effect`: a key of states.CANCELLING; `words` follow the name."""

    who: str
    now: str
    kind: str
    effect: str
    words: str


@dataclass(frozen=True, slots=True)
class Cancelling:
    """`rows`: those something happens to first. `at_work`: how many must be ended before. `told`: how many may be
    written to; `hidden`: how many more have no name yet.
    """

    rows: tuple[Effect, ...]
    at_work: int
    told: int
    hidden: int


def cancelling(store: Store, project_id: str, *, today: date) -> Cancelling:
    applications = application_rows(store, project_id, today=today)
    with store.read() as session:
        offers: dict[str, Offer] = {}
        ids = [row.id for row in applications]
        query = select(Offer).where(Offer.application_id.in_(ids)).order_by(Offer.created_at, Offer.id)
        for offer in session.scalars(query):
            offers[offer.application_id] = offer
        work = select(Engagement.offer_id, Engagement.status).where(Engagement.project_id == project_id)
        engaged = {row[0]: row[1] for row in session.execute(work)}
        found, told, hidden = [], 0, 0
        for row in applications:
            latest = offers.get(row.id)
            state = states.offer_state(latest.status, latest.expires_on, today) if latest else None
            # A code's decision is nobody's to see before the reveal, so it counts as applied.
            status = row.status if row.name is not None else "applied"
            effect = states.cancelling(status, state, engaged.get(latest.id) if latest else None)
            found.append(Effect(row.who, row.words, row.kind, effect, states.CANCELLING[effect]))
            if effect not in ("nothing", "end_first"):
                told, hidden = told + (row.name is not None), hidden + (row.name is None)
    order = list(states.CANCELLING)
    rows = sorted(found, key=lambda one: order.index(one.effect))
    return Cancelling(tuple(rows), sum(one.effect == "end_first" for one in rows), told, hidden)
