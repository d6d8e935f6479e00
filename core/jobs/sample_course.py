"""The sample program's milestones done, talks, windows of work authorisation and a delivered file."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from core.jobs.sample_days import uid
from core.jobs.sample_people import Made
from core.model import CheckIn, Document, MilestoneDone, WorkAuthorisation
from core.store.bodies import put

Item = dict[str, Any]


def lay_course(session: Session, made: Made, place: tuple[str, str], item: Item) -> None:
    """As resources/sample/work.toml has `done`, `talks` and `window`; 0 stands for no day."""
    days, work = made.days, item["work"]
    engagement_id = uid("engagement", *place)
    for number, day in work.get("done", []):
        session.add(
            MilestoneDone(
                id=uid("milestone done", *place, number),
                engagement_id=engagement_id,
                milestone_id=uid("milestone", item["project"], number),
                done_on=days.at(day),
            )
        )
    for number, (planned, held, minutes, note) in enumerate(work.get("talks", [])):
        session.add(
            CheckIn(
                id=uid("check-in", *place, number),
                engagement_id=engagement_id,
                planned_on=days.maybe(planned),
                held_on=days.maybe(held),
                minutes=minutes,
                note=note,
            )
        )
    if "window" in work:
        kind, first, last, seen = work["window"]
        session.add(
            WorkAuthorisation(
                id=uid("work authorisation", item["who"]),
                candidate_id=made.people[item["who"]],
                kind=kind,
                starts_on=days.maybe(first),
                ends_on=days.maybe(last),
                seen_on=days.maybe(seen),
            )
        )


def lay_file(session: Session, delivery_id: str, said: Item, on: date) -> None:
    data = said["text"].encode()
    session.add(
        Document(
            id=uid("file", delivery_id),
            noun="deliveries",
            owner_id=delivery_id,
            name=said["name"],
            size=len(data),
            sha256=put(session, data),
            added_on=on,
        )
    )
