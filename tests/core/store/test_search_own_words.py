"""What people and projects have in one's own words is found, and found no more once it is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.insight.own_words import tag_rows
from core.store import Store
from core.work import custom_fields, gather, plan, tags
from core.work.candidates import LanguageDraft, candidate_draft
from core.work.custom_fields import FieldDraft
from tests.support import made
from tests.support.stores import TODAY, new_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        yield opened


def found(store: Store, words: str) -> list[str]:
    return [hit.row_id for hit in store.search(words)]


def test_tags_languages_and_own_fields_of_a_person(store: Store) -> None:
    shirt = custom_fields.save_field(store, FieldDraft(name="Shirt"), today=TODAY)
    spoken = [LanguageDraft(language="Occitan")]
    ada = made.candidate(store, tags=["Kayaking"], languages=spoken, custom={shirt: "Ultramarine"})
    for words in ("kayak", "occitan", "ultramarine"):
        assert found(store, words) == [ada]
    draft = candidate_draft(store, ada, today=TODAY)
    gather.change_candidate(store, ada, replace(draft, tags=[], languages=[], custom={shirt: "Vermilion"}), today=TODAY)
    for words in ("kayak", "occitan", "ultramarine"):
        assert found(store, words) == []
    assert found(store, "vermilion") == [ada]
    store.undo()
    assert found(store, "kayak occitan ultramarine") == [ada]
    custom_fields.remove_field(store, shirt, today=TODAY)
    assert found(store, "ultramarine") == []
    assert store.check() == []


def test_a_tag_of_another_name_and_own_fields_of_a_project(store: Store) -> None:
    ada = made.candidate(store, tags=["Kayaking"])
    (row,) = [one.id for one in tag_rows(store)]
    tags.rename_tag(store, row, "Fencing", today=TODAY)
    assert (found(store, "kayaking"), found(store, "fencing")) == ([], [ada])
    line = custom_fields.save_field(store, FieldDraft(noun="projects", name="Budget line"), today=TODAY)
    project = made.project(store, custom={line: "Zephyr 12"})
    assert found(store, "zephyr") == [project]
    plan.change_project(
        store, project, replace(plan.project_draft(store, project), custom={line: "Sirocco"}), today=TODAY
    )
    assert (found(store, "zephyr"), found(store, "sirocco")) == ([], [project])
