"""What some people of the sample told us beside their studies: languages, links, the two answers, wishes, needs."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core.jobs.sample_days import read, uid
from core.jobs.sample_people import Made
from core.model import Accommodation, Candidate, CandidateLanguage


def lay_persons(session: Session, made: Made) -> None:
    data = read("persons")
    for who, spoken in data["languages"].items():
        for language, level in spoken.items():
            row_id, owner = uid("speaks", who, language), made.people[who]
            session.add(CandidateLanguage(id=row_id, candidate_id=owner, language=language, level=level))
    for who, links in data["links"].items():
        session.get_one(Candidate, made.people[who]).links = links
    for who, said in data["work"].items():
        person = session.get_one(Candidate, made.people[who])
        person.may_work, person.needs_sponsorship = said["may_work"], said["needs_sponsorship"]
        # Nobody was asked before we met them.
        person.work_asked_on = max(made.days.at(-said["asked"]), person.first_contact_on or made.days.today)
    for who, ago in data["no_contact"].items():
        session.get_one(Candidate, made.people[who]).do_not_contact_on = made.days.at(-ago)
    for who, item in data["taking_part"].items():
        session.add(
            Accommodation(
                id=uid("taking part", who),
                candidate_id=made.people[who],
                request=item["request"],
                agreed=item["agreed"],
                asked_on=made.days.at(-item["asked"]),
                agreed_on=made.days.at(-item["settled"]),
            )
        )
