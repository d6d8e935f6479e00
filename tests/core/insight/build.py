"""Short ways to rows, written as they are: the figures are worked out by hand, so no rule may add to them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select

from core.ids import new_id
from core.model import (
    Application,
    Candidate,
    CandidateSkill,
    Colleague,
    Criterion,
    Engagement,
    Enrolment,
    Evaluation,
    Instalment,
    Offer,
    PoolEntry,
    Project,
    ProjectSkill,
    Question,
    Row,
    Rubric,
    School,
    Score,
    Skill,
    Touch,
)
from core.store import Label, Store
from tests.support.stores import TODAY


def day(text: str) -> date:
    """ "03-14" is of this year's store; a whole date is itself."""
    return date.fromisoformat(text if len(text) > 5 else f"{TODAY.year}-{text}")


def noon(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 18, tzinfo=UTC)


class Build:
    """Adds rows, each in a change of its own."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._numbers = count(1)

    def add(self, row: Row) -> str:
        row.id = row.id or new_id()
        with self.store.change(Label.SAMPLE_MADE) as session:
            session.add(row)
        return row.id

    def school(self, name: str = "Northfield College", **fields: Any) -> str:
        return self.add(School(name=name, domains=[], rollover_month=8, rollover_day=15, **fields))

    def person(
        self, name: str = "Ada Lovelace", school: str | None = None, graduates: date | None = None, **fields: Any
    ) -> str:
        first, _, last = name.partition(" ")
        row_id = self.add(Candidate(number=next(self._numbers), first_name=first, last_name=last, links=[], **fields))
        if school is not None:
            self.add(Enrolment(candidate_id=row_id, school_id=school, graduates_on=graduates))
        return row_id

    def project(self, title: str = "Labels", **fields: Any) -> str:
        known = {"status": "open", "opened_on": TODAY - timedelta(days=20), "estimated_hours": 10, "fee": 25_000}
        row = Project(
            number=next(self._numbers), title=title, learning_objectives=[], competencies=[], **(known | fields)
        )
        return self.add(row)

    def skill(self, name: str, *, of: str | None = None, wanted_by: str | None = None) -> str:
        with self.store.read() as session:
            row_id = session.scalar(select(Skill.id).where(Skill.name == name))
        row_id = row_id or self.add(Skill(name=name))
        if of:
            self.add(CandidateSkill(candidate_id=of, skill_id=row_id, level=3))
        if wanted_by:
            self.add(ProjectSkill(project_id=wanted_by, skill_id=row_id))
        return row_id

    def applied(self, project: str, person: str, on: date = TODAY, *, code: str = "", **fields: Any) -> str:
        known = {"status": "applied", "applied_on": on}
        return self.add(
            Application(
                project_id=project, candidate_id=person, code=code or f"K{next(self._numbers)}", **(known | fields)
            )
        )

    def offer(self, application: str, **fields: Any) -> str:
        known = {
            "status": "sent", "fee": 25_000, "hours": 10, "kick_off_on": TODAY, "due_on": TODAY + timedelta(days=14),
        }  # fmt: skip
        return self.add(Offer(application_id=application, **(known | fields)))

    def work(
        self, project: str, person: str, *, application: str | None = None, fee: int = 25_000, **fields: Any
    ) -> str:
        """An engagement with all that stands before it."""
        application = application or self.applied(project, person, day("2020-01-01"))
        offer = self.offer(application, status="accepted", fee=fee)
        known = {
            "status": "running", "estimated_hours": 10, "agreed_on": TODAY - timedelta(days=10),
            "kick_off_on": TODAY - timedelta(days=7), "started_on": TODAY - timedelta(days=7),
            "due_on": TODAY + timedelta(days=14),
        }  # fmt: skip
        row_id = self.add(
            Engagement(
                offer_id=offer, application_id=application, project_id=project, candidate_id=person, **(known | fields)
            )
        )
        self.add(Instalment(engagement_id=row_id, position=0, amount=fee))
        return row_id

    def touch(self, person: str, on: date, **fields: Any) -> str:
        return self.add(Touch(candidate_id=person, kind="call", made_on=on, **fields))

    def pooled(
        self, person: str, since: date = date(2026, 1, 1), reason: str = "near_miss_intern", **fields: Any
    ) -> str:
        return self.add(PoolEntry(candidate_id=person, reason=reason, began_on=since, **fields))

    def colleague(self, name: str = "Ben Ortiz") -> str:
        return self.add(Colleague(name=name, role="rater"))

    def rubric(self, project: str, *weights: int, question: bool = True) -> list[str]:
        """A rubric on one question; the ids of its criteria, named C1, C2 and so on."""
        asked = (
            self.add(Question(project_id=project, position=0, text="What would you do first?")) if question else None
        )
        rubric = self.add(Rubric(project_id=project, name="General"))
        return [
            self.add(
                Criterion(
                    rubric_id=rubric, question_id=asked, position=place, name=f"C{place + 1}", weight=weight,
                    level_1="1", level_2="2", level_3="3", level_4="4",
                )
            )
            for place, weight in enumerate(weights)
        ]  # fmt: skip

    def scored(
        self, application: str, rater: str, levels: dict[str, int], on: date | None = TODAY, **fields: Any
    ) -> str:
        row_id = self.add(
            Evaluation(rater_id=rater, application_id=application, submitted_at=noon(on) if on else None, **fields)
        )
        for criterion, level in levels.items():
            self.add(Score(evaluation_id=row_id, criterion_id=criterion, level=level, evidence="because"))
        return row_id
