"""Columns, order, groups and saved lists of candidates; and that many of them stay quick."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from time import perf_counter
from typing import Any

import pytest

from core.errors import FieldErrors, UserError
from core.insight import people
from core.insight.list_columns import USUAL, cells, columns, ordered_ids
from core.insight.list_groups import group_fields, groups
from core.insight.lists import find_list, listed, named_list, saved_lists
from core.jobs.crowd_people import people_crowd
from core.model import (
    CandidateEmail,
    CandidateLanguage,
    CandidateTag,
    CustomField,
    CustomValue,
    Tag,
    Touch,
)
from core.store import Store
from core.work import custom_fields
from core.work.lists import LONGEST, ListDraft, move_list, remove_list, rename_list, save_list
from tests.core.insight.build import Build, day
from tests.support.stores import TODAY, new_store
from tests.support.tables import tables

EVERYONE: dict[str, Any] = {"all": []}


@pytest.fixture
def crowd(store: Store, build: Build) -> dict[str, str]:
    """Ann has everything, Bo a little, Cy nothing."""
    school = build.school()
    ann = build.person("Ann A", school, day("2028-05-31"), source="Fair", hours_a_week=10, free_grid="0" * 24 + "1111")
    bo = build.person("Bo B", school, day("2027-05-31"), hours_a_week=4, phone="555")
    build.add(CandidateEmail(candidate_id=ann, position=1, address="other@example.edu"))
    build.add(CandidateEmail(candidate_id=ann, position=0, address="ann@example.edu"))
    build.add(CandidateLanguage(candidate_id=ann, language="Polish", level="good"))
    build.skill("Excel", of=ann)
    build.skill("Art", of=ann)
    fair, evening = build.add(Tag(name="fair")), build.add(Tag(name="Evening"))
    for person, tag in ((ann, fair), (ann, evening), (bo, fair)):
        build.add(CandidateTag(candidate_id=person, tag_id=tag))
    build.pooled(ann, next_touch_on=TODAY + timedelta(days=9))
    build.add(Touch(candidate_id=ann, kind="call", planned_on=TODAY + timedelta(days=3)))
    size = build.add(CustomField(noun="candidates", name="Shirt", kind="choice", choices=["Small", "Large"]))
    count = build.add(CustomField(noun="candidates", name="Fairs", kind="number"))
    build.add(CustomValue(field_id=size, candidate_id=bo, text="Large"))
    build.add(CustomValue(field_id=count, candidate_id=ann, text="9", amount=9.0))
    build.add(CustomValue(field_id=count, candidate_id=bo, text="10", amount=10.0))
    return {"ann": ann, "bo": bo, "cy": build.person("Cy C"), "size": size, "count": count}


def test_any_column_can_stand_in_the_list(store: Store, crowd: dict[str, str]) -> None:
    keys = list(columns(store))
    assert keys[:5] == list(USUAL)
    found = cells(store, keys, [crowd["ann"], crowd["cy"], "gone"], today=TODAY)
    ann = dict(zip(keys, found[crowd["ann"]], strict=True))
    assert ann["email"] == "ann@example.edu"
    assert ann["skills"] == "Art 3, Excel 3"
    assert ann["tags"] == "Evening, fair"
    assert (ann["graduates"], ann["next_touch"]) == ("May 2028", "25 Nov 2026")
    assert ann["week"] == "Sun mornings, Sun afternoons, Sun evenings and Sun nights"
    assert (ann["languages"], ann["hours_a_week"], ann["source"]) == ("Polish", "10", "Fair")
    assert ann["pool"] == "Just missed the internship"
    assert ann[f"custom:{crowd['count']}"] == "9"
    cy = dict(zip(keys, found[crowd["cy"]], strict=True))
    assert {key for key, cell in cy.items() if cell not in ("", ("", False))} == {"name", "number", "stage"}
    assert "gone" not in found
    assert cells(store, ["name", "custom:gone"], [crowd["bo"]], today=TODAY)[crowd["bo"]] == ("Bo B", "")


def test_every_column_gives_an_order_with_the_unknown_last(store: Store, crowd: dict[str, str]) -> None:
    for key in columns(store):
        up = ordered_ids(store, EVERYONE, key, today=TODAY)
        down = ordered_ids(store, EVERYONE, key, True, today=TODAY)
        assert sorted(up) == sorted(down) == sorted(crowd[one] for one in ("ann", "bo", "cy"))
        if key not in ("name", "number", "stage"):
            assert up[-1] == down[-1] == crowd["cy"], key
    by_number = f"custom:{crowd['count']}"
    assert ordered_ids(store, EVERYONE, by_number, today=TODAY)[0] == crowd["ann"]
    assert ordered_ids(store, EVERYONE, by_number, True, today=TODAY)[0] == crowd["bo"]
    assert ordered_ids(store, EVERYONE, "hours_a_week", today=TODAY)[:2] == [crowd["bo"], crowd["ann"]]
    by_name = ordered_ids(store, EVERYONE, today=TODAY)
    assert ordered_ids(store, EVERYONE, "custom:gone", True, today=TODAY) == by_name


def test_groups_hold_everyone_in_the_lists_order(store: Store, crowd: dict[str, str]) -> None:
    ids = ordered_ids(store, EVERYONE, today=TODAY)
    for by in group_fields(store):
        found = groups(store, ids, by, today=TODAY)
        assert {one for group in found for one in group.ids} == set(ids), by
        for group in found:
            assert list(group.ids) == [one for one in ids if one in group.ids]
    assert [(one.words, len(one.ids)) for one in groups(store, ids, "tag", today=TODAY)] == [
        ("Evening", 1), ("fair", 2), ("No tag", 1),
    ]  # fmt: skip
    assert [one.words for one in groups(store, ids, "class_year", today=TODAY)] == [
        "3rd year", "4th year", "Class year not known",
    ]  # fmt: skip
    size = f"custom:{crowd['size']}"
    assert [one.words for one in groups(store, ids, size, today=TODAY)] == ["Large", "Not said"]
    custom_fields.remove_field(store, crowd["size"], today=TODAY)
    assert groups(store, ids, size, today=TODAY) == []


# --- saved lists -----------------------------------------------------------------------------------------------------

THIRD = {"all": [{"field": "class_year", "is": "any", "value": ["3"]}]}


def names(store: Store) -> list[str]:
    return [one.words for one in saved_lists(store, today=TODAY) if one.own]


def test_a_list_is_kept_with_all_that_was_set_and_counted(store: Store, crowd: dict[str, str]) -> None:
    draft = ListDraft(
        name=" Third  years ", filter=THIRD, columns=["name", "tags"], sort="tags", descending=True, group_by="school"
    )
    key = save_list(store, draft, today=TODAY)
    one = next(one for one in saved_lists(store, today=TODAY) if one.key == key)
    assert (one.words, one.count, one.columns, one.sort, one.descending, one.group_by, one.own) == (
        "Third years", 1, ("name", "tags"), "tags", True, "school", True,
    )  # fmt: skip
    assert one.filter == THIRD
    assert [each.words for each in saved_lists(store, today=TODAY)][4:] == ["Third years"]
    assert named_list(store, "THIRD years") == find_list(store, key)


def test_lists_are_renamed_moved_changed_and_removed_and_each_is_undone(store: Store) -> None:
    first, second, third = (save_list(store, ListDraft(name=one), today=TODAY) for one in ("One", "Two", "Three"))
    assert names(store) == ["One", "Two", "Three"]
    for work in (
        lambda: rename_list(store, second, "Zwei", today=TODAY),
        lambda: move_list(store, third, -1, today=TODAY),
        lambda: save_list(store, ListDraft(name="One", filter=THIRD), first, today=TODAY),
        lambda: remove_list(store, first, today=TODAY),
    ):
        before = tables(store)["saved_lists"]
        work()
        after = tables(store)["saved_lists"]
        assert before != after
        store.undo()
        assert _plain(tables(store)["saved_lists"]) == _plain(before)
        store.redo()
    assert names(store) == ["Three", "Zwei"]
    assert not move_list(store, third, -1, today=TODAY)


def _plain(rows: dict[str, Any]) -> dict[str, Any]:
    return {key: {column: value for column, value in row.items() if column not in ("row_version", "changed_at")}
            for key, row in rows.items()}  # fmt: skip


def test_a_name_is_needed_short_and_ones_own(store: Store) -> None:
    key = save_list(store, ListDraft(name="Café"), today=TODAY)
    for name, words in (("", "Give"), ("x" * (LONGEST + 1), "at most"), ("CAFE", "already")):
        with pytest.raises(FieldErrors, match=words):
            save_list(store, ListDraft(name=name), today=TODAY)
    rename_list(store, key, "CAFE", today=TODAY)
    with pytest.raises(UserError):
        remove_list(store, "gone", today=TODAY)


def test_a_list_whose_field_is_gone_has_no_count_and_no_one_falls_over(store: Store, crowd: dict[str, str]) -> None:
    tree = {"all": [{"field": f"custom:{crowd['size']}", "is": "filled"}]}
    key = save_list(store, ListDraft(name="Shirts", filter=tree), today=TODAY)
    custom_fields.remove_field(store, crowd["size"], today=TODAY)
    assert next(one for one in saved_lists(store, today=TODAY) if one.key == key).count is None
    with pytest.raises(UserError, match="no longer there"):
        listed(store, "candidates", "shirts", today=TODAY)
    store.undo()
    assert next(one for one in saved_lists(store, today=TODAY) if one.key == key).count == 1


def test_the_command_line_knows_lists_by_name(store: Store, crowd: dict[str, str]) -> None:
    save_list(store, ListDraft(name="Everyone back", sort="name", descending=True), today=TODAY)
    found = listed(store, "candidates", "everyone BACK", today=TODAY)
    assert [row["first_name"] for _, row in found.rows] == ["Cy", "Bo", "Ann"]
    assert [row["first_name"] for _, row in listed(store, "candidates", "near-miss interns", today=TODAY).rows] == [
        "Ann"
    ]
    assert [row["first_name"] for _, row in listed(store, "candidates", "bo", today=TODAY).rows] == ["Bo"]
    assert len(listed(store, "schools", "Northfield", today=TODAY).rows) == 1


# --- many ------------------------------------------------------------------------------------------------------------

MANY = 15_000
"""Enough for what grows with the crowd to show; all 100,000 are laid for the windows that are looked at."""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with new_store(tmp_path_factory.mktemp("many")) as made:
        people_crowd(made, MANY, TODAY)
        yield made


def timed(work: Any) -> tuple[float, Any]:
    began = perf_counter()
    found = work()
    return perf_counter() - began, found


def least(ask: Any) -> float:
    """Seconds, of three goes, as another program may take the processor from any one."""
    return min(timed(ask)[0] for _ in range(3))


def test_a_crowd_stays_quick(many: Store) -> None:
    """Against the plainest question there is to all of them: everyone by name."""
    plain = min(timed(lambda: people.candidate_ids(many, EVERYONE, today=TODAY))[0] for _ in range(3))
    ids = people.candidate_ids(many, EVERYONE, today=TODAY)
    assert len(ids) == MANY
    for tree in (
        {"not": {"field": "tag", "is": "empty"}},
        {"field": "last_contact", "is": "ago", "value": {"n": 60, "unit": "days"}},
        {"any": [{"field": "name", "is": "has", "value": "łęc"}, {"field": "cold", "is": "yes"}]},
        {"all": [{"field": "class_year", "is": "between", "value": [1, 3]}, {"field": "stage", "is": "none",
                                                                             "value": ["hired"]}]},
    ):  # fmt: skip
        counted = [timed(lambda tree=tree: people.count(many, tree, today=TODAY)) for _ in range(3)]
        assert 0 < counted[0][1] < MANY
        assert min(took for took, _ in counted) < 8 * plain, tree
    for sort in ("tags", "email", "next_touch"):
        assert least(lambda sort=sort: ordered_ids(many, EVERYONE, sort, today=TODAY)) < 8 * plain, sort
    assert least(lambda: groups(many, ids, "tag", today=TODAY)) < 8 * plain
    keys = list(columns(many))
    page = cells(many, keys, ids[9_000:9_200], today=TODAY)
    took = least(lambda: cells(many, keys, ids[9_000:9_200], today=TODAY))
    assert len(page) == 200
    assert took < 8 * plain
