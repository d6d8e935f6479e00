"""Applications: codes, answers, decisions and taking them back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from core.errors import FieldErrors, UserError
from core.model import Answer, Application, Offer
from core.store import Store
from core.work import cancelling, declining, gather, offer
from core.work import select as choose
from core.work.select import ApplicationDraft
from tests.support import made
from tests.support.stores import TODAY


def get(store: Store, application_id: str) -> Application:
    with store.read() as session:
        return session.get_one(Application, application_id)


def test_an_application_remembers_studies_as_they_were(store: Store) -> None:
    project_id = made.project(store)
    candidate_id = made.candidate(store, graduates_on=date(2028, 5, 31))
    first = get(store, made.application(store, project_id, candidate_id))
    assert first.class_year == 3
    draft = gather.candidate_draft(store, candidate_id, today=TODAY)
    gather.change_candidate(store, candidate_id, replace(draft, school_name="Easton"), today=TODAY)
    assert get(store, first.id).enrolment_id == first.enrolment_id


def test_codes_differ_and_tell_no_order(store: Store) -> None:
    project_id = made.project(store)
    codes = [
        get(store, made.application(store, project_id, made.candidate(store, f"Person {i}"))).code for i in range(25)
    ]
    assert len(set(codes)) == 25
    assert codes != sorted(codes)
    assert all(code[0] in choose.LETTERS and code[1:].strip(choose.DIGITS) == "" for code in codes)


@given(seed=st.text())
def test_every_code_is_tried_before_it_gets_longer(seed: str) -> None:
    codes = choose.codes(seed)
    short = [next(codes) for _ in range(len(choose.LETTERS) * len(choose.DIGITS))]
    assert len(set(short)) == len(short)
    assert {len(code) for code in short} == {2}
    assert len(next(codes)) == 3


def test_who_was_invited_goes_on_with_the_same_application(store: Store) -> None:
    project_id, candidate_id = made.project(store), made.candidate(store)
    invited = choose.invite(store, project_id, candidate_id, today=TODAY)
    with pytest.raises(UserError, match="invited"):
        choose.invite(store, project_id, candidate_id, today=TODAY)
    code = get(store, invited).code
    assert made.application(store, project_id, candidate_id) == invited
    assert (get(store, invited).code, get(store, invited).status) == (code, "applied")
    with pytest.raises(FieldErrors) as caught:
        made.application(store, project_id, candidate_id)
    assert "already" in caught.value.fields["candidate_id"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"project_id": None}, "project_id"),
        ({"candidate_id": "gone"}, "candidate_id"),
        ({"applied_on": TODAY + timedelta(days=1)}, "applied_on"),
        ({"answers": {"q": "x"}}, "answers.q"),
        ({"source": "x" * 201}, "source"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(store: Store, changed: dict[str, Any], field: str) -> None:
    draft = ApplicationDraft(project_id=made.project(store), candidate_id=made.candidate(store))
    with pytest.raises(FieldErrors) as caught:
        choose.record_application(store, replace(draft, **changed), today=TODAY)
    assert set(caught.value.fields) == {field}


def test_answers_are_changed_and_taken_out(store: Store) -> None:
    project_id = made.project(store)
    [question] = made.questions(store, project_id)
    draft = ApplicationDraft(
        project_id=project_id, candidate_id=made.candidate(store), answers={question: " By\x00 hand "}
    )
    application = choose.record_application(store, draft, today=TODAY)
    assert choose.application_draft(store, application).answers == {question: "By hand"}
    choose.change_application(store, application, ApplicationDraft(answers={question: "By name"}), today=TODAY)
    assert choose.application_draft(store, application).answers == {question: "By name"}
    choose.change_application(store, application, ApplicationDraft(answers={question: ""}), today=TODAY)
    with store.read() as session:
        assert list(session.scalars(select(Answer))) == []


def test_a_cancelled_project_takes_nobody(store: Store) -> None:
    project_id = made.project(store)
    cancelling.cancel_project(store, project_id, "No time", today=TODAY)
    with pytest.raises(UserError, match="cancelled"):
        made.application(store, project_id, made.candidate(store))


def test_a_decision_can_be_taken_back(store: Store) -> None:
    application = made.application(store, made.project(store), made.candidate(store))
    choose.shortlist(store, application, today=TODAY)
    choose.not_select(store, application, today=TODAY, reason="Another fits better")
    decided = get(store, application)
    assert (decided.status, decided.decided_on, decided.decision_reason) == (
        "not_selected",
        TODAY,
        "Another fits better",
    )
    declining.take_back(store, [application], today=TODAY)
    again = get(store, application)
    assert (again.status, again.decided_on, again.decision_reason) == ("shortlisted", None, "")
    choose.reconsider(store, application, today=TODAY)
    with pytest.raises(UserError, match="cannot become"):
        choose.reconsider(store, application, today=TODAY)


def test_nobody_is_refused_with_an_offer_in_hand(store: Store) -> None:
    application = made.application(store, made.project(store), made.candidate(store))
    offer_id = made.drafted_offer(store, application)
    offer.send_offer(store, offer_id, today=TODAY)
    with pytest.raises(UserError, match="Withdraw it first"):
        choose.not_select(store, application, today=TODAY)
    choose.withdraw(store, application, today=TODAY)
    with store.read() as session:
        assert session.get_one(Offer, offer_id).status == "declined"


def test_nobody_is_refused_who_has_accepted(store: Store) -> None:
    application = made.application(store, made.project(store), made.candidate(store))
    made.engagement(store, application)
    for verb in (choose.not_select, choose.withdraw):
        with pytest.raises(UserError, match="accepted"):
            verb(store, application, today=TODAY)
