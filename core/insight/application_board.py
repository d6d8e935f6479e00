"""The applications of one project as a board: where each stands, since when, and what moving it means.

Where names are hidden a card is a code, and no day stands on it: the day of applying would tell whose code it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import states
from core.insight.parts import chunks
from core.insight.pipeline import Step
from core.insight.progress import visible_sql
from core.insight.projects import ApplicationRow, application_rows
from core.model import Application, ApplicationMove, Offer, ProjectStage
from core.model.words import APPLICATION_STATES, STAGED
from core.store import Store
from core.text import plural, short_day

OFFERED, AT_WORK, OVER = "offered", "at_work", "over"
_ENDS = {OFFERED: "Offered", AT_WORK: "Accepted", OVER: "Not selected, withdrawn"}
_OFFERED = frozenset({"drafted", "sent", "expired"})
_WAITS = frozenset({"applied", "shortlisted"})


@dataclass(frozen=True, slots=True)
class Column:
    """`status` and `stage_id` are what a card has that stands here; status is "" where an offer decides."""

    key: str
    words: str
    status: str = ""
    stage_id: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """`chip` says what its column does not. `since` is None under a code, and where nobody knows."""

    id: str
    who: str
    name: str | None
    candidate_id: str | None
    column: str
    status: str
    offer_id: str | None
    offer_state: str | None
    under: str
    chip: str
    tone: str
    since: date | None


@dataclass(frozen=True, slots=True)
class Board:
    columns: tuple[Column, ...]
    cards: tuple[Card, ...]
    names_hidden: int

    def of(self, key: str) -> list[Card]:
        return [card for card in self.cards if card.column == key]


@dataclass(frozen=True, slots=True)
class Moved:
    """One line of an application's way. `days`: how long it stood there; up to today for the last."""

    on: date
    words: str
    days: int


def size(store: Store, project_id: str) -> int:
    """How many applications the project has."""
    with store.read() as session:
        query = select(func.count()).select_from(Application).where(Application.project_id == project_id)
        return session.scalar(query) or 0


def board(store: Store, project_id: str, *, today: date) -> Board:
    """Who waits longest stands first; codes by themselves, so that the order tells nothing."""
    rows = application_rows(store, project_id, today=today)
    with store.read() as session:
        own = session.scalars(
            select(ProjectStage).where(ProjectStage.project_id == project_id).order_by(ProjectStage.position)
        ).all()
        applications = {
            one.id: one for one in session.scalars(select(Application).where(Application.project_id == project_id))
        }
        last = _last_moves(session, list(applications))
        sent = _sent(session, [row.offer_id for row in rows if row.offer_id])
    columns = _columns(own)
    cards = [_card(row, applications[row.id], last.get(row.id), sent, today) for row in rows]
    cards.sort(key=lambda card: (card.name is None, card.since or date.max if card.name else date.max, card.who))
    return Board(columns, tuple(cards), sum(row.name is None for row in rows))


def _columns(own: Sequence[ProjectStage]) -> tuple[Column, ...]:
    found = [Column("invited", APPLICATION_STATES["invited"], "invited")]
    for status in STAGED:
        found.append(Column(status, APPLICATION_STATES[status], status))
        found += [Column(one.id, one.name, status, one.id) for one in own if one.under == status]
    return (*found, *(Column(key, words) for key, words in _ENDS.items()))


def _card(
    row: ApplicationRow, one: Application, last: ApplicationMove | None, sent: dict[str, date | None], today: date
) -> Card:
    column = _column(row, one)
    hidden = row.name is None
    since = None if hidden else _since(one, last)
    if column == OFFERED and row.offer_id is not None:
        since = sent.get(row.offer_id) or since
    said = row.words if column == OVER or row.state != row.status else ""
    score = f"{row.overall} of 4" if row.overall is not None else "waits for scores" if hidden else ""
    held = row.held if row.status == "not_selected" else ""
    under = " · ".join(part for part in (waiting(column, row.state, since, today), held, score) if part)
    return Card(
        row.id,
        row.who,
        row.name,
        row.candidate_id,
        column,
        row.status,
        row.offer_id,
        row.offer_state,
        under,
        said,
        row.kind,
        since,
    )


def _column(row: ApplicationRow, one: Application) -> str:
    if row.status in ("not_selected", "withdrawn"):
        return OVER
    if row.offer_state in _OFFERED:
        return OFFERED
    if row.engagement_id is not None and row.state in states.ENGAGEMENT:
        return AT_WORK
    if row.offer_state == "declined":
        return OVER
    return one.stage_id or row.status


def waiting(column: str, state: str, since: date | None, today: date) -> str:
    """ "waiting 12 days", "3 days ago" under Invited; "" where nobody knows since when."""
    if since is None:
        return ""
    days = (today - since).days
    ago = "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"
    if column == "invited":
        return ago
    if column == OFFERED:
        return f"sent {ago}" if state == "sent" else f"since {short_day(since, today)}"
    if column in (AT_WORK, OVER):
        return f"since {short_day(since, today)}"
    return "since today" if days <= 0 else f"waiting {plural(days, 'day')}"


