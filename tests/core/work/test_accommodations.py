"""The private log: kept apart, and its words are nowhere but there."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.errors import FieldErrors, UserError
from core.insight import records
from core.insight.told import told
from core.jobs import papers
from core.jobs.export import export
from core.store import Store
from core.work import accommodations as log
from core.work import gather
from core.work.accommodations import AccommodationDraft
from tests.core.paper import readback
from tests.support import made
from tests.support.stores import TODAY
from tests.support.tables import tables

SECRET = "zwieback"
DRAFT = AccommodationDraft(
    asked_on=TODAY, request=f"More time, {SECRET}", agreed=f"A day more, {SECRET}", agreed_on=TODAY
)


def noted(store: Store, candidate_id: str, **changed: Any) -> str:
    return log.add_accommodation(store, replace(DRAFT, candidate_id=candidate_id, **changed), today=TODAY)


def test_a_note_is_read_changed_removed_and_each_can_be_undone(store: Store) -> None:
    person = made.candidate(store)
    before = tables(store)
    first = noted(store, person, asked_on=TODAY - timedelta(days=9))
    latest = noted(store, person)
    assert [one.id for one in log.accommodations(store, person)] == [latest, first]
    draft = log.accommodation_draft(store, first)
    log.change_accommodation(store, first, replace(draft, ended_on=TODAY), today=TODAY)
    assert log.accommodations(store, person)[1].ended_on == TODAY
    log.remove_accommodation(store, first, today=TODAY)
    assert [one.id for one in log.accommodations(store, person)] == [latest]
    for _ in range(4):
        store.undo()
    assert tables(store) == before


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"request": "  "}, "request"),
        ({"request": "x" * 20_001}, "request"),
        ({"asked_on": TODAY + timedelta(days=1), "agreed_on": None}, "asked_on"),
        ({"agreed_on": TODAY - timedelta(days=1)}, "agreed_on"),
        ({"ended_on": date(2020, 1, 1)}, "ended_on"),
        ({"agreed": ""}, "agreed"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(store: Store, changed: dict[str, Any], field: str) -> None:
    person = made.candidate(store)
    before = tables(store)
    with pytest.raises(FieldErrors) as caught:
        noted(store, person, **changed)
    assert set(caught.value.fields) == {field}
    assert tables(store) == before


def test_its_words_stand_nowhere_else(store: Store, tmp_path: Path) -> None:
    person = made.candidate(store)
    row = noted(store, person)
    assert store.search(SECRET) == []
    assert "accommodations" not in records.noun_words()
    for refused in (records.listing, lambda s, n: records.record(s, n, row), lambda s, n: records.find(s, n, row)):
        with pytest.raises(UserError, match="private"):
            refused(store, "accommodations")
    said = [repr(records.listing(store, noun, all_columns=True)) for noun in records.noun_words()]
    said.append(repr(records.record(store, "candidates", person)))
    said.append(json.dumps(records.everything(store), default=str))
    for noun, row_id in ((None, None), ("candidates", person), ("accommodations", row), ("accommodations", None)):
        said.append(repr(told(store, store.history(noun, row_id), noun, row_id)))
    out = tmp_path / "out"
    out.mkdir()
    export(store, out / "all.json", "all", today=TODAY)
    export(store, out / "people.json", "candidates", today=TODAY)
    export(store, out / "people.csv", "candidates", today=TODAY)
    with pytest.raises(UserError, match="private"):
        export(store, out / "private.csv", "accommodations", today=TODAY)
    said += [file.read_text("utf-8-sig") for file in out.iterdir()]
    papers.report(store, person, out / "report.pdf", today=TODAY)
    said.append(readback.text(out / "report.pdf"))
    assert not [words for words in said if SECRET in words]


def test_the_persons_own_history_says_that_a_note_changed_and_no_more(store: Store) -> None:
    person = made.candidate(store)
    noted(store, person)
    latest = told(store, store.history("candidates", person), "candidates", person)[0]
    assert latest.words == "Changed a private note on taking part"
    assert latest.fields == ()


def test_who_is_removed_takes_the_notes_along_and_their_words_stay_out_of_the_history(store: Store) -> None:
    person = made.candidate(store)
    row = noted(store, person)
    gather.remove_candidate(store, person, today=TODAY)
    assert row not in tables(store)["accommodations"]
    assert SECRET not in repr(told(store, store.history()))
    store.undo()
    assert log.accommodations(store, person)[0].id == row
