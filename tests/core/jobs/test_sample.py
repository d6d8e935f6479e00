"""The sample program on real stores, on days that are hard on calendars."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from core import states
from core.jobs import sample
from core.jobs.sample_days import Days
from core.model import (
    NOUNS,
    Answer,
    Application,
    Base,
    Blackout,
    Candidate,
    CandidateEmail,
    Colleague,
    Consent,
    Criterion,
    Employer,
    Engagement,
    Enrolment,
    Evaluation,
    HourEntry,
    Milestone,
    Offer,
    Outcome,
    Payee,
    Payment,
    PoolEntry,
    Project,
    Question,
    School,
    SchoolContact,
    Score,
    ToDo,
    Touch,
    words,
)
from core.money import per_hour
from core.paper.fonts import missing, needs_shaping
from core.store import Store
from core.text import is_email
from core.work import declining, duplicates, plan
from core.work.candidates import checked as checked_candidate
from core.work.candidates import load as candidate_draft
from tests.support.stores import new_store

DAYS = [
    date(2026, 11, 22),
    date(2028, 2, 29),
    date(2026, 12, 31),
    date(2027, 1, 1),
    date(2026, 5, 31),
    date(2026, 7, 11),
    date(2026, 9, 5),
]


@pytest.fixture(scope="module", params=DAYS, ids=str)
def laid(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, date]]:
    store = new_store(tmp_path_factory.mktemp("sample", numbered=True))
    sample.fill(store, request.param)
    yield store, request.param
    store.close()


def every(store: Store, kind: Any, *conditions: Any) -> list[Any]:
    with store.read() as session:
        return list(session.scalars(select(kind).where(*conditions)))


def by_id(store: Store, kind: Any) -> dict[str, Any]:
    return {row.id: row for row in every(store, kind)}


def phases(store: Store, today: date) -> Counter[str]:
    ends: dict[str, list[str]] = {}
    for engagement in every(store, Engagement):
        ends.setdefault(engagement.project_id, []).append(engagement.status)
    return Counter(
        states.project_phase(one.status, one.apply_by, ends.get(one.id, []), one.openings, today)
        for one in every(store, Project)
    )


def test_it_is_a_year_with_everything_in_it(laid: tuple[Store, date]) -> None:
    store, today = laid
    expected = dict.fromkeys(words.PROJECT_PHASES, 1) | {"running": 2, "closed": 4, "draft": 2}
    assert phases(store, today) == expected
    assert {one.number for one in every(store, Project)} == set(range(1, 14))
    assert len(every(store, Candidate)) == 61
    assert len(every(store, School)) >= 8
    assert 3 <= sum(school.is_focus for school in every(store, School)) <= 4
    assert {one.status for one in every(store, Engagement)} == set(words.ENGAGEMENT_STATES)
    assert {one.status for one in every(store, Application)} == set(words.APPLICATION_STATES)
    assert {one.status for one in every(store, Offer)} == {"drafted", "sent", "accepted", "declined", "withdrawn"}
    assert {one.kind for one in every(store, Outcome)} == set(words.OUTCOME_KINDS)
    assert {one.reason for one in every(store, PoolEntry)} >= {"near_miss_intern", "past_micro_intern", "fair"}
    assert len(every(store, ToDo, ToDo.done_on.is_(None), ToDo.project_id.is_(None))) == 8
    assert store.check() == []


def test_one_is_here_twice_to_try_a_merge_on(laid: tuple[Store, date]) -> None:
    store, _ = laid
    (pair,) = duplicates.pairs(store)
    names = [by_id(store, Candidate)[one].name for one in (pair.first_id, pair.second_id)]
    assert names == ["Renée Dubois-Lacroix", "Renee Dubois Lacroix"]
    assert pair.why == ("has the same name at the same school",)


def test_no_row_points_to_nothing(laid: tuple[Store, date]) -> None:
    store, _ = laid
    known = {noun: set(by_id(store, kind)) for noun, kind in NOUNS.items()}
    for table in Base.metadata.tables.values():
        for column in table.columns:
            for key in column.foreign_keys:
                with store.read() as session:
                    pointed = {row[0] for row in session.execute(select(column)) if row[0] is not None}
                assert pointed <= known[key.column.table.name], column


def test_addresses_are_reserved_and_numbers_fictional(laid: tuple[Store, date]) -> None:
    store, _ = laid
    addresses = [one.address for one in every(store, CandidateEmail)]
    addresses += [
        one.email for one in (*every(store, SchoolContact), *every(store, Colleague), *every(store, Employer))
    ]
    assert all(is_email(one) and one.endswith((".example.edu", ".example")) for one in addresses)
    assert len({one.address for one in every(store, CandidateEmail)}) == 61
    assert all(domain.endswith(".example.edu") for school in every(store, School) for domain in school.domains)
    phones = [one.phone for one in (*every(store, Candidate), *every(store, SchoolContact)) if one.phone]
    assert phones
    assert all(re.fullmatch(r"\(\d{3}\) 555-01\d\d", one) for one in phones)


def test_what_happened_lies_behind_and_what_is_planned_ahead(laid: tuple[Store, date]) -> None:
    store, today = laid
    past = {
        Application: ("invited_on", "applied_on", "decided_on"),
        Offer: ("sent_on", "answered_on"),
        Engagement: ("agreed_on", "started_on", "delivered_on", "accepted_on", "ended_on"),
        HourEntry: ("worked_on",),
        Payment: ("paid_on",),
        Payee: ("w9_received_on", "i9_received_on", "w4_received_on"),
        Touch: ("made_on",),
        Consent: ("signed_on", "withdrawn_on"),
        ToDo: ("captured_on", "done_on"),
        Candidate: ("first_contact_on", "class_year_set_on"),
        Outcome: ("offered_on", "accepted_on"),
        PoolEntry: ("began_on", "ended_on"),
    }
    for kind, names in past.items():
        for row in every(store, kind):
            assert all((getattr(row, name) or today) <= today for name in names), (kind, row.id)
    moments = [one.submitted_at for one in every(store, Evaluation)]
    moments += [one.revealed_at for one in every(store, Application) if one.revealed_at]
    assert all(one is not None and one.date() <= today for one in moments)
    assert all(one.starts_on > today for one in every(store, Blackout))
    open_offers = every(store, Offer, Offer.status.in_(("sent", "drafted")))
    assert {(one.expires_on - today).days for one in open_offers} == {2, 9}
    assert all(today < one.kick_off_on for one in open_offers)
    for project in every(store, Project):
        if project.status == "draft" or project.title.startswith("Inventory"):
            assert today < project.apply_by < project.kick_off_on
    agreed = every(store, Engagement, Engagement.status == "agreed")
    assert agreed
    assert all(today < one.kick_off_on for one in agreed)


def test_the_order_of_days_holds(laid: tuple[Store, date]) -> None:
    store, _ = laid
    applications, offers = by_id(store, Application), by_id(store, Offer)
    projects, enrolments = by_id(store, Project), by_id(store, Enrolment)
    for one in offers.values():
        application = applications[one.application_id]
        assert application.status == ("withdrawn" if one.status == "declined" else "shortlisted")
        if one.sent_on:
            assert application.applied_on < one.sent_on <= (one.answered_on or one.sent_on)
            assert (one.answered_on or one.sent_on) <= one.expires_on
    for one in every(store, Engagement):
        agreed, offer = one.agreed_on, offers[one.offer_id]
        assert offer.status == "accepted"
        assert offer.answered_on == agreed <= one.kick_off_on < one.due_on
        steps = [agreed, one.started_on, one.delivered_on, one.accepted_on or one.ended_on]
        known = [day for day in steps if day]
        assert known == sorted(known)
    for application in applications.values():
        project = projects[application.project_id]
        if application.applied_on:
            assert project.opened_on <= application.applied_on <= project.apply_by
            assert application.class_year in (1, 2, 3, 4)
        assert enrolments[application.enrolment_id].candidate_id == application.candidate_id
        assert re.fullmatch(r"[A-Z]\d", application.code)
    for candidate in every(store, Candidate):
        touches = every(store, Touch, Touch.candidate_id == candidate.id, Touch.made_on.is_not(None))
        applied = [one.applied_on for one in applications.values() if one.candidate_id == candidate.id]
        met = [one.made_on for one in touches] + [day for day in applied if day]
        assert candidate.first_contact_on <= min(met), candidate.name
    for payment in every(store, Payment):
        engagement = by_id(store, Engagement)[payment.engagement_id]
        assert payment.candidate_id == engagement.candidate_id


def test_every_brief_is_whole_and_pays_fairly(laid: tuple[Store, date]) -> None:
    store, _ = laid
    for project in every(store, Project):
        assert (per_hour(project.fee, project.estimated_hours) or 0) >= 2000
        assert 5 <= project.estimated_hours <= 40
        assert 7 <= (project.due_on - project.kick_off_on).days <= 28
        assert project.why_it_matters
        assert project.learning_objectives
        assert project.supervisor_id
        assert bool(project.ai_policy and project.tools) == (project.status != "draft")
        assert project.category in words.CATEGORIES
        assert set(project.competencies) <= set(words.COMPETENCIES)
        parts = every(store, Milestone, Milestone.project_id == project.id)
        assert 2 <= len(parts) <= 4
        assert all(project.kick_off_on <= one.due_on <= project.due_on for one in parts)
        assert 2 <= len(every(store, Question, Question.project_id == project.id)) <= 3
        draft = plan.project_draft(store, project.id)
        assert len(draft.milestones) == len(parts)


def test_every_person_could_have_been_typed_in(laid: tuple[Store, date]) -> None:
    store, today = laid
    with store.read() as session:
        for candidate in session.scalars(select(Candidate)):
            draft = candidate_draft(session, candidate, today=today)
            assert checked_candidate(draft, today=today) == draft
            assert draft.skills


def test_evidence_is_in_the_answers(laid: tuple[Store, date]) -> None:
    store, _ = laid
    criteria, evaluations = by_id(store, Criterion), by_id(store, Evaluation)
    answers: dict[str, dict[str, str]] = {}
    for answer in every(store, Answer):
        answers.setdefault(answer.application_id, {})[answer.question_id] = answer.text
    scores = every(store, Score)
    assert len(scores) > 200
    for score in scores:
        told = answers[evaluations[score.evaluation_id].application_id]
        question = criteria[score.criterion_id].question_id
        texts = [told[question]] if question else list(told.values())
        assert any(score.evidence.strip("“”") in text for text in texts) or score.evidence[1:-1] in " ".join(texts)


def test_three_applications_wait_for_the_owner(laid: tuple[Store, date]) -> None:
    store, today = laid
    menu = next(one for one in every(store, Project) if one.title.startswith("Menu redesign"))
    assert menu.apply_by == today + timedelta(days=1)
    wanted = {one.id for one in every(store, Application, Application.project_id == menu.id)}
    given = Counter(one.rater_id for one in every(store, Evaluation) if one.application_id in wanted)
    owner = next(one.id for one in every(store, Colleague) if one.role == "owner")
    assert len(wanted) - given.pop(owner) == 3
    assert list(given.values()) == [len(wanted)]


def test_of_those_not_selected_one_is_to_be_told_and_one_message_is_held(laid: tuple[Store, date]) -> None:
    store, today = laid
    declined = every(store, Application, Application.status == "not_selected")
    assert all(one.decided_on < one.told_on <= today for one in declined if one.told_on)
    (project_id,) = {one.project_id for one in declined if one.told_on is None}
    assert len(declining.to_tell(store, project_id, today=today)) == 1
    assert len(declining.to_tell(store, project_id, today=today, at_once=True)) == 2


def test_letters_can_be_printed(laid: tuple[Store, date]) -> None:
    store, _ = laid
    names = [one.name for one in every(store, Candidate)]
    assert [name for name in names if missing(name)] == []
    assert any(needs_shaping(name) for name in names)


def test_undo_goes_no_further_back(laid: tuple[Store, date]) -> None:
    store, _ = laid
    assert store.can_undo() is None


def test_the_same_day_gives_the_same_rows(tmp_path: Path) -> None:
    dumps = []
    for name in ("one.foothold", "two.foothold"):
        with new_store(tmp_path, name) as store:
            sample.fill(store, date(2026, 11, 22))
            own = {store.me: "owner"}
            dumps.append(
                {
                    (noun, own.get(row.id, row.id)): {
                        column.key: own.get(getattr(row, column.key), getattr(row, column.key))
                        for column in kind.__table__.columns
                        if column.key not in ("id", "created_at", "changed_at") and column.key != "links"
                        if not isinstance(getattr(row, column.key), list | dict)
                    }
                    for noun, kind in NOUNS.items()
                    if noun not in ("employers", "thresholds")
                    for row in every(store, kind)
                }
            )
    assert dumps[0] == dumps[1]
    assert len(dumps[0]) > 1400


@pytest.mark.parametrize("today", [date(2026, 11, 22) + timedelta(days=n) for n in range(0, 400, 9)], ids=str)
def test_working_days_keep_their_side_and_order(today: date) -> None:
    days = Days(today)
    found = [days.at(count) for count in range(-30, 31) if count]
    assert found == sorted(found)
    assert all(day.weekday() < 5 for day in found)
    assert all((days.at(count) < today) == (count < 0) for count in range(-30, 31) if count)
    assert 35 <= (today - days.graduation("past")).days <= 190
    assert 0 <= (days.graduation(0) - today).days <= 366
