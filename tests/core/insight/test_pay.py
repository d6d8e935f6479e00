"""What is to pay and what went: chips, lists, payees by calendar year, papers, and the legal minimum."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.insight.money import FeeState, engagement_money, pay_chip
from core.insight.payees import Limit, before_payment, limit_of, limit_words, payee_years, standing, years
from core.insight.payments import (
    PaymentFilter,
    one_to_pay,
    payable,
    payment_ids,
    payment_lines,
    payments_of,
    sums,
    sums_words,
    to_pay,
    to_pay_words,
)
from core.insight.today import today_view
from core.insight.wages import missing_cents, wage_gaps
from core.model import Engagement, HourEntry, Instalment, Payee, Payment, Row
from core.store import Label, Store
from core.work.payees import set_threshold
from tests.core.insight.build import Build
from tests.support.stores import TODAY

DAY = timedelta(days=1)


@pytest.fixture
def work(build: Build) -> str:
    """Accepted three days ago, $250 due since."""
    accepted = TODAY - 3 * DAY
    return build.work(build.project("Labels"), build.person("Ada Lovelace"), status="accepted", accepted_on=accepted)


@pytest.fixture
def three(build: Build) -> list[tuple[str, str]]:
    """Three people, each with an engagement."""
    project = build.project()
    people = [build.person(f"Person {n}") for n in range(3)]
    return [(person, build.work(project, person)) for person in people]


def paid(build: Build, engagement: str, person: str, amount: int, on: date = TODAY, **fields: object) -> str:
    return build.add(Payment(engagement_id=engagement, candidate_id=person, amount=amount, paid_on=on, **fields))


# --- where an engagement's money stands -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "went", "owed", "since", "ahead", "state", "words"),
    [
        (250, 0, 250, TODAY - 3 * DAY, None, "late", "3 days late"),
        (250, 100, 150, TODAY - DAY, None, "late", "1 day late, part-paid"),
        (250, 0, 250, TODAY, None, "due", "due today"),
        (250, 300, 0, None, None, "over", "over-paid by $0.50"),
        (250, 250, 0, None, None, "paid", "paid"),
        (250, 100, 0, None, None, "part", "part-paid"),
        (250, 0, 0, None, TODAY + 3 * DAY, "later", "due 25 Nov"),
        (250, 0, 0, None, None, "later", "due on acceptance"),
    ],
)
def test_the_chip(
    due: int, went: int, owed: int, since: date | None, ahead: date | None, state: str, words: str
) -> None:
    fee = FeeState(due, went, max(0, due - went), "USD", (), owed, since, ahead)
    chip = pay_chip(fee, TODAY)
    assert chip is not None
    assert (chip.state, chip.words) == (state, words)


def test_no_fee_has_no_chip() -> None:
    assert pay_chip(FeeState(0, 0, 0, "USD", (), 0, None), TODAY) is None


def test_what_is_to_pay_in_its_order(store: Store, build: Build, work: str) -> None:
    over = build.work(
        build.project("Menu"), person := build.person("Grace Hopper"), status="accepted", accepted_on=TODAY
    )
    paid(build, over, person, 26_000)
    later = build.work(build.project("Map"), build.person("Alan Turing"))
    settled = build.work(
        build.project("Sign"), other := build.person("Emmy Noether"), status="accepted", accepted_on=TODAY
    )
    paid(build, settled, other, 25_000)
    rows = to_pay(store, today=TODAY)
    assert [(row.engagement_id, row.state) for row in rows] == [(work, "late"), (over, "over"), (later, "later")]
    assert to_pay_words(rows) == "$250 to pay now for 1 engagement, late · $250 still to come"
    assert one_to_pay(store, settled, today=TODAY).state == "paid"
    assert [row_id for row_id, _ in payable(store, today=TODAY)][-1] == settled
    assert payable(store, today=TODAY)[0][1] == "Ada Lovelace · P-001 Labels · $250 since 19 Nov"


def test_a_project_that_was_called_off_asks_for_nothing(store: Store, build: Build) -> None:
    assert to_pay(store, today=TODAY) == []
    assert to_pay_words([]) == ""


LAW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


def replaced(store: Store, rows: list[Row]) -> None:
    """These payments and instalments are all there are."""
    with store.change(Label.SAMPLE_MADE) as session:
        for kind in (Payment, Instalment) if any(isinstance(row, Instalment) for row in rows) else (Payment,):
            for row in session.scalars(select(kind)):
                session.delete(row)
        session.flush()
        session.add_all(rows)


@LAW
@given(
    parts=st.lists(st.tuples(st.integers(1, 50_000), st.none() | st.integers(-40, 40)), min_size=1, max_size=5),
    went=st.lists(st.integers(1, 60_000), max_size=5),
)
def test_balances_add_up(store: Store, work: str, parts: list[tuple[int, int | None]], went: list[int]) -> None:
    """Due is the parts, paid is the payments; open and over never stand together; owed is no more than open."""
    person = one_to_pay(store, work, today=TODAY).candidate_id
    rows: list[Row] = [
        Instalment(engagement_id=work, position=n, amount=amount, due_on=None if due is None else TODAY + due * DAY)
        for n, (amount, due) in enumerate(parts)
    ]
    rows += [Payment(engagement_id=work, candidate_id=person, amount=amount, paid_on=TODAY) for amount in went]
    replaced(store, rows)
    fee = engagement_money(store, work, today=TODAY)
    assert fee.due == sum(amount for amount, _ in parts)
    assert fee.paid == sum(went)
    assert fee.open - fee.over == fee.due - fee.paid
    assert fee.open == sum(part.open for part in fee.parts)
    assert fee.open == 0 or fee.over == 0
    assert 0 <= fee.owed <= fee.open
    assert (fee.owed > 0) == (fee.owed_since is not None)


# --- payments ---------------------------------------------------------------------------------------------------------


def test_payments_are_found_sorted_and_summed(store: Store, build: Build, work: str) -> None:
    ada = one_to_pay(store, work, today=TODAY).candidate_id
    first = paid(build, work, ada, 10_000, date(2025, 12, 31), reference="1041")
    second = paid(build, work, ada, 9_000, date(2026, 1, 1), method="transfer", paid_from="campus_grant")
    jose = build.person("José Núñez")
    other = build.work(build.project("Menu"), jose)
    third = paid(build, other, jose, 20_000, date(2026, 3, 1))
    assert payment_ids(store) == [third, second, first]
    assert payment_ids(store, sort="amount", down=False) == [second, first, third]
    assert payment_ids(store, PaymentFilter(year=2025)) == [first]
    assert payment_ids(store, PaymentFilter(paid_from="campus_grant")) == [second]
    assert payment_ids(store, PaymentFilter(method="transfer")) == [second]
    assert payment_ids(store, PaymentFilter(words="jose nunez")) == [third]
    assert payment_ids(store, PaymentFilter(words="p-001 1041")) == [first]
    assert payment_ids(store, PaymentFilter(words="%")) == []
    assert sums_words(sums(store, PaymentFilter(year=2026))) == "2 payments: $290"
    assert sums_words(sums(store, PaymentFilter(year=2030))) == "No payment"
    assert [line.id for line in payments_of(store, candidate_id=ada)] == [second, first]
    assert payment_lines(store, [second])[second].paid_from_words == "Campus grant"
    assert years(store, today=TODAY) == [2026, 2025]


# --- payees by year ---------------------------------------------------------------------------------------------------


def test_an_unknown_year_takes_the_last_known_and_says_so() -> None:
    known = {2025: (60_000, "USD"), 2026: (200_000, "USD")}
    assert limit_of(known, 2025) == Limit(2025, 60_000, "USD")
    assert limit_of(known, 2024) == Limit(2025, 60_000, "USD")
    found = limit_of(known, 2029)
    assert found == Limit(2026, 200_000, "USD")
    assert limit_words(found, 2029) == "Threshold for 2029: $2,000, as in 2026; its own is not entered yet"
    assert limit_words(limit_of(known, 2026), 2026) == "Threshold for 2026: $2,000"
    assert limit_of({}, 2026) is None


@pytest.mark.parametrize(
    ("counts", "worker", "state"),
    [
        (159_999, "contractor", "under"),
        (160_000, "contractor", "near"),
        (199_999, "", "near"),
        (200_000, "contractor", "over"),
        (900_000, "w2", ""),
    ],
)
def test_near_from_80_percent_over_from_the_threshold(counts: int, worker: str, state: str) -> None:
    assert standing(counts, worker, Limit(2026, 200_000, "USD"), "USD")[0] == state
    assert standing(counts, worker, Limit(2026, 200_000, "USD"), "EUR")[0] == ""


def test_a_changed_threshold_counts_at_once(store: Store, build: Build, work: str) -> None:
    ada = one_to_pay(store, work, today=TODAY).candidate_id
    paid(build, work, ada, 25_000)
    assert payee_years(store, 2026)[0].state == "under"
    set_threshold(store, 2026, 25_000, today=TODAY)
    assert payee_years(store, 2026)[0].state == "over"
    store.undo()
    assert payee_years(store, 2026)[0].state == "under"


@LAW
@given(
    went=st.lists(
        st.tuples(
            st.integers(0, 2),
            st.integers(1, 150_000),
            st.dates(date(2024, 12, 25), date(2027, 1, 8)),
            st.sampled_from(["employer", "campus_grant"]),
        ),
        max_size=14,
    )
)
def test_each_cent_counts_in_the_year_of_its_day(
    store: Store, three: list[tuple[str, str]], went: list[tuple[int, int, date, str]]
) -> None:
    """A project over New Year splits; a grant is in the total, and never held against the threshold."""
    replaced(
        store,
        [
            Payment(
                engagement_id=three[who][1], candidate_id=three[who][0], amount=amount, paid_on=on, paid_from=source
            )
            for who, amount, on, source in went
        ],
    )
    found = {year: {row.candidate_id: row for row in payee_years(store, year)} for year in range(2024, 2028)}
    people = [person for person, _ in three]
    for who, person in enumerate(people):
        for year in range(2024, 2028):
            mine = [one for one in went if one[0] == who and one[2].year == year]
            row = found[year].get(person)
            assert (row is None) == (not mine)
            if row is not None:
                assert row.total == sum(one[1] for one in mine)
                assert row.counts == sum(one[1] for one in mine if one[3] == "employer")
                assert row.over == (row.counts >= (60_000 if year <= 2025 else 200_000))
    assert sum(row.total for rows in found.values() for row in rows.values()) == sum(one[1] for one in went)


def test_what_is_said_before_a_payment(store: Store, build: Build, work: str) -> None:
    ada = one_to_pay(store, work, today=TODAY).candidate_id

    def said(amount: int = 100, on: date = TODAY, source: str = "employer") -> str:
        return "\n".join(before_payment(store, work, amount, on, source, today=TODAY))

    assert said() == "It is not said yet whether this is W-2 pay or a contractor’s fee."
    build.add(Payee(candidate_id=ada, worker_type="contractor", worker_type_why="Own tools"))
    assert said() == "W-9 not received yet."
    assert "a 1099-NEC is due" in said(200_000)
    assert "a 1099-NEC is due" not in said(200_000, source="campus_grant")
    assert "is near" in said(160_000)
    assert "Check the day and its year" in said(on=date(2025, 1, 5))
    assert before_payment(store, "gone", 1, TODAY, "employer", today=TODAY) == []


# --- wages ------------------------------------------------------------------------------------------------------------


@given(st.integers(0, 10**7), st.integers(1, 10**6), st.integers(1, 10**5))
def test_what_is_missing_is_just_enough(fee: int, minutes: int, minimum: int) -> None:
    short = missing_cents(fee, minutes, minimum)
    assert (fee + short) * 60 >= minimum * minutes
    assert short == 0 or (fee + short - 1) * 60 < minimum * minutes


def test_w2_pay_under_the_minimum_is_seen_and_a_contractors_is_not(store: Store, build: Build) -> None:
    wages, contract = build.person("Wa Ges"), build.person("Con Tract")
    build.add(Payee(candidate_id=wages, worker_type="w2", worker_type_why="At our hours"))
    build.add(Payee(candidate_id=contract, worker_type="contractor", worker_type_why="Own tools"))
    rows = [build.work(build.project(), person, fee=25_000) for person in (wages, contract)]
    for row in rows:
        build.add(HourEntry(engagement_id=row, worked_on=TODAY, minutes=36 * 60))
    with store.read() as session:
        gaps = wage_gaps(session)
    assert set(gaps) == {rows[0]}
    assert (
        gaps[rows[0]].words == "36 h logged make it $6.94 an hour, under the legal minimum of $7.25: $11 are missing."
    )
    with store.change(Label.WORK_ENDED) as session:
        session.get_one(Engagement, rows[0]).status = "did_not_show"
    with store.read() as session:
        assert set(wage_gaps(session)) == {rows[0]}, "hours that were worked are owed also to who stayed away later"
    store.undo()
    one = one_to_pay(store, rows[0], today=TODAY)
    assert (one.state, one.chip.words) == ("minimum", "under the minimum")
    waits = [line for line in today_view(store, today=TODAY).waiting if line.action == "minimum"]
    assert [(line.target, line.chip) for line in waits] == [(("engagements", rows[0]), "$11 missing")]
