"""Money that went, what is held, how someone is paid, and the parts in which a fee is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.errors import FieldErrors, HoldError, UserError
from core.model import Engagement, Instalment, Payment, Threshold
from core.store import Store
from core.work import instalments, pay, payees, run
from core.work.instalments import FeeDraft, PartDraft
from tests.support import made
from tests.support.stores import TODAY
from tests.support.tables import tables

DAY = timedelta(days=1)


@pytest.fixture
def applied(store: Store) -> str:
    return made.application(store, made.project(store), made.candidate(store))


def engaged(store: Store, engagement_id: str) -> Engagement:
    with store.read() as session:
        return session.get_one(Engagement, engagement_id)


def paid(store: Store, engagement: str, reason: str = "", **changed: Any) -> Payment:
    draft = replace(pay.payment_terms(store, engagement, today=TODAY), **changed)
    payment_id = pay.record_payment(store, draft, today=TODAY, reason=reason)
    with store.read() as session:
        return session.get_one(Payment, payment_id)


@pytest.fixture
def done(store: Store, applied: str) -> str:
    engagement = made.engagement(store, applied)
    run.start(store, engagement, today=TODAY)
    run.deliver(store, engagement, today=TODAY)
    return run.accept_work(store, engagement, today=TODAY)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"amount": 0}, "amount"),
        ({"currency": "EUR"}, "currency"),
        ({"paid_on": TODAY + DAY}, "paid_on"),
        ({"method": "gold"}, "method"),
        ({"paid_from": "me"}, "paid_from"),
        ({"paid_on": date(1026, 11, 1)}, "paid_on"),
        ({"reference": "123-45-6789"}, "reference"),
    ],
)
def test_payments_that_cannot_be(store: Store, done: str, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(FieldErrors) as caught:
        paid(store, done, **changed)
    assert set(caught.value.fields) == {field}


def test_a_payment_settles_the_fee_and_more_is_held(store: Store, done: str) -> None:
    assert paid(store, done, amount=16_000).hold_reason == ""
    assert paid(store, done, reason="not needed").hold_reason == ""
    assert pay.engagement_balance(store, done).open == 0
    with pytest.raises(HoldError) as caught:
        paid(store, done, amount=100)
    assert caught.value.rule == "over_fee"
    assert paid(store, done, "A thank-you", amount=100).hold_reason == "A thank-you"
    assert pay.engagement_balance(store, done).open == -100


def test_pay_waits_for_acceptance_unless_it_is_a_wage(store: Store, applied: str) -> None:
    engagement = made.engagement(store, applied)
    with pytest.raises(HoldError) as caught:
        paid(store, engagement, amount=1_000)
    assert caught.value.rule == "not_accepted"
    candidate = engaged(store, engagement).candidate_id
    payees.set_payee(
        store, payees.PayeeDraft(candidate_id=candidate, worker_type="w2", worker_type_why="At our hours"), today=TODAY
    )
    assert paid(store, engagement, amount=1_000).hold_reason == ""


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"worker_type": "volunteer"}, "worker_type"),
        ({"worker_type_why": "SSN 123-45-6789."}, "worker_type_why"),
        ({"worker_type_why": " "}, "worker_type_why"),
        ({"w9_received_on": TODAY + DAY}, "w9_received_on"),
    ],
)
def test_payees_that_cannot_be(store: Store, changed: dict[str, Any], field: str) -> None:
    draft = payees.PayeeDraft(candidate_id=made.candidate(store), worker_type_why="Own tools, own hours")
    with pytest.raises(FieldErrors) as caught:
        payees.set_payee(store, replace(draft, **changed), today=TODAY)
    assert set(caught.value.fields) == {field}


def test_a_payee_is_kept_once(store: Store) -> None:
    draft = payees.PayeeDraft(candidate_id=made.candidate(store), worker_type_why="Own tools", w9_received_on=TODAY)
    assert payees.set_payee(store, draft, today=TODAY) == payees.set_payee(store, draft, today=TODAY)
    assert draft.candidate_id is not None
    assert payees.payee_draft(store, draft.candidate_id) == draft


def test_a_threshold_is_set_for_a_year(store: Store) -> None:
    payees.set_threshold(store, 2027, 205_000, today=TODAY)
    payees.set_threshold(store, 2027, 210_000, today=TODAY)
    with store.read() as session:
        amounts = {row.year: row.amount for row in session.scalars(select(Threshold))}
    assert amounts[2027] == 210_000
    with pytest.raises(FieldErrors):
        payees.set_threshold(store, 2027, 0, today=TODAY)


# --- a payment that seems to be one recorded already ------------------------------------------------------------------


def held(store: Store, engagement: str, **changed: Any) -> str:
    with pytest.raises(HoldError) as caught:
        paid(store, engagement, **changed)
    assert not caught.value.rule or str(caught.value).endswith("Write why it goes all the same.")
    return caught.value.rule


def test_the_same_amount_on_the_same_day_is_held(store: Store, done: str) -> None:
    paid(store, done, amount=10_000)
    assert held(store, done, amount=10_000) == "repeats"
    with pytest.raises(HoldError, match=r"looks like the one recorded on .*: \$100 paid 22 Nov"):
        paid(store, done, amount=10_000)
    assert paid(store, done, "Two checks that day", amount=10_000).hold_reason == "Two checks that day"
    assert paid(store, done, amount=10_000, paid_on=TODAY - DAY).hold_reason == ""


def test_a_reference_goes_once_but_a_payroll_run_pays_many(store: Store, done: str) -> None:
    other = made.engagement(store, made.application(store, made.project(store), made.candidate(store, "Grace Hopper")))
    for step in (run.start, run.deliver, run.accept_work):
        step(store, other, today=TODAY)
    paid(store, done, amount=10_000, reference="No. 1041")
    assert held(store, other, amount=5_000, reference="no. 1041") == "repeats"
    assert paid(store, other, amount=5_000, reference="no. 1041", method="transfer").hold_reason == ""
    paid(store, done, amount=2_000, reference="PR-19", method="payroll")
    assert paid(store, other, amount=2_500, reference="PR-19", method="payroll").hold_reason == ""
    assert held(store, done, amount=2_600, reference="PR-19", method="payroll") == "repeats"


# --- correcting and removing ------------------------------------------------------------------------------------------


def rows_of(store: Store, kind: type[Any]) -> list[dict[str, Any]]:
    with store.read() as session:
        names = [column.name for column in kind.__table__.columns if column.name not in ("row_version", "updated_at")]
        return sorted(
            ({name: getattr(one, name) for name in names} for one in session.scalars(select(kind))),
            key=lambda row: str(row["id"]),
        )


def test_a_payment_is_corrected_and_undo_gives_the_old_one_back(store: Store, done: str) -> None:
    payment = paid(store, done, amount=10_000, reference="17")
    before = rows_of(store, Payment)
    draft = pay.payment_draft(store, payment.id)
    assert (draft.amount, draft.reference, draft.engagement_id) == (10_000, "17", done)
    pay.change_payment(store, payment.id, replace(draft, amount=12_000, reference="18"), today=TODAY)
    assert pay.engagement_balance(store, done).paid == 12_000
    store.undo()
    assert rows_of(store, Payment) == before


def test_correcting_asks_only_about_what_is_new(store: Store, done: str) -> None:
    payment = paid(store, done, "A thank-you", amount=40_000)
    draft = pay.payment_draft(store, payment.id)
    pay.change_payment(store, payment.id, replace(draft, reference="17"), today=TODAY)
    with store.read() as session:
        assert session.get_one(Payment, payment.id).hold_reason == "A thank-you"
    with pytest.raises(HoldError) as caught:
        pay.change_payment(store, payment.id, replace(draft, amount=50_000), today=TODAY)
    assert caught.value.rule == "over_fee"
    pay.change_payment(store, payment.id, replace(draft, amount=38_000), today=TODAY)
    with store.read() as session:
        assert session.get_one(Payment, payment.id).hold_reason == "A thank-you", "less of it needs no new reason"
    pay.change_payment(store, payment.id, replace(draft, amount=36_000), today=TODAY)
    with store.read() as session:
        assert session.get_one(Payment, payment.id).hold_reason == ""


def test_removing_needs_a_reason_and_is_undone(store: Store, done: str) -> None:
    payment = paid(store, done, amount=10_000)
    before = rows_of(store, Payment)
    with pytest.raises(FieldErrors):
        pay.remove_payment(store, payment.id, today=TODAY, reason=" ")
    pay.remove_payment(store, payment.id, today=TODAY, reason="Recorded twice")
    assert rows_of(store, Payment) == []
    store.undo()
    assert rows_of(store, Payment) == before
    with pytest.raises(UserError, match="no longer in the store"):
        pay.change_payment(store, "gone", pay.PaymentDraft(amount=1), today=TODAY)


# --- tax numbers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "123-45-6789",
        "SSN123-45-6789",
        "123 45 6789",
        "12-3456789",
        "123456789",
        "is 123–45–6789, said",
        "１２３-４５-６７８９",
    ],
)
def test_what_looks_like_a_tax_number_has_no_place(store: Store, done: str, text: str) -> None:
    assert payees.looks_like_tax_number(text)
    with pytest.raises(FieldErrors, match="tax number"):
        paid(store, done, reference=text)
    with pytest.raises(UserError, match="tax number"):
        paid(store, done, reason=text, amount=90_000)
    with pytest.raises(UserError, match="tax number"):
        instalments.set_instalments(store, done, FeeDraft(1, (PartDraft(1),)), today=TODAY, reason=text)


@pytest.mark.parametrize("text", ["1041", "T-123456789", "2026-11-23", "No. 12345678", "1234567890", "+1 415 555 2671"])
def test_plain_references_are_none(text: str) -> None:
    assert not payees.looks_like_tax_number(text)


# --- the fee in parts -------------------------------------------------------------------------------------------------


def parts(store: Store, engagement: str) -> list[tuple[int, date | None]]:
    return [(part.amount, part.due_on) for part in instalments.fee_draft(store, engagement).parts]


def test_a_fee_is_split_and_the_parts_make_it(store: Store, applied: str) -> None:
    engagement = made.engagement(store, applied)
    assert parts(store, engagement) == [(36_000, None)]
    before = rows_of(store, Instalment)
    split = FeeDraft(36_000, (PartDraft(12_000, TODAY + 20 * DAY), PartDraft(24_000)))
    instalments.set_instalments(store, engagement, split, today=TODAY)
    assert parts(store, engagement) == [(12_000, TODAY + 20 * DAY), (24_000, None)]
    short = FeeDraft(36_000, (PartDraft(35_000),))
    with pytest.raises(FieldErrors, match=r"\$350, \$10 too little"):
        instalments.set_instalments(store, engagement, short, today=TODAY)
    store.undo()
    assert rows_of(store, Instalment) == before


def test_another_fee_needs_a_reason(store: Store, done: str) -> None:
    paid(store, done, amount=30_000)
    for fee, rule in ((40_000, "fee_changed"), (20_000, "fee_changed")):
        with pytest.raises(HoldError) as caught:
            instalments.set_instalments(store, done, FeeDraft(fee, (PartDraft(fee),)), today=TODAY)
        assert caught.value.rule == rule
    assert "$300 went already" in str(caught.value)
    lower = FeeDraft(20_000, (PartDraft(20_000),))
    instalments.set_instalments(store, done, lower, today=TODAY, reason="We both agreed on less")
    assert pay.engagement_balance(store, done).open == -10_000


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (FeeDraft(0, ()), "fee"),
        (FeeDraft(36_000, ()), "parts"),
        (FeeDraft(36_000, (PartDraft(36_000), PartDraft(0))), "parts"),
        (FeeDraft(36_000, (PartDraft(37_000), PartDraft(-1_000))), "parts"),
        (FeeDraft(36_000, (PartDraft(36_000, date(2062, 1, 1)),)), "parts"),
        (FeeDraft(36_000, tuple(PartDraft(1_440) for _ in range(25))), "parts"),
    ],
)
def test_fees_that_cannot_be(store: Store, applied: str, draft: FeeDraft, field: str) -> None:
    engagement = made.engagement(store, applied)
    with pytest.raises(FieldErrors) as caught:
        instalments.set_instalments(store, engagement, draft, today=TODAY, reason="anyway")
    assert set(caught.value.fields) == {field}


def test_work_that_ended_has_no_acceptance_to_wait_for(store: Store, applied: str) -> None:
    engagement = made.engagement(store, applied)
    run.start(store, engagement, today=TODAY)
    run.end_early(store, engagement, "Ill", today=TODAY, fee_due=12_000)
    with pytest.raises(FieldErrors, match="not be accepted any more"):
        instalments.set_instalments(store, engagement, FeeDraft(12_000, (PartDraft(12_000),)), today=TODAY)
    nothing = FeeDraft(0, ())
    instalments.set_instalments(store, engagement, nothing, today=TODAY, reason="They waived it")
    assert pay.engagement_balance(store, engagement).due == 0


# --- whatever is done, undo leads back --------------------------------------------------------------------------------

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["pay", "correct", "remove", "split", "fee"]), st.integers(1, 50_000), st.integers(0, 400)
    ),
    max_size=8,
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_the_balance_holds_and_undo_gives_the_same_rows(
    store: Store, done: str, steps: list[tuple[str, int, int]]
) -> None:
    """What is paid is the sum of the payments, the parts make the fee, and each step is taken back whole."""
    start = tables(store)
    for verb, amount, back in steps:
        ids = [row["id"] for row in rows_of(store, Payment)]
        day = TODAY - back * DAY
        try:
            if verb == "pay":
                draft = pay.PaymentDraft(engagement_id=done, amount=amount, paid_on=day)
                pay.record_payment(store, draft, today=TODAY, reason="Said why")
            elif verb == "correct" and ids:
                draft = replace(pay.payment_draft(store, ids[0]), amount=amount, paid_on=day)
                pay.change_payment(store, ids[0], draft, today=TODAY, reason="Said why")
            elif verb == "remove" and ids:
                pay.remove_payment(store, ids[-1], today=TODAY, reason="Recorded twice")
            elif verb in ("split", "fee"):
                fee = amount if verb == "fee" else pay.engagement_balance(store, done).due
                draft_parts = instalments.halves(fee, TODAY - back * DAY)
                instalments.set_instalments(store, done, FeeDraft(fee, draft_parts), today=TODAY, reason="Agreed anew")
            else:
                continue
        except UserError:
            continue
        owed = pay.engagement_balance(store, done)
        assert owed.paid == sum(row["amount"] for row in rows_of(store, Payment))
        assert owed.due == instalments.fee_draft(store, done).fee == sum(amount for amount, _ in parts(store, done))
    while tables(store) != start:
        assert store.undo() is not None
