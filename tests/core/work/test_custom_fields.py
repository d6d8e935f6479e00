"""Fields of one's own: each kind reads what people write, and keeps it in one plain way."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from core.errors import FieldErrors
from core.store import Label, Store
from core.work import custom_fields
from core.work.custom_fields import Field, FieldDraft
from tests.support import made
from tests.support.stores import TODAY
from tests.support.tables import tables


def field(kind: str, *choices: str) -> Field:
    return Field("f", "candidates", "Shirt", kind, choices, False)


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        ("text", " a\r\nb\u200b ", "a\nb"),
        ("number", "1,234.50", "1234.5"),
        ("number", "−7", "-7"),
        ("number", "-0.0", "0"),
        ("number", "1 234", "1234"),
        ("day", "2027-05-31", "2027-05-31"),
        ("yes_no", "Ja", "yes"),
        ("yes_no", "0", "no"),
        ("choice", "médium", "Medium"),
    ],
)
def test_a_value_is_kept_plain(kind: str, written: str, kept: str) -> None:
    found = custom_fields.value(field(kind, "Small", "Medium"), written)
    assert found is not None
    assert found[0] == kept


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("number", "twelve"), ("number", "1,23"), ("number", "1e9"), ("number", "٣"), ("number", "nan"),
        ("day", "31.5.2027"), ("day", "2027-02-30"), ("day", "1027-01-01"), ("yes_no", "maybe"), ("choice", "Large"),
        ("text", "x" * 20_001),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(kind: str, written: str) -> None:
    with pytest.raises(ValueError, match="Shirt"):
        custom_fields.value(field(kind, "Small", "Medium"), written)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4))
def test_a_number_written_again_is_the_same(number: Decimal) -> None:
    first = custom_fields.value(field("number"), format(number, "f"))
    assert first is not None
    assert Decimal(first[0]) == number
    assert custom_fields.value(field("number"), first[0]) == first
    assert first[1] == pytest.approx(float(number))


@given(st.text(max_size=60), st.sampled_from(["text", "number", "day", "yes_no", "choice"]))
def test_reading_what_was_kept_changes_nothing(written: str, kind: str) -> None:
    one = field(kind, "Small", "Medium")
    try:
        first = custom_fields.value(one, written)
    except ValueError:
        return
    assert custom_fields.value(one, first[0] if first else "") == first


def shirts(store: Store) -> str:
    draft = FieldDraft(name="Shirt", kind="choice", choices=["Small", "Medium", "small"])
    return custom_fields.save_field(store, draft, today=TODAY)


def put(store: Store, field_id: str, candidate_id: str, written: str) -> None:
    with store.change(Label.CANDIDATE_CHANGED) as session:
        custom_fields.set_values(session, "candidates", candidate_id, {field_id: written})


def values(store: Store, candidate_id: str) -> dict[str, str]:
    with store.read() as session:
        return {row.field_id: row.text for row in custom_fields.values_of(session, "candidates", candidate_id)}


def test_a_field_is_made_filled_and_removed_and_undo_brings_all_back(store: Store) -> None:
    ada, shirt = made.candidate(store), shirts(store)
    assert custom_fields.fields(store, "candidates")[0].choices == ("Small", "Medium")
    put(store, shirt, ada, "medium")
    assert values(store, ada) == {shirt: "Medium"}
    before = tables(store)
    assert custom_fields.remove_field(store, shirt, today=TODAY) == 1
    assert custom_fields.fields(store, "candidates") == []
    store.undo()
    assert tables(store) == before
    put(store, shirt, ada, "")
    assert values(store, ada) == {}


def test_a_wrong_value_is_said_at_its_field(store: Store) -> None:
    ada, shirt = made.candidate(store), shirts(store)
    before = tables(store)
    with pytest.raises(FieldErrors) as caught:
        put(store, shirt, ada, "Large")
    assert set(caught.value.fields) == {custom_fields.problem_field(shirt)}
    assert tables(store) == before


def test_another_kind_is_refused_while_a_value_would_not_fit(store: Store) -> None:
    ada = made.candidate(store)
    size = custom_fields.save_field(store, FieldDraft(name="Size"), today=TODAY)
    put(store, size, ada, "12 ")
    custom_fields.save_field(store, FieldDraft(name="Size", kind="number"), size, today=TODAY)
    assert values(store, ada) == {size: "12"}
    with pytest.raises(FieldErrors, match="1 value does not fit"):
        custom_fields.save_field(store, FieldDraft(name="Size", kind="yes_no"), size, today=TODAY)


@pytest.mark.parametrize(
    ("draft", "at"),
    [
        (FieldDraft(name=" "), "name"),
        (FieldDraft(name="x" * 61), "name"),
        (FieldDraft(name="SHIRT"), "name"),
        (FieldDraft(name="New", kind="choice", choices=["One", "one"]), "choices"),
        (FieldDraft(name="New", kind="money"), "kind"),
        (FieldDraft(name="New", noun="offers"), "noun"),
    ],
)
def test_what_is_no_field_is_said(store: Store, draft: FieldDraft, at: str) -> None:
    shirts(store)
    with pytest.raises(FieldErrors) as caught:
        custom_fields.save_field(store, draft, today=TODAY)
    assert at in caught.value.fields


def test_the_order_is_ones_own_and_who_is_removed_takes_the_values_along(store: Store) -> None:
    ada, shirt = made.candidate(store), shirts(store)
    since = custom_fields.save_field(store, FieldDraft(name="Since", kind="day"), today=TODAY)
    custom_fields.order_fields(store, [since, shirt], today=TODAY)
    assert [one.name for one in custom_fields.fields(store, "candidates")] == ["Since", "Shirt"]
    put(store, since, ada, date(2026, 1, 2).isoformat())
    before = tables(store)
    from core.work import gather

    gather.remove_candidate(store, ada, today=TODAY)
    assert values(store, ada) == {}
    store.undo()
    assert tables(store) == before


def test_a_project_keeps_its_own_fields_and_its_copy_takes_them_along(store: Store) -> None:
    from dataclasses import replace

    from core.work import plan, templates

    campus = custom_fields.save_field(
        store, FieldDraft(noun="projects", name="Campus code", on_paper=True), today=TODAY
    )
    project_id = made.project(store, custom={campus: "MI-7 <b>"})
    draft = plan.project_draft(store, project_id)
    assert draft.custom == {campus: "MI-7 <b>"}
    assert templates.copy_of_project(store, project_id, today=TODAY).custom == draft.custom
    before = tables(store)
    plan.change_project(store, project_id, replace(draft, custom={campus: ""}), today=TODAY)
    assert plan.project_draft(store, project_id).custom == {}
    store.undo()
    assert tables(store) == before


def test_what_is_meant_for_paper_stands_on_the_posting_and_the_report(store: Store) -> None:
    from core.jobs import papers, postings

    shown = custom_fields.save_field(store, FieldDraft(noun="projects", name="Campus", on_paper=True), today=TODAY)
    hidden = custom_fields.save_field(store, FieldDraft(noun="projects", name="Budget line"), today=TODAY)
    project_id = made.project(store, custom={shown: "Loop", hidden: "4711"})
    text = postings.posting_text(store, project_id, today=TODAY)
    assert "Campus: Loop" in text
    assert "4711" not in text
    ada = made.candidate(store)
    size = custom_fields.save_field(store, FieldDraft(name="Shirt", kind="yes_no", on_paper=True), today=TODAY)
    put(store, size, ada, "yes")
    words = PdfReader(io.BytesIO(papers.draw_report(store, ada, today=TODAY))).pages[0].extract_text()
    assert "Shirt" in words
    assert "Yes" in words