def _since(one: Application, last: ApplicationMove | None) -> date | None:
    """The last move that brought it where it is; from before moves were written down, the days that it has."""
    if last is not None and last.status == one.status:
        return last.moved_on
    if one.status in ("not_selected", "withdrawn"):
        return one.decided_on
    return one.invited_on if one.status == "invited" else one.applied_on or one.invited_on


def _last_moves(session: Session, ids: Sequence[str]) -> dict[str, ApplicationMove]:
    found: dict[str, ApplicationMove] = {}
    for part in chunks(ids):
        query = select(ApplicationMove).where(ApplicationMove.application_id.in_(part))
        for one in session.scalars(query.order_by(ApplicationMove.created_at, ApplicationMove.id)):
            found[one.application_id] = one
    return found


def _sent(session: Session, offers: Sequence[str]) -> dict[str, date | None]:
    return dict(session.execute(select(Offer.id, Offer.sent_on).where(Offer.id.in_(offers))).all())


def way(store: Store, application_id: str, *, today: date) -> tuple[Moved, ...]:
    """Where it stood, and how long; () under a code. What was not written down comes from the days it has."""
    with store.read() as session:
        one = session.scalars(select(Application).where(Application.id == application_id, visible_sql())).first()
        if one is None:
            return ()
        query = select(ApplicationMove).where(ApplicationMove.application_id == application_id)
        moves = session.scalars(query.order_by(ApplicationMove.created_at, ApplicationMove.id)).all()
    steps = [(move.moved_on, move.status, move.stage) for move in moves]
    noted = {status for _, status, _ in steps}
    before = [(one.invited_on, "invited", ""), (one.applied_on, "applied", "")]
    steps = [(on, status, "") for on, status, _ in before if on is not None and status not in noted] + steps
    if one.decided_on is not None and one.status not in {status for _, status, _ in steps}:
        steps.append((one.decided_on, one.status, ""))
    ends = [on for on, _, _ in steps[1:]] + [today]
    return tuple(
        Moved(on, f"{APPLICATION_STATES[status]}: {stage}" if stage else APPLICATION_STATES[status], (end - on).days)
        for (on, status, stage), end in zip(steps, ends, strict=True)
    )


def way_words(steps: Sequence[Moved], today: date) -> str:
    """ "Invited 2 Nov for 6 days, Applied 8 Nov for 3 days, Called 11 Nov"; a stage by its own name."""
    said = []
    for at, one in enumerate(steps):
        name = one.words.rpartition(": ")[2]
        days = f" for {plural(one.days, 'day')}" if one.days and at < len(steps) - 1 else ""
        said.append(f"{name} {short_day(one.on, today)}{days}")
    return ", ".join(said)


def step(card: Card, column: Column, project_id: str) -> Step | None:
    """What moving a card does: None is the move itself (core.work.stages), else a form or words why it stays."""
    if card.column == column.key:
        return Step()
    if card.column == AT_WORK:
        return Step(words="An accepted offer goes on at the work. Change it on the project’s page.")
    if column.key == AT_WORK:
        return _accepted(card)
    if card.column == OFFERED and column.key != OVER:
        return Step(words="There is an offer. Withdraw it on the project’s page first.")
    if column.key == OVER:
        return _over(card, project_id)
    if column.key == OFFERED:
        return _offer(card)
    if column.key == "invited":
        return Step(words="Who has applied is not invited again.")
    if card.status == "invited":
        if column.status != "applied":
            return Step(words="Record their application first.")
        values = {"project_id": project_id, "candidate_id": card.candidate_id, "candidate": card.name}
        return Step("applications", values=values)
    if card.status == "not_selected":
        return Step("taking_back", values={"application_id": card.id})
    if card.status != column.status and not states.may(states.APPLICATION, card.status, column.status):
        return Step(words="Bring them back to Applied first.")
    return None


def _accepted(card: Card) -> Step:
    if card.offer_state == "sent":
        values = {"offer_id": card.offer_id, "verb": "accept", "candidate": card.name}
        return Step("offer_answered", values=values)
    if card.offer_state == "drafted":
        return Step("offer_sent", values={"offer_id": card.offer_id})
    return Step(words="It takes an offer that they have accepted.")


def _offer(card: Card) -> Step:
    if card.name is None:
        return Step(words="An offer goes to a person. Reveal the names on the project’s page first.")
    if card.status not in _WAITS:
        return Step(words="Bring them back to Applied first.")
    return Step("offers", values={"application_id": card.id, "candidate": card.name})


def _over(card: Card, project_id: str) -> Step:
    if card.column == OFFERED:
        if card.offer_state == "drafted":
            return Step(words="There is an offer. Withdraw it on the project’s page first.")
        values = {"offer_id": card.offer_id, "verb": "decline", "candidate": card.name}
        return Step("offer_answered", values=values)
    if card.status == "invited":
        return Step(
            words="Someone who was only invited is not turned down. Note on the project’s page that they withdrew."
        )
    return Step("declining", values={"project_id": project_id, "application_ids": [card.id]})


def standing(store: Store, project_id: str) -> dict[str, int]:
    """How many applications stand in each of the project's own stages, by the stage's id."""
    query = (
        select(Application.stage_id, func.count())
        .where(Application.project_id == project_id, Application.stage_id.is_not(None))
        .group_by(Application.stage_id)
    )
    with store.read() as session:
        return {stage: count for stage, count in session.execute(query) if stage is not None}
