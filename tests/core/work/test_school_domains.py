"""A school is found by the e-mail's domain: the store's own first, then those that the program knows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.insight import person
from core.model import School
from core.store import Store
from core.work import gather
from core.work.school_domains import academic_domain, proposal
from core.work.schools import SchoolDraft, proposed_school, school_draft
from tests.support import made
from tests.support.stores import TODAY
from tests.support.tables import tables


@pytest.mark.parametrize(
    ("address", "name", "domain"),
    [
        ("ada@harvard.edu", "Harvard University", "harvard.edu"),
        ("ADA@CS.Stanford.EDU ", "Stanford University", "stanford.edu"),
        ("ada@student.ccc.edu", "City Colleges of Chicago", "ccc.edu"),
        ("ada@balliol.ox.ac.uk", "University of Oxford", "ox.ac.uk"),
        ("ada@alamo.edu", "Alamo Colleges District", "alamo.edu"),
    ],
)
def test_a_domain_says_the_school(address: str, name: str, domain: str) -> None:
    found = proposal(address)
    assert found is not None
    assert (found.name, found.domain) == (name, domain)


@pytest.mark.parametrize("address", ["ada@gmail.com", "ada@alumni.harvard.edu", "ada@post.example", "", "@", "edu"])
def test_mail_providers_and_alumni_domains_say_none(address: str) -> None:
    assert proposal(address) is None
    assert academic_domain(address) is None


def test_where_two_schools_share_a_domain_the_others_are_told_of() -> None:
    found = proposal("ada@stud.uni-heidelberg.de")
    assert found is not None
    assert "Ruprecht-Karls-Universität Heidelberg" in found.others


def test_the_school_is_made_with_its_domain_when_the_candidate_is_saved_and_not_before(store: Store) -> None:
    before = tables(store)
    found = proposed_school(store, ["ada@post.example", "ada@cs.stanford.edu"])
    assert found is not None
    assert found.name == "Stanford University"
    assert tables(store) == before
    one = made.candidate(store, school_name=found.name, emails=["ada@cs.stanford.edu"])
    two = made.candidate(store, "Bo Chen", school_name="", emails=["bo@law.stanford.edu"])
    with store.read() as session:
        (school,) = session.query(School).all()
        assert (school.name, list(school.domains)) == ("Stanford University", ["stanford.edu"])
    schools = {person.candidate(store, one, today=TODAY).study.school_id for one in (one, two)}
    assert len(schools) == 1
    store.undo()
    store.undo()
    assert tables(store) == before


def test_a_school_of_the_store_comes_before_one_that_the_program_knows(store: Store) -> None:
    own = gather.add_school(store, SchoolDraft(name="Stanford, Law School", domains=["stanford.edu"]), today=TODAY)
    found = proposed_school(store, ["ada@law.stanford.edu"])
    assert found is not None
    assert found.name == "Stanford, Law School"
    known = made.candidate(store, school_name="", emails=["ada@law.stanford.edu"])
    assert person.candidate(store, known, today=TODAY).study.school_id == own


def test_another_name_for_the_school_is_not_given_its_domain(store: Store) -> None:
    made.candidate(store, school_name="Evening School of Music", emails=["ada@stanford.edu"])
    school_id = gather.find_school(store, "Evening School of Music")
    assert school_id is not None
    assert school_draft(store, school_id).domains == []


def test_the_year_rolls_over_on_the_day_that_the_school_says(store: Store) -> None:
    from datetime import date

    school_id = gather.add_school(
        store, SchoolDraft(name="Northfield College", rollover_month=1, rollover_day=10), today=TODAY
    )
    by_hand = made.candidate(store, class_year=2, graduates_on=None, today=date(2026, 12, 1))
    derived = made.candidate(store, "Bo Chen", graduates_on=date(2028, 12, 31), today=date(2026, 12, 1))

    def years(on: date) -> list[int | None]:
        return [person.candidate(store, one, today=on).study.class_year for one in (by_hand, derived)]

    assert years(date(2027, 1, 9)) == [2, 2]
    assert years(date(2027, 1, 10)) == [3, 3]
    changed = replace(school_draft(store, school_id), rollover_month=9, rollover_day=1)
    gather.change_school(store, school_id, changed, today=TODAY)
    assert years(date(2027, 1, 10))[0] == 2
    assert years(date(2027, 8, 31))[0] == 2
    assert years(date(2027, 9, 1))[0] == 3
