"""Languages, tags, fields of one's own, the two questions before an offer, and the wish not to be written to."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import FieldErrors, UserError
from core.model import Candidate
from core.model.words import LANGUAGE_LEVELS
from core.store import Store
from core.work import candidates, gather, select
from core.work.candidates import candidate_draft
from core.work.custom_fields import FieldDraft, save_field
from core.work.gather import CandidateDraft, LanguageDraft
from core.work.overlay import differs, filled
from tests.support import made
from tests.support.stores import TODAY
from tests.support.tables import tables

LATER = TODAY + timedelta(days=30)


def draft(store: Store, candidate_id: str) -> CandidateDraft:
    return candidate_draft(store, candidate_id, today=TODAY)


def test_languages_tags_and_own_fields_are_read_back_as_written_and_undone_in_one_step(store: Store) -> None:
    shirt = save_field(store, FieldDraft(name="Shirt", kind="number"), today=TODAY)
    before = tables(store)
    told = made.candidate(
        store,
        languages=[LanguageDraft(language="Polish", level="native"), LanguageDraft(language="English", level="good")],
        tags=["Athlete’s table", "Evening class"],
        custom={shirt: "1,012.50"},
    )
    read = draft(store, told)
    assert [(one.language, one.level) for one in read.languages] == [("English", "good"), ("Polish", "native")]
    assert read.tags == ["Athlete’s table", "Evening class"]
    assert read.custom == {shirt: "1012.5"}
    store.undo()
    assert tables(store) == before


def test_what_is_taken_out_of_the_lists_is_gone_and_the_rest_keeps_its_rows(store: Store) -> None:
    field = save_field(store, FieldDraft(name="Shirt"), today=TODAY)
    known = made.candidate(
        store,
        languages=[LanguageDraft(language="Polish"), LanguageDraft(language="Thai", level="basic")],
        tags=["A", "B"],
        custom={field: "M"},
    )
    kept = set(tables(store)["candidate_languages"])
    less = replace(draft(store, known), languages=[LanguageDraft(language="polish", level="fluent")], tags=["b"])
    gather.change_candidate(store, known, replace(less, custom={field: ""}), today=TODAY)
    read = draft(store, known)
    assert read.languages == [LanguageDraft(language="polish", level="fluent")]
    assert read.tags == ["B"]
    assert read.custom == {}
    assert set(tables(store)["candidate_languages"]) < kept


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"languages": [LanguageDraft(language="Thai", level="expert")]}, "languages", "basic, good, fluent, native"),
        ({"languages": [LanguageDraft(language="x" * 300)]}, "languages", "too long"),
        ({"may_work": "maybe"}, "may_work", "yes, no"),
        ({"needs_sponsorship": "F-1"}, "needs_sponsorship", "yes, no"),
        ({"tags": ["x" * 61]}, "tags", "60"),
        ({"do_not_contact_on": LATER}, "do_not_contact_on", "still to come"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(store: Store, changed: dict[str, Any], field: str, words: str) -> None:
    before = tables(store)
    with pytest.raises(FieldErrors) as caught:
        made.candidate(store, **changed)
    assert set(caught.value.fields) == {field}
    assert words in caught.value.fields[field]
    assert tables(store) == before


def test_a_value_that_its_field_cannot_read_is_said_at_that_field_and_no_school_is_made(store: Store) -> None:
    field = save_field(store, FieldDraft(name="Shirt", kind="number"), today=TODAY)
    before = tables(store)
    with pytest.raises(FieldErrors) as caught:
        made.candidate(store, custom={field: "large"}, school_name="A New College")
    assert set(caught.value.fields) == {f"custom.{field}"}
    assert tables(store) == before
    drafts = [CandidateDraft(first_name="Bo", school_name="A New College", custom={field: "large"})]
    done = gather.add_candidates(store, drafts, today=TODAY, skip_faulty=True)
    assert set(done.failed) == {0}
    assert tables(store)["schools"] == before["schools"]


def test_the_day_of_the_two_questions_is_when_an_answer_last_changed(store: Store) -> None:
    known = made.candidate(store)

    def asked_on() -> date | None:
        with store.read() as session:
            return session.get_one(Candidate, known).work_asked_on

    assert asked_on() is None
    gather.change_candidate(store, known, replace(draft(store, known), may_work="yes"), today=TODAY)
    assert asked_on() == TODAY
    gather.change_candidate(store, known, replace(draft(store, known), phone="555 0100"), today=LATER)
    assert asked_on() == TODAY
    gather.change_candidate(store, known, replace(draft(store, known), needs_sponsorship="no"), today=LATER)
    assert asked_on() == LATER
    empty = replace(draft(store, known), may_work="", needs_sponsorship="")
    gather.change_candidate(store, known, empty, today=LATER)
    assert asked_on() is None


def test_who_wishes_no_contact_is_not_invited_but_may_apply(store: Store) -> None:
    project, known = made.project(store), made.candidate(store)
    candidates.wish_no_contact(store, known, True, today=TODAY)
    before = tables(store)
    with pytest.raises(UserError, match="asked on 22 Nov 2026 not to be contacted"):
        select.invite(store, project, known, today=TODAY)
    assert tables(store) == before
    candidates.wish_no_contact(store, known, False, today=TODAY)
    select.invite(store, project, known, today=TODAY)
    candidates.wish_no_contact(store, known, True, today=TODAY)
    made.application(store, project, known)


def test_a_file_adds_to_what_is_known_and_takes_nothing_away(store: Store) -> None:
    field = save_field(store, FieldDraft(name="Shirt", kind="number"), today=TODAY)
    known = made.candidate(
        store, languages=[LanguageDraft(language="Polish")], tags=["A"], custom={field: "12"}, do_not_contact_on=TODAY
    )
    address = draft(store, known).emails
    same = CandidateDraft(emails=address, first_name="Ada", custom={field: "12.0"}, tags=["a"])
    assert gather.add_candidates(store, [same], today=TODAY).same == 1
    more = replace(same, languages=[LanguageDraft(language="POLISH", level="native")], tags=["B"], may_work="yes")
    assert gather.add_candidates(store, [more], today=TODAY).changed == 1
    read = draft(store, known)
    assert read.languages == [LanguageDraft(language="Polish", level="native")]
    assert (read.tags, read.custom, read.may_work) == (["A", "B"], {field: "12"}, "yes")
    assert read.do_not_contact_on == TODAY


LANGUAGES = st.builds(
    LanguageDraft,
    language=st.sampled_from(["Polish", "Thai", "Español"]),
    level=st.sampled_from(["", *LANGUAGE_LEVELS]),
)
DRAFTS = st.builds(
    CandidateDraft,
    first_name=st.sampled_from(["", "Ada"]),
    languages=st.lists(LANGUAGES, max_size=3, unique_by=lambda one: one.language),
    tags=st.lists(st.sampled_from(["A", "B", "C"]), max_size=3, unique=True),
    custom=st.dictionaries(st.sampled_from(["x", "y"]), st.sampled_from(["", "1", "2"]), max_size=2),
    may_work=st.sampled_from(["", "yes", "no"]),
    do_not_contact_on=st.sampled_from([None, TODAY, LATER]),
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(DRAFTS, DRAFTS)
def test_laying_a_row_over_a_person_twice_is_laying_it_over_once(before: CandidateDraft, row: CandidateDraft) -> None:
    once = filled(before, row)
    assert not differs(once, filled(once, row))


def test_thousands_of_rows_come_in_within_seconds(store: Store) -> None:
    field = save_field(store, FieldDraft(name="Shirt"), today=TODAY)
    drafts = [
        CandidateDraft(
            first_name="Bo",
            last_name=f"Number {n}",
            emails=[f"bo{n}@northfield.example.edu"],
            languages=[LanguageDraft(language="Polish", level="good")],
            tags=["Fair"],
            custom={field: "M"},
        )
        for n in range(2_000)
    ]
    began = time.perf_counter()
    gather.add_candidates(store, drafts, today=TODAY)

    assert time.perf_counter() - began < 6
