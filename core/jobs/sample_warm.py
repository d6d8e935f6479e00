"""The sample program's pool, contacts, outcomes and consents."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core.jobs.sample_days import read, uid
from core.jobs.sample_people import Made
from core.model import Consent, Outcome, PoolEntry, Touch

PURPOSE = "To tell the campus office about the project"


def lay_warm(session: Session, made: Made) -> None:
    data = read("warm")
    days = made.days
    for who, reason, began, rank, of, every, following, note in data["pool"]:
        since = days.at(began)
        session.add(
            PoolEntry(
                id=uid("pool", who, reason),
                candidate_id=made.people[who],
                reason=reason,
                year=since.year if reason == "near_miss_intern" else None,
                rank=rank or None,
                of_count=of or None,
                began_on=since,
                ended_on=days.maybe(data["left_pool"].get(who)),
                every_days=None if every == 60 else every,
                next_touch_on=days.maybe(following),
                note=note,
            )
        )
    for number, (who, kind, day, by, words) in enumerate(data["touches"]):
        made_on = days.at(day, made.graduations[who])
        session.add(_touch(made, ("touch", number), who, kind, by, words, Touch(made_on=made_on)))
    for number, (who, kind, day, by, words) in enumerate(data["planned"]):
        session.add(_touch(made, ("planned", number), who, kind, by, words, Touch(planned_on=days.at(day))))
    _outcomes(session, made, data["outcomes"])
    for who, signed, until, withdrawn, records in data["consents"]:
        session.add(
            Consent(
                id=uid("consent", who),
                candidate_id=made.people[who],
                school_id=uid("school", made.schools_of[who]),
                signed_on=days.at(signed),
                records=records,
                purpose=PURPOSE,
                until=days.maybe(until),
                withdrawn_on=days.maybe(withdrawn),
            )
        )


def _touch(made: Made, place: tuple[str, int], who: str, kind: str, by: str, words: str, touch: Touch) -> Touch:
    touch.id = uid(*place)
    touch.candidate_id, touch.colleague_id = made.people[who], made.colleagues[by]
    touch.kind, touch.text = kind, words
    return touch


def _outcomes(session: Session, made: Made, outcomes: list[list[str | int]]) -> None:
    days = made.days
    for who, project, kind, offered, accepted, starts, place, salary in outcomes:
        session.add(
            Outcome(
                id=uid("outcome", who, kind),
                candidate_id=made.people[str(who)],
                engagement_id=uid("engagement", project, who) if project else None,
                kind=kind,
                offered_on=days.at(offered),
                accepted_on=days.maybe(accepted),
                starts_on=days.maybe(starts),
                place=place,
                salary=salary or None,
            )
        )
