"""The sample program's offers, engagements, money and reviews."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from core.jobs.sample_course import lay_course, lay_file
from core.jobs.sample_days import Days, read, uid
from core.jobs.sample_people import Made
from core.model import (
    CompetencyMark,
    Delivery,
    Engagement,
    Evaluation,
    Extension,
    FitReview,
    HourEntry,
    Instalment,
    MidCheck,
    Offer,
    Payee,
    Payment,
)
from core.work.sides import reviews_day

ASPECTS = (
    "overall", "communication", "preparedness", "professionalism", "responsiveness", "clarity", "support", "workload",
    "work_again",
)  # fmt: skip
ENDS = ("accepted", "ended", "no_show", "cancelled")
Item = dict[str, Any]


def lay_offers(session: Session, made: Made, briefs: dict[str, Item]) -> None:
    data = read("work")
    for item in data["offers"]:
        brief = briefs[item["project"]]
        place = (item["project"], item["who"])
        _offer(session, made.days, place, item, brief)
        if "work" in item:
            _engagement(session, made, place, item, brief)
    for who, (kind, why, said) in data["payees"].items():
        came = made.days.maybe(said)
        payee = Payee(id=uid("payee", who), candidate_id=made.people[who], worker_type=kind, worker_type_why=why)
        if kind == "w2":
            payee.i9_received_on = payee.w4_received_on = came
        else:
            payee.w9_received_on = came
        session.add(payee)


def _offer(session: Session, days: Days, place: tuple[str, str], item: Item, brief: Item) -> None:
    ends = {"answered": "accepted", "declined": "declined", "withdrawn": "withdrawn", "drafted": "drafted"}
    said = next((key for key in ends if key in item), "")
    sent = days.maybe(item.get("sent"))
    work = item.get("work", brief)
    session.add(
        Offer(
            id=uid("offer", *place),
            application_id=uid("application", *place),
            status=ends.get(said, "sent"),
            fee=brief["fee"],
            hours=brief["hours"],
            kick_off_on=days.at(work["kick_off"]),
            due_on=days.at(work["due"]),
            due_flexible=brief.get("flexible", True),
            expires_on=days.at(item["expires"] if "expires" in item else item["sent"] + 7),
            sent_on=sent,
            answered_on=days.maybe(item[said]) if said in ("answered", "declined", "withdrawn") else None,
            note=item.get("note", ""),
        )
    )


def _engagement(session: Session, made: Made, place: tuple[str, str], item: Item, brief: Item) -> None:
    days, work = made.days, item["work"]
    granted = work.get("extension", {}).get("granted")
    engagement = Engagement(
        id=uid("engagement", *place),
        offer_id=uid("offer", *place),
        application_id=uid("application", *place),
        project_id=uid("project", item["project"]),
        candidate_id=made.people[item["who"]],
        supervisor_id=made.colleagues[brief["supervisor"]],
        status=_state(work),
        estimated_hours=brief["hours"],
        supervision_minutes=work.get("supervision", 0),
        agreed_on=days.at(item["answered"]),
        kick_off_on=days.at(work["kick_off"]),
        due_on=days.at(work["extension"]["until"] if granted else work["due"]),
        started_on=days.maybe(work.get("started")),
        delivered_on=days.maybe(work.get("delivered")),
        accepted_on=days.maybe(work.get("accepted")),
        verdict=work.get("verdict", ""),
        ended_on=days.maybe(next((work[key] for key in ENDS if key in work), None)),
        ended_why=work.get("why", ""),
        kick_off_time=work.get("time", ""),
        how_to_join=work.get("join", ""),
        kick_off_checks=work.get("ready", []),
        reviews_open_on=reviews_day(days.at(work["due"])),
    )
    session.add(engagement)
    lay_course(session, made, place, item)
    _fee(session, days, place, item, brief)
    for number, (day, minutes, note) in enumerate(work.get("log", [])):
        row_id = uid("hours", *place, number)
        session.add(
            HourEntry(id=row_id, engagement_id=engagement.id, worked_on=days.at(day), minutes=minutes, note=note)
        )
    if "extension" in work:
        wish = work["extension"]
        session.add(
            Extension(
                id=uid("extension", *place),
                engagement_id=engagement.id,
                asked_on=days.at(wish["asked"]),
                new_due_on=days.at(wish["until"]),
                granted=wish["granted"],
                answered_on=days.at(wish["answered"]),
            )
        )
    handed = [*work.get("parts", []), *([[work["delivered"], work["delivery"]]] if "delivered" in work else [])]
    for number, (day, note) in enumerate(handed):
        row_id = uid("delivery", *place, number)
        session.add(Delivery(id=row_id, engagement_id=engagement.id, delivered_on=days.at(day), note=note))
        if number == len(handed) - 1 and "file" in work:
            lay_file(session, row_id, work["file"], days.at(day))
    _reviews(session, made, place, work, brief)


def _state(work: Item) -> str:
    for key, state in (
        ("cancelled", "cancelled"),
        ("no_show", "did_not_show"),
        ("ended", "ended_early"),
        ("accepted", "accepted"),
        ("delivered", "delivered"),
        ("started", "running"),
    ):
        if key in work:
            return state
    return "agreed"


def _fee(session: Session, days: Days, place: tuple[str, str], item: Item, brief: Item) -> None:
    """Nothing is owed for work that never began; of work that ended early what was agreed to keep."""
    work = item["work"]
    parts: list[list[int]] = item.get("instalments", [[brief["fee"], 0]])
    if "no_show" in work or "cancelled" in work:
        parts = []
    elif "ended" in work:
        parts = [[work["kept"], work["ended"]]]
    for number, (amount, due) in enumerate(parts):
        session.add(
            Instalment(
                id=uid("instalment", *place, number),
                engagement_id=uid("engagement", *place),
                position=number,
                amount=amount,
                due_on=days.maybe(due),
            )
        )
    for number, (amount, day, method, reference, source, *why) in enumerate(work.get("paid", [])):
        session.add(
            Payment(
                id=uid("payment", *place, number),
                engagement_id=uid("engagement", *place),
                candidate_id=uid("candidate", item["who"]),
                amount=amount,
                paid_on=days.at(day),
                method=method,
                reference=reference,
                paid_from=source,
                hold_reason="".join(why),
            )
        )


def _reviews(session: Session, made: Made, place: tuple[str, str], work: Item, brief: Item) -> None:
    engagement_id = uid("engagement", *place)
    if "marks" in work:
        ended = work["accepted"] if "accepted" in work else work["ended"]
        evaluation_id = uid("work evaluation", *place)
        session.add(
            Evaluation(
                id=evaluation_id,
                rater_id=made.colleagues[brief["supervisor"]],
                engagement_id=engagement_id,
                occasion="end",
                submitted_at=made.days.moment(ended),
                recommend=work["overall"] >= 3,
                overall=work["overall"],
                comment=work["comment"],
            )
        )
        for competency, level in work["marks"].items():
            session.add(
                CompetencyMark(
                    id=uid("mark", *place, competency),
                    evaluation_id=evaluation_id,
                    competency=competency,
                    level=level,
                    evidence=work.get("delivery", ""),
                )
            )
    if "fit" in work:
        marks = dict(zip(ASPECTS, work["fit"], strict=True))
        session.add(
            FitReview(
                id=uid("fit", *place),
                engagement_id=engagement_id,
                received_on=made.days.at(work["fit_on"]),
                reflection=work["reflection"],
                interest=work.get("interest"),
                wants_next=work.get("wants_next", ""),
                **marks,
            )
        )
    if "half_way" in work:
        said = dict(work["half_way"])
        on = made.days.at(said.pop("on"))
        session.add(MidCheck(id=uid("half-way", *place), engagement_id=engagement_id, received_on=on, **said))
