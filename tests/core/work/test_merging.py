"""Two become one: what each side's choice does, what comes along, what stands in the way, and one undo for it all."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import FieldErrors, UserError
from core.insight.merged import whole_history
from core.store import Store
from core.work import custom_fields, documents, duplicates, merging, pay, payees, run, touches, warm
from core.work import select as choose
from core.work.candidates import SkillDraft, candidate_draft
from core.work.custom_fields import FieldDraft
from core.work.payees import PayeeDraft
from core.work.side_by_side import side_by_side
from tests.support import made
from tests.support.stores import TODAY, new_store
from tests.support.tables import tables


def _two(store: Store) -> tuple[str, str]:
    one = made.candidate(store, phone="1", notes="Met at the fair", skills=[SkillDraft(name="Excel", level=1)])
    two = made.candidate(
        store, "Ada L", emails=["ada@home.example.com"], phone="2", nickname="Addie", notes="Called us",
        skills=[SkillDraft(name="Excel", level=3), SkillDraft(name="Writing")],
    )  # fmt: skip
    return one, two


def _row(store: Store, noun: str, **having: Any) -> list[dict[str, Any]]:
    return [row for row in tables(store)[noun].values() if all(row[key] == value for key, value in having.items())]


def test_what_is_empty_is_filled_and_lists_are_joined(store: Store) -> None:
    one, two = _two(store)
    merging.merge(store, one, two, {"phone": "other"}, today=TODAY)
    (person,) = _row(store, "candidates")
    assert (person["id"], person["last_name"], person["phone"], person["nickname"]) == (one, "Lovelace", "2", "Addie")
    assert person["notes"] == "Met at the fair\n\nCalled us"
    mails = sorted(_row(store, "candidate_emails", candidate_id=one), key=lambda row: row["position"])
    assert [row["address"] for row in mails] == ["ada.lovelace@northfield.example.edu", "ada@home.example.com"]
    assert sorted(str(row["level"]) for row in _row(store, "candidate_skills", candidate_id=one)) == ["3", "None"]
    assert len(_row(store, "enrolments")) == 1


def test_own_fields_tags_and_the_week_are_chosen_where_the_two_differ(store: Store) -> None:
    shirt = custom_fields.save_field(store, FieldDraft(name="Shirt"), today=TODAY)
    bus = custom_fields.save_field(store, FieldDraft(name="Bus"), today=TODAY)
    week = "0010" + "0000" * 6
    one = made.candidate(store, tags=["Fair"], custom={shirt: "M"}, free_grid="1000" + "0000" * 6)
    two = made.candidate(store, "Ada L", emails=["l@x.example.com"], tags=["Evening"], custom={shirt: "L", bus: "9"},
                         free_grid=week)  # fmt: skip
    facts = {fact.words: fact for fact in side_by_side(store, one, two, today=TODAY).facts}
    assert (facts["Shirt"].keep, facts["Shirt"].other, facts["Bus"].other) == ("M", "L", "9")
    assert (facts["Tags"].keep, facts["Tags"].both) == ("Fair", True)
    assert (facts["Free in the week"].keep, facts["Free in the week"].other) == ("Mon morning", "Mon evening")
    before = tables(store)
    choices = {facts["Shirt"].key: "other", "tags": "other", "free_grid": "other"}
    merging.merge(store, one, two, choices, today=TODAY)
    draft = candidate_draft(store, one, today=TODAY)
    assert (dict(draft.custom), draft.tags, draft.free_grid) == ({shirt: "L", bus: "9"}, ["Evening"], week)
    store.undo()
    assert tables(store) == before
    merging.merge(store, one, two, {f"custom.{bus}": "keep"}, today=TODAY)
    draft = candidate_draft(store, one, today=TODAY)
    assert (dict(draft.custom), draft.tags) == ({shirt: "M"}, ["Evening", "Fair"])


def test_the_application_that_came_further_stays_with_the_answers_of_both(store: Store) -> None:
    one, two = _two(store)
    project = made.project(store)
    made.application(store, project, one)
    further = made.application(store, project, two)
    made.drafted_offer(store, further)
    merging.merge(store, one, two, {}, today=TODAY)
    (row,) = _row(store, "applications")
    assert (row["id"], row["candidate_id"]) == (further, one)


def test_running_work_and_its_payments_come_along(store: Store) -> None:
    one, two = _two(store)
    work = made.engagement(store, made.application(store, made.project(store), two))
    run.start(store, work, today=TODAY, on=TODAY)
    run.deliver(store, work, today=TODAY)
    run.accept_work(store, work, "met", today=TODAY)
    pay.record_payment(store, pay.PaymentDraft(engagement_id=work, amount=10_000, paid_on=TODAY), today=TODAY)
    before = tables(store)
    merging.merge(store, one, two, {}, today=TODAY)
    for noun in ("engagements", "payments", "applications"):
        assert [row["candidate_id"] for row in _row(store, noun)] == [one]
    store.undo()
    assert tables(store) == before


def test_two_who_worked_on_one_project_are_not_merged(store: Store) -> None:
    one, two = _two(store)
    project = made.project(store, openings=2)
    for person in (one, two):
        made.engagement(store, made.application(store, project, person))
    before = tables(store)
    with pytest.raises(UserError, match="Both worked on P-001"):
        merging.merge(store, one, two, {}, today=TODAY)
    assert tables(store) == before


def test_a_wish_for_no_contact_is_never_merged_away(store: Store) -> None:
    from core.work.candidates import wish_no_contact

    one, two = _two(store)
    wish_no_contact(store, two, True, today=TODAY)
    merging.merge(store, one, two, {}, today=TODAY)
    assert [row["do_not_contact_on"] for row in _row(store, "candidates")] == [TODAY]


def test_the_one_who_stays_has_the_history_of_both_until_they_are_parted(store: Store) -> None:
    one, two = _two(store)
    touches.add_touch(store, touches.TouchDraft(candidate_id=two, kind="call"), today=TODAY)
    own = [entry.words for entry in whole_history(store, "candidates", one, 60)]
    merging.merge(store, one, two, {}, today=TODAY)
    both = [entry.words for entry in whole_history(store, "candidates", one, 60)]
    assert both[0] == "Merged two candidates"
    assert sorted(both) == sorted([*own, "Merged two candidates", "Logged a contact", "Added a candidate"])
    three = made.candidate(store, "Bao Tran")
    merging.merge(store, three, one, {}, today=TODAY)
    assert "Logged a contact" in [entry.words for entry in whole_history(store, "candidates", three, 60)]


def test_a_choice_that_is_none_is_refused(store: Store) -> None:
    one, two = _two(store)
    with pytest.raises(FieldErrors):
        merging.merge(store, one, two, {"phone": "both"}, today=TODAY)
    with pytest.raises(UserError, match="one and the same"):
        merging.merge(store, one, one, {}, today=TODAY)


_CHOICES = st.fixed_dictionaries(
    {},
    optional={field: st.sampled_from(["keep", "other"]) for field in merging.ONE_OF}
    | {field: st.sampled_from(["keep", "other", "both"]) for field in merging.LISTS},
)


@settings(max_examples=8, deadline=None)
@given(choices=_CHOICES, same_project=st.booleans(), turned=st.booleans(), elsewhere=st.booleans())
def test_undo_restores_every_row(choices: dict[str, str], same_project: bool, turned: bool, elsewhere: bool) -> None:
    with TemporaryDirectory() as folder, new_store(Path(folder)) as store:
        one, two = _two(store)
        if elsewhere:
            three = made.candidate(store, "Bao Tran", school_name="Elsewhere", tags=["fair"])
            duplicates.tell_apart(store, three, two)
            duplicates.tell_apart(store, one, two)
        project = made.project(store)
        made.application(store, project, one)
        made.application(store, project if same_project else made.project(store, title="Another"), two)
        for person in (one, two):
            touches.add_touch(store, touches.TouchDraft(candidate_id=person, kind="call", text="Hello"), today=TODAY)
        before = tables(store)
        keep, other = (two, one) if turned else (one, two)
        merging.merge(store, keep, other, choices, today=TODAY)
        after = tables(store)
        assert other not in str({noun: rows for noun, rows in after.items() if noun != "documents"})
        assert len(after["touches"]) == 2
        store.undo()
        assert tables(store) == before
        store.redo()
        assert tables(store) == after


def test_two_codes_of_a_project_scored_blind_are_not_made_one(store: Store) -> None:
    project = made.project(store)
    made.rubric(store, project)
    one, other = made.candidate(store), made.candidate(store, "Ada King")
    for row_id in (one, other):
        made.application(store, project, row_id)
    before = tables(store)
    with pytest.raises(UserError, match="hidden behind codes"):
        merging.merge(store, one, other, {}, today=TODAY)
    assert tables(store) == before


@pytest.mark.parametrize("turned", [False, True])
def test_all_that_hung_on_the_other_comes_along_and_undo_restores_every_row(store: Store, turned: bool) -> None:
    shirt = custom_fields.save_field(store, FieldDraft(name="Shirt"), today=TODAY)
    one = made.candidate(store, tags=["Fair"], custom={shirt: "M"})
    other = made.candidate(store, "Ada King", tags=["fair", "Evening"], custom={shirt: "L"})
    shared, alone = made.project(store, openings=3), made.project(store, title="Price list")
    further, _lesser = made.application(store, shared, other), made.application(store, shared, one)
    engagement = made.engagement(store, further)
    run.start(store, engagement, today=TODAY, on=TODAY)
    pay.record_payment(store, pay.payment_terms(store, engagement, today=TODAY), today=TODAY, reason="Paid ahead")
    choose.invite(store, alone, one, today=TODAY)
    for row_id in (one, other):
        touches.add_touch(store, touches.TouchDraft(candidate_id=row_id), today=TODAY)
        warm.enter_pool(store, warm.PoolDraft(candidate_id=row_id, year=2026), today=TODAY)
        documents.keep_file(store, "candidates", row_id, "cv.txt", row_id.encode(), today=TODAY)
        payees.set_payee(store, PayeeDraft(candidate_id=row_id, worker_type="w2", worker_type_why="x"), today=TODAY)
    keep, gone = (other, one) if turned else (one, other)
    before = tables(store)
    merging.merge(store, keep, gone, {}, today=TODAY)
    after = tables(store)
    for noun in ("applications", "touches", "pool_entries", "payees", "payments", "engagements", "custom_values"):
        assert {row["candidate_id"] for row in after[noun].values()} == {keep}, noun
    assert {row["owner_id"] for row in after["documents"].values()} == {keep}
    assert {row["id"] for row in after["applications"].values()} >= {further}
    assert store.check() == []
    run.deliver(store, engagement, today=TODAY)
    store.undo()
    store.undo()
    assert tables(store) == before
