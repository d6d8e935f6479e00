"""Whatever is done in whatever order: the promises about offers and work hold, and undo leads back to the start."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from core import states
from core.errors import UserError
from core.model import (
    Application,
    CheckIn,
    Delivery,
    Engagement,
    Extension,
    HourEntry,
    Milestone,
    MilestoneDone,
    Offer,
    Project,
    WorkAuthorisation,
)
from core.store import Store
from core.work import (
    authorisation,
    cancelling,
    check_ins,
    declining,
    documents,
    extensions,
    hours,
    kick_off,
    milestones,
    offer,
    plan,
    run,
)
from core.work import select as choose
from core.work.checks import FREED, is_live
from tests.support import made
from tests.support.stores import TODAY, new_store
from tests.support.tables import tables

PEOPLE = 3
APPLICATION_VERBS = {
    "shortlist": choose.shortlist,
    "not_select": choose.not_select,
    "reconsider": choose.reconsider,
    "withdraw": choose.withdraw,
    "decline": lambda store, i, today: declining.decline(store, [i], reason="", today=today, keep_in_touch=True),
    "told": lambda store, i, today: declining.told(store, [i], today=today),
    "take back": lambda store, i, today: declining.take_back(store, [i], today=today, reason="ill"),
    "decline all": lambda store, i, today: declining.decline(
        store, [i, *declining.remaining(store, _project(store, i), today=today).ids], reason="", today=today
    ),
}
OFFER_VERBS = {
    "send": offer.send_offer,
    "accept": offer.accept_offer,
    "decline": offer.decline_offer,
    "withdraw": offer.withdraw_offer,
}
ENGAGEMENT_VERBS = {
    "start": run.start,
    "deliver": run.deliver,
    "accept": run.accept_work,
    "return": lambda store, i, today: run.return_work(store, i, "more", today=today),
    "end": lambda store, i, today: run.end_early(store, i, "ill", today=today),
    "no show": run.did_not_show,
    "cancel": lambda store, i, today: run.cancel(store, i, "no room", today=today),
}


def _project(store: Store, application_id: str) -> str:
    with store.read() as session:
        return session.get_one(Application, application_id).project_id


def _milestone(store: Store, engagement_id: str, today: date) -> str:
    with store.read() as session:
        project_id = session.get_one(Engagement, engagement_id).project_id
        query = select(Milestone.id).where(Milestone.project_id == project_id).order_by(Milestone.position)
        return session.scalars(query).first() or ""


def _newest(store: Store, kind: Any, engagement_id: str) -> str:
    """The last row of this engagement, or an id of none."""
    with store.read() as session:
        query = select(kind.id).where(kind.engagement_id == engagement_id).order_by(kind.created_at.desc())
        return session.scalars(query).first() or "none"


def _window(store: Store, engagement_id: str, today: date, days: int) -> str:
    with store.read() as session:
        person = session.get_one(Engagement, engagement_id).candidate_id
    draft = authorisation.AuthorisationDraft(
        candidate_id=person, kind="cpt", starts_on=today, ends_on=today + timedelta(days=days)
    )
    return authorisation.set_authorisation(store, draft, today=today)


WORK_VERBS: dict[str, Any] = {
    "window": lambda store, i, today: _window(store, i, today, 60),
    "narrow window": lambda store, i, today: _window(store, i, today, 1),
    "start anyway": lambda store, i, today: run.start(store, i, today=today, reason="said so"),
    "tick": lambda store, i, today: kick_off.set_check(store, i, "access", True, today=today),
    "untick": lambda store, i, today: kick_off.set_check(store, i, "access", False, today=today),
    "prepare": lambda store, i, today: kick_off.prepare_kick_off(
        store, i, kick_off.KickOffDraft(kick_off_on=today + timedelta(days=2), kick_off_time="9 am"), today=today
    ),
    "complete": lambda store, i, today: milestones.complete_milestone(
        store, i, _milestone(store, i, today), today=today
    ),
    "reopen": lambda store, i, today: milestones.reopen_milestone(store, i, _milestone(store, i, today), today=today),
    "plan talk": lambda store, i, today: check_ins.plan_check_in(store, i, today, today=today),
    "talk": lambda store, i, today: check_ins.hold_check_in(store, i, 15, today=today),
    "no talk": lambda store, i, today: check_ins.remove_check_in(store, _newest(store, CheckIn, i), today=today),
    "hours": lambda store, i, today: hours.log_hours(store, i, 400, today=today),
    "no hours": lambda store, i, today: hours.remove_hours(store, _newest(store, HourEntry, i), today=today),
    "ask": lambda store, i, today: extensions.ask_extension(store, i, today + timedelta(days=40), today=today),
    "give": lambda store, i, today: extensions.answer_extension(store, _newest(store, Extension, i), True, today=today),
    "file": lambda store, i, today: documents.keep_file(
        store, "deliveries", _newest(store, Delivery, i), "Table.csv", b"a,b", today=today
    ),
}


class Path_(RuleBasedStateMachine):  # noqa: N801 - pathlib has the name
    @initialize(openings=st.integers(1, 2))
    def begin(self, openings: int) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.store: Store = new_store(Path(self.folder.name))
        self.today: date = TODAY
        self.project = made.project(self.store, openings=openings)
        self.people = [made.candidate(self.store, f"Person {i}") for i in range(PEOPLE)]
        self.applications = [made.application(self.store, self.project, person) for person in self.people[:2]]
        self.start = tables(self.store)
        self.done = 0

    def teardown(self) -> None:
        if hasattr(self, "store"):
            for _ in range(self.done):
                self.store.undo()
            assert tables(self.store) == self.start
            self.store.close()
            self.folder.cleanup()

    def attempt(self, verb: Any, *arguments: Any) -> None:
        """What is refused leaves no trace; what is done is one step back."""
        before = tables(self.store)
        step = self.store.can_undo()
        refused = False
        try:
            verb(self.store, *arguments, today=self.today)
        except UserError:
            refused = True
        if refused:
            assert tables(self.store) == before
            assert self.store.can_undo() == step
        else:
            self.done += self.store.can_undo() != step

    def ids(self, kind: Any) -> list[str]:
        with self.store.read() as session:
            return list(session.scalars(select(kind.id).order_by(kind.created_at, kind.id)))

    @rule(person=st.integers(0, PEOPLE - 1))
    def apply(self, person: int) -> None:
        draft = choose.ApplicationDraft(project_id=self.project, candidate_id=self.people[person])
        self.attempt(choose.record_application, draft)

    @rule(person=st.integers(0, PEOPLE - 1))
    def invite(self, person: int) -> None:
        self.attempt(choose.invite, self.project, self.people[person])

    @rule(verb=st.sampled_from(sorted(APPLICATION_VERBS)), at=st.integers(0, 9))
    def decide(self, verb: str, at: int) -> None:
        found = self.ids(Application)
        self.attempt(APPLICATION_VERBS[verb], found[at % len(found)])

    @rule(at=st.integers(0, 9), days=st.sampled_from([None, 1, 3]))
    def draft(self, at: int, days: int | None) -> None:
        found = self.ids(Application)
        application = found[at % len(found)]
        expires_on = None if days is None else self.today + timedelta(days=days)
        terms = offer.OfferDraft(
            fee=36_000,
            hours=12,
            kick_off_on=self.today + timedelta(days=5),
            due_on=self.today + timedelta(days=20),
            expires_on=expires_on,
        )
        self.attempt(offer.draft_offer, application, terms)

    @precondition(lambda self: self.ids(Offer))
    @rule(verb=st.sampled_from(sorted(OFFER_VERBS)), at=st.integers(0, 9))
    def answer(self, verb: str, at: int) -> None:
        found = self.ids(Offer)
        self.attempt(OFFER_VERBS[verb], found[at % len(found)])

    @precondition(lambda self: self.ids(Engagement))
    @rule(verb=st.sampled_from(sorted(ENGAGEMENT_VERBS)), at=st.integers(0, 9))
    def work(self, verb: str, at: int) -> None:
        found = self.ids(Engagement)
        self.attempt(ENGAGEMENT_VERBS[verb], found[at % len(found)])

    @precondition(lambda self: self.ids(Engagement))
    @rule(verb=st.sampled_from(sorted(WORK_VERBS)), at=st.integers(0, 9))
    def at_work(self, verb: str, at: int) -> None:
        found = self.ids(Engagement)
        self.attempt(WORK_VERBS[verb], found[at % len(found)])

    @rule(status=st.sampled_from(["draft", "open", "selecting"]))
    def move(self, status: str) -> None:
        self.attempt(plan.move_project, self.project, status)

    @rule()
    def call_off(self) -> None:
        self.attempt(cancelling.cancel_project, self.project, "no time")

    @rule(days=st.integers(1, 3))
    def wait(self, days: int) -> None:
        self.today += timedelta(days=days)

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        before = tables(self.store)
        self.store.undo()
        undone = tables(self.store)
        self.store.redo()
        assert tables(self.store) == before
        self.store.undo()
        assert tables(self.store) == undone
        self.done -= 1

    @invariant()
    def promises_hold(self) -> None:
        if not hasattr(self, "store"):
            return
        with self.store.read() as session:
            applications = {row.id: row for row in session.scalars(select(Application))}
            offers = {row.id: row for row in session.scalars(select(Offer))}
            engagements = list(session.scalars(select(Engagement)))
            talks, entries = list(session.scalars(select(CheckIn))), list(session.scalars(select(HourEntry)))
            done = list(session.scalars(select(MilestoneDone)))
            windows = {row.candidate_id: row for row in session.scalars(select(WorkAuthorisation))}
            project = session.get_one(Project, self.project)
        engaged = {row.offer_id: row.status for row in engagements}
        live = [row for row in offers.values() if is_live(row, engaged.get(row.id), self.today)]
        for row in live:
            assert applications[row.application_id].status not in ("not_selected", "withdrawn", "invited")
        assert max(Counter(row.application_id for row in live).values(), default=0) <= 1
        assert len(live) <= project.openings
        assert sum(row.status not in FREED for row in engagements) <= project.openings
        for work in engagements:
            assert offers[work.offer_id].status == "accepted"
            assert (work.started_on is not None) or work.status in ("agreed", "cancelled", "did_not_show")
            assert work.started_on is None or work.started_on >= work.agreed_on
            assert (work.ended_on is not None) == (work.status in states.ENDED)
            held = sum(talk.minutes for talk in talks if talk.engagement_id == work.id and talk.held_on)
            assert work.supervision_minutes == held
            days = Counter[date]()
            for entry in entries:
                if entry.engagement_id == work.id:
                    assert work.started_on is not None
                    assert entry.worked_on >= work.started_on
                    days[entry.worked_on] += entry.minutes
            assert max(days.values(), default=0) <= 24 * 60
            assert work.started_on is not None or not any(mark.engagement_id == work.id for mark in done)
            offered = [row for row in offers.values() if row.sent_on is not None]
            assert work.candidate_id not in windows or offered
        if project.status == "cancelled":
            assert not any(work.status in states.AT_WORK for work in engagements)
            assert live == []


class Work_(Path_):  # noqa: N801 - as above
    """Begins where the work begins: two students, agreed."""

    @initialize(openings=st.just(2))
    def begin(self, openings: int) -> None:
        Path_.begin(self, openings)
        for application in self.applications:
            made.engagement(self.store, application, self.today)
        self.start = tables(self.store)


Path_.TestCase.settings = settings(
    max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestPath = Path_.TestCase
Work_.TestCase.settings = settings(
    max_examples=12, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
TestWork = Work_.TestCase
