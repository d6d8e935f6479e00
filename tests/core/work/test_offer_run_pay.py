"""From the terms to the money: offers, engagements, payments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from core.errors import FieldErrors, HoldError, UserError
from core.model import Delivery, Engagement, Extension, Instalment, Offer
from core.store import Store
from core.work import extensions, hours, offer, pay, plan, run
from core.work import select as choose
from tests.support import made
from tests.support.stores import TODAY

DAY = timedelta(days=1)


@pytest.fixture
def applied(store: Store) -> str:
    return made.application(store, made.project(store), made.candidate(store))


def engaged(store: Store, engagement_id: str) -> Engagement:
    with store.read() as session:
        return session.get_one(Engagement, engagement_id)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"fee": 0}, "fee"),
        ({"hours": 400}, "hours"),
        ({"hours": 0}, "hours"),
        ({"kick_off_on": None}, "kick_off_on"),
        ({"due_on": TODAY}, "due_on"),
        ({"currency": "$"}, "currency"),
        ({"note": "x" * 20_001}, "note"),
    ],
)
def test_terms_that_cannot_be_offered(store: Store, applied: str, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(FieldErrors) as caught:
        made.drafted_offer(store, applied, **changed)
    assert set(caught.value.fields) == {field}


@pytest.mark.parametrize("decide", [choose.not_select, choose.withdraw])
def test_no_offer_to_someone_not_selected(store: Store, applied: str, decide: Callable[..., str]) -> None:
    decide(store, applied, today=TODAY)
    with pytest.raises(UserError, match=r"not selected|withdrawn"):
        made.drafted_offer(store, applied)


def test_no_offer_to_someone_who_was_only_invited(store: Store) -> None:
    invited = choose.invite(store, made.project(store), made.candidate(store), today=TODAY)
    with pytest.raises(UserError, match="not applied yet"):
        made.drafted_offer(store, invited)


def test_one_offer_at_a_time_and_none_beyond_the_openings(store: Store) -> None:
    project_id = made.project(store)
    one, two = (made.application(store, project_id, made.candidate(store, f"Person {i}")) for i in "AB")
    offer_id = made.drafted_offer(store, one)
    with pytest.raises(UserError, match="already: drafted"):
        made.drafted_offer(store, one)
    with pytest.raises(UserError, match="one opening"):
        made.drafted_offer(store, two)
    offer.send_offer(store, offer_id, today=TODAY)
    offer.decline_offer(store, offer_id, today=TODAY)
    offer.accept_offer(store, sent(store, two), today=TODAY)
    with pytest.raises(UserError, match="one opening"):
        made.drafted_offer(store, one)


def sent(store: Store, application_id: str, **changed: Any) -> str:
    offer_id = made.drafted_offer(store, application_id, **changed)
    return offer.send_offer(store, offer_id, today=TODAY)


def test_fewer_openings_stop_an_offer_on_its_way(store: Store) -> None:
    project_id = made.project(store, openings=2)
    one, two = (made.application(store, project_id, made.candidate(store, f"Person {i}")) for i in "AB")
    first, second = sent(store, one), sent(store, two)
    offer.accept_offer(store, first, today=TODAY)
    draft = plan.project_draft(store, project_id)
    plan.change_project(store, project_id, replace(draft, openings=1), today=TODAY)
    with pytest.raises(UserError, match="taken"):
        offer.accept_offer(store, second, today=TODAY)


def test_an_expired_offer_frees_its_place_and_is_not_accepted_late(store: Store) -> None:
    project_id = made.project(store)
    one, two = (made.application(store, project_id, made.candidate(store, f"Person {i}")) for i in "AB")
    offer_id = sent(store, one, expires_on=TODAY + DAY)
    later = TODAY + 2 * DAY
    with pytest.raises(UserError, match="expired"):
        offer.accept_offer(store, offer_id, today=later)
    terms = offer.offer_terms(store, two)
    second = offer.draft_offer(store, two, terms, today=later)
    draft = replace(offer.offer_draft(store, offer_id), expires_on=later + DAY)
    with pytest.raises(UserError, match="one opening"):
        offer.change_offer(store, offer_id, draft, today=later)
    offer.withdraw_offer(store, second, today=later)
    offer.change_offer(store, offer_id, draft, today=later)
    offer.accept_offer(store, offer_id, today=later)


def test_an_answer_in_time_counts_though_it_is_entered_late(store: Store, applied: str) -> None:
    offer_id = sent(store, applied, expires_on=TODAY + DAY)
    with pytest.raises(FieldErrors):
        offer.accept_offer(store, offer_id, today=TODAY + 9 * DAY, on=TODAY - DAY)
    with pytest.raises(FieldErrors):
        offer.accept_offer(store, offer_id, today=TODAY, on=TODAY + DAY)
    engagement = offer.accept_offer(store, offer_id, today=TODAY + 9 * DAY, on=TODAY + DAY)
    assert engaged(store, engagement).agreed_on == TODAY + DAY


def test_work_is_not_agreed_on_after_it_is_due(store: Store, applied: str) -> None:
    offer_id = sent(store, applied, expires_on=None)
    due = offer.offer_draft(store, offer_id).due_on
    assert due is not None
    with pytest.raises(UserError, match="Withdraw it and make a new one"):
        offer.accept_offer(store, offer_id, today=due + DAY)
    offer.accept_offer(store, offer_id, today=due + DAY, on=due)


def test_the_terms_of_a_sent_offer_stay(store: Store, applied: str) -> None:
    offer_id = made.drafted_offer(store, applied)
    draft = replace(offer.offer_draft(store, offer_id), fee=40_000)
    offer.change_offer(store, offer_id, draft, today=TODAY)
    offer.send_offer(store, offer_id, today=TODAY)
    with pytest.raises(UserError, match="terms stay"):
        offer.change_offer(store, offer_id, replace(draft, fee=50_000), today=TODAY)
    offer.change_offer(store, offer_id, replace(draft, expires_on=TODAY + DAY), today=TODAY)
    offer.accept_offer(store, offer_id, today=TODAY)
    with pytest.raises(UserError, match="accepted"):
        offer.change_offer(store, offer_id, draft, today=TODAY)
    with pytest.raises(UserError, match="cannot become"):
        offer.withdraw_offer(store, offer_id, today=TODAY)


def test_an_offer_below_the_project_and_the_floor_is_held(store: Store, applied: str) -> None:
    offer_id = made.drafted_offer(store, applied, fee=12_000)
    with pytest.raises(HoldError) as caught:
        offer.send_offer(store, offer_id, today=TODAY)
    assert caught.value.rule == "pay_floor"
    offer.send_offer(store, offer_id, today=TODAY, reason="Half the work")
    with store.read() as session:
        assert session.get_one(Offer, offer_id).status == "sent"


def test_what_deserves_a_second_look(store: Store, applied: str) -> None:
    terms = offer.offer_terms(store, applied)
    assert offer.offer_warnings(store, applied, terms, today=TODAY) == []
    odd = replace(terms, hours=3, fee=100, expires_on=TODAY - DAY)
    assert {c.field for c in offer.offer_warnings(store, applied, odd, today=TODAY)} == {"hours", "fee", "expires_on"}


def test_acceptance_makes_an_engagement_with_its_fee(store: Store, applied: str) -> None:
    engagement = made.engagement(store, applied)
    row = engaged(store, engagement)
    assert (row.status, row.estimated_hours, row.due_on) == ("agreed", 12, made.BRIEF.due_on)
    assert pay.engagement_balance(store, engagement) == pay.Balance(due=36_000, paid=0, currency="USD")


def test_work_goes_its_way(store: Store, applied: str) -> None:
    engagement = made.engagement(store, applied)
    with pytest.raises(UserError, match="cannot become"):
        run.deliver(store, engagement, today=TODAY)
    with pytest.raises(UserError, match="not started"):
        hours.log_hours(store, engagement, 60, today=TODAY)
    run.start(store, engagement, today=TODAY + DAY)
    hours.log_hours(store, engagement, 90, today=TODAY + 2 * DAY)
    with pytest.raises(FieldErrors):
        hours.log_hours(store, engagement, 1_400, today=TODAY + 2 * DAY)
    with pytest.raises(FieldErrors):
        hours.log_hours(store, engagement, 60, today=TODAY + 2 * DAY, on=TODAY)
    run.deliver(store, engagement, today=TODAY + 3 * DAY, note="First part")
    with pytest.raises(FieldErrors):
        run.return_work(store, engagement, " ", today=TODAY + 3 * DAY)
    run.return_work(store, engagement, "Two doubles left", today=TODAY + 3 * DAY)
    run.deliver(store, engagement, today=TODAY + 4 * DAY)
    with pytest.raises(FieldErrors):
        run.accept_work(store, engagement, "great", today=TODAY + 4 * DAY)
    run.accept_work(store, engagement, "met_after_changes", today=TODAY + 5 * DAY)
    assert hours.add_supervision_minutes(store, engagement, 30, today=TODAY) == 30
    with pytest.raises(FieldErrors):
        hours.add_supervision_minutes(store, engagement, -31, today=TODAY)
    row = engaged(store, engagement)
    assert (row.status, row.verdict, row.accepted_on) == ("accepted", "met_after_changes", TODAY + 5 * DAY)
    with store.read() as session:
        assert len(list(session.scalars(select(Delivery)))) == 2
    with pytest.raises(UserError, match="cannot become"):
        run.end_early(store, engagement, "x", today=TODAY + 5 * DAY)


def test_more_time_moves_the_due_date_once_it_is_granted(store: Store, applied: str) -> None:
    engagement = made.engagement(store, applied)
    due = engaged(store, engagement).due_on
    with pytest.raises(FieldErrors):
        extensions.ask_extension(store, engagement, due, today=TODAY)
    wish = extensions.ask_extension(store, engagement, due + DAY, today=TODAY)
    with pytest.raises(UserError, match="no answer yet"):
        extensions.ask_extension(store, engagement, due + DAY, today=TODAY)
    extensions.answer_extension(store, wish, False, today=TODAY)
    assert engaged(store, engagement).due_on == due
    wish = extensions.ask_extension(store, engagement, due + DAY, today=TODAY)
    extensions.answer_extension(store, wish, True, today=TODAY)
    assert engaged(store, engagement).due_on == due + DAY
    with pytest.raises(UserError, match="answer already"):
        extensions.answer_extension(store, wish, True, today=TODAY)


@pytest.mark.parametrize(
    ("end", "owed"),
    [
        (lambda s, e: run.did_not_show(s, e, today=TODAY), 0),
        (lambda s, e: run.end_early(s, e, "Ill", today=TODAY), 36_000),
        (lambda s, e: run.end_early(s, e, "Ill", today=TODAY, fee_due=10_000), 10_000),
        (lambda s, e: run.end_early(s, e, "Ill", today=TODAY, fee_due=0), 0),
    ],
)
def test_what_is_owed_when_it_ends_otherwise(
    store: Store, applied: str, end: Callable[[Store, str], str], owed: int
) -> None:
    engagement = made.engagement(store, applied)
    run.start(store, engagement, today=TODAY)
    end(store, engagement)
    assert pay.engagement_balance(store, engagement).open == owed
    with store.read() as session:
        assert all(part.due_on == TODAY for part in session.scalars(select(Instalment)))


def test_no_more_is_owed_for_a_part_than_for_the_whole(store: Store, applied: str) -> None:
    engagement = made.engagement(store, applied)
    run.start(store, engagement, today=TODAY)
    with pytest.raises(FieldErrors, match=r"up to \$360") as caught:
        run.end_early(store, engagement, "Ill", today=TODAY, fee_due=36_001)
    assert set(caught.value.fields) == {"fee_due"}
    run.end_early(store, engagement, "Ill", today=TODAY, fee_due=36_000)


def test_a_called_off_engagement_frees_its_place(store: Store, applied: str) -> None:
    engagement = made.engagement(store, applied)
    with pytest.raises(FieldErrors):
        run.cancel(store, engagement, "", today=TODAY)
    run.cancel(store, engagement, "No room", today=TODAY)
    assert pay.engagement_balance(store, engagement).due == 0
    made.engagement(store, applied)


def test_what_is_said_in_one_breath_is_one_change(store: Store, applied: str) -> None:
    engagement = made.engagement(store, applied)
    run.start(store, engagement, today=TODAY)
    due = engaged(store, engagement).due_on
    extensions.ask_extension(store, engagement, due + DAY, today=TODAY, granted=True)
    assert engaged(store, engagement).due_on == due + DAY
    store.undo()
    assert engaged(store, engagement).due_on == due
    with store.read() as session:
        assert list(session.scalars(select(Extension))) == []
    run.deliver(store, engagement, today=TODAY)
    run.accept_work(store, engagement, today=TODAY, supervision_minutes=90)
    assert engaged(store, engagement).supervision_minutes == 90
    store.undo()
    row = engaged(store, engagement)
    assert (row.status, row.supervision_minutes) == ("delivered", 0)
