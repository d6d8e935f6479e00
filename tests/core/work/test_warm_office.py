"""The pool, contacts, outcomes, consents; the employer and the colleagues; schools."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from core.errors import FieldErrors, UserError
from core.insight.office import country
from core.model import PoolEntry, School, SchoolContact, SchoolPeriod, Touch
from core.store import Store
from core.work import gather, office, warm
from core.work.gather import SchoolContactDraft, SchoolDraft, SchoolPeriodDraft
from core.work.warm import ConsentDraft, OutcomeDraft, PoolDraft, TouchDraft
from tests.support import made
from tests.support.stores import TODAY

DAY = timedelta(days=1)


def test_a_contact_moves_the_next_one_on(store: Store) -> None:
    candidate = made.candidate(store)
    entry = warm.enter_pool(store, PoolDraft(candidate_id=candidate, year=2026, every_days=60), today=TODAY)
    warm.add_touch(store, TouchDraft(candidate_id=candidate, text="Coffee"), today=TODAY + 10 * DAY)
    with store.read() as session:
        assert session.get_one(PoolEntry, entry).next_touch_on == TODAY + 70 * DAY
    with pytest.raises(FieldErrors) as caught:
        warm.enter_pool(store, PoolDraft(candidate_id=candidate, year=2026), today=TODAY)
    assert "already" in caught.value.fields["reason"]
    warm.leave_pool(store, entry, today=TODAY)
    with pytest.raises(UserError):
        warm.leave_pool(store, entry, today=TODAY)
    warm.enter_pool(store, PoolDraft(candidate_id=candidate, year=2026), today=TODAY)


def test_a_planned_contact_is_made_or_dropped(store: Store) -> None:
    draft = TouchDraft(candidate_id=made.candidate(store), kind="call", on=TODAY + DAY)
    planned = warm.plan_touch(store, draft, today=TODAY)
    warm.drop_planned_touch(store, warm.plan_touch(store, draft, today=TODAY), today=TODAY)
    assert warm.add_touch(store, draft, today=TODAY + DAY, planned_id=planned) == planned
    with store.read() as session:
        [touch] = session.scalars(select(Touch))
        assert (touch.made_on, touch.planned_on) == (TODAY + DAY, TODAY + DAY)
    with pytest.raises(UserError, match="was made"):
        warm.drop_planned_touch(store, planned, today=TODAY)


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (TouchDraft(kind="pigeon"), "kind"),
        (TouchDraft(on=TODAY + DAY), "on"),
        (TouchDraft(project_id="gone"), "project_id"),
        (PoolDraft(reason="luck"), "reason"),
        (PoolDraft(rank=3, of_count=2), "rank"),
        (PoolDraft(every_days=731), "every_days"),
        (PoolDraft(began_on=TODAY + DAY), "began_on"),
        (OutcomeDraft(kind="medal"), "kind"),
        (OutcomeDraft(offered_on=TODAY, accepted_on=TODAY - DAY), "accepted_on"),
        (OutcomeDraft(salary=-1), "salary"),
        (OutcomeDraft(engagement_id="gone"), "engagement_id"),
        (ConsentDraft(signed_on=TODAY, records="Grades", purpose="Report"), "school_id"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(store: Store, draft: Any, field: str) -> None:
    verbs = {
        TouchDraft: warm.add_touch,
        PoolDraft: warm.enter_pool,
        OutcomeDraft: warm.add_outcome,
        ConsentDraft: warm.add_consent,
    }
    with pytest.raises(FieldErrors) as caught:
        verbs[type(draft)](store, replace(draft, candidate_id=made.candidate(store)), today=TODAY)
    assert set(caught.value.fields) == {field}


def test_a_consent_has_its_four_elements_and_can_be_withdrawn(store: Store) -> None:
    candidate = made.candidate(store)
    school = gather.find_school(store, "Northfield College")
    draft = ConsentDraft(candidate_id=candidate, school_id=school)
    with pytest.raises(FieldErrors) as caught:
        warm.add_consent(store, draft, today=TODAY)
    assert set(caught.value.fields) == {"signed_on", "records", "purpose"}
    full = replace(draft, signed_on=TODAY, records="Work done", purpose="Campus report", until=TODAY - DAY)
    with pytest.raises(FieldErrors) as caught:
        warm.add_consent(store, full, today=TODAY)
    assert set(caught.value.fields) == {"until"}
    consent = warm.add_consent(store, replace(full, until=None), today=TODAY)
    with pytest.raises(FieldErrors):
        warm.withdraw_consent(store, consent, today=TODAY, on=TODAY - DAY)
    warm.withdraw_consent(store, consent, today=TODAY)
    with pytest.raises(UserError):
        warm.withdraw_consent(store, consent, today=TODAY)


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"email": "none"}, "email"),
        ({"logo": b"GIF89a"}, "logo"),
        ({"logo": PNG + b"\0" * 1_000_000}, "logo"),
        ({"currency": "US$"}, "currency"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"paper_size": "a5"}, "paper_size"),
        ({"head_count": -1}, "head_count"),
        ({"pay_floor": -1}, "pay_floor"),
        ({"retention_months": 0}, "retention_months"),
        ({"country": "XX"}, "country"),
    ],
)
def test_employers_that_cannot_be(store: Store, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(FieldErrors) as caught:
        office.change_employer(store, replace(office.employer_draft(store), **changed), today=TODAY)
    assert set(caught.value.fields) == {field}


def test_the_employer_is_changed_and_undone(store: Store) -> None:
    before = office.employer_draft(store)
    after = replace(before, logo=PNG, pay_floor=2_500, paper_size="a4", address="1 Main St\nLakeside")
    office.change_employer(store, after, today=TODAY)
    assert office.employer_draft(store) == after
    store.undo()
    assert office.employer_draft(store) == before


def test_the_country_of_days_and_money_is_chosen_changed_and_undone(store: Store) -> None:
    for chosen in ("DE", "US", ""):
        office.change_employer(store, replace(office.employer_draft(store), country=chosen), today=TODAY)
        assert office.employer_draft(store).country == country(store) == chosen
    store.undo()
    assert country(store) == "US"
    store.undo()
    store.undo()
    assert country(store) == office.employer_draft(store).country == ""


def test_someone_always_stays(store: Store) -> None:
    assert store.me is not None
    with pytest.raises(UserError, match="only colleague"):
        office.change_colleague(store, store.me, office.ColleagueDraft(name="Maria", left_on=TODAY), today=TODAY)
    with pytest.raises(FieldErrors) as caught:
        office.add_colleague(store, office.ColleagueDraft(name="maria keller", email="x", role="king"), today=TODAY)
    assert set(caught.value.fields) == {"name", "email", "role"}
    jo = office.add_colleague(store, office.ColleagueDraft(name="Jo", hours_a_week=3), today=TODAY)
    assert office.colleague_draft(store, jo).hours_a_week == 3


SCHOOL = SchoolDraft(
    name="Easton University",
    short_name="EU",
    domains=["easton.example.edu"],
    contacts=[SchoolContactDraft(office="Careers", email="careers@easton.example.edu"), SchoolContactDraft()],
    periods=[SchoolPeriodDraft(starts_on=date(2026, 12, 7), ends_on=date(2026, 12, 18))],
)


def test_a_school_keeps_contacts_and_calendar(store: Store) -> None:
    school_id = gather.add_school(store, SCHOOL, today=TODAY)
    draft = gather.school_draft(store, school_id)
    assert [c.office for c in draft.contacts] == ["Careers"]
    gather.change_school(store, school_id, replace(draft, contacts=[], is_focus=True), today=TODAY)
    with store.read() as session:
        assert session.get_one(School, school_id).is_focus
        assert not list(session.scalars(select(SchoolContact)))
        [period] = session.scalars(select(SchoolPeriod))
        assert period.id == draft.periods[0].id


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "eu"}, "name"),
        ({"domains": ["not a domain"]}, "domains"),
        ({"rollover_month": 2, "rollover_day": 30}, "rollover_day"),
        ({"contacts": [SchoolContactDraft(email="x")]}, "contacts"),
        ({"periods": [SchoolPeriodDraft(starts_on=TODAY)]}, "periods"),
        ({"periods": [SchoolPeriodDraft(starts_on=TODAY, ends_on=TODAY - DAY)]}, "periods"),
    ],
)
def test_schools_that_cannot_be(store: Store, changed: dict[str, Any], field: str) -> None:
    gather.add_school(store, SCHOOL, today=TODAY)
    with pytest.raises(FieldErrors) as caught:
        gather.add_school(store, replace(SCHOOL, **({"name": "Other", "short_name": ""} | changed)), today=TODAY)
    assert set(caught.value.fields) == {field}
