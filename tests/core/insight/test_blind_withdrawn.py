"""Who steps back is told by code or by name, never by both: who had applied by code, who was invited by name."""

from __future__ import annotations

import json

import pytest

from core.insight import records
from core.insight.people import candidate_rows
from core.insight.person import candidate
from core.insight.pipeline import person_cards
from core.insight.projects import application_rows
from core.jobs import shown
from core.store import Store
from core.work import select
from tests.core.insight.build import Build
from tests.support.stores import TODAY


class Office:
    def __init__(self, store: Store, build: Build) -> None:
        self.store = store
        self.project = build.project("Menu", openings=1)
        build.rubric(self.project, 1, 2)
        self.people = [build.person(name) for name in ("Ada Lovelace", "Grace Hopper")]
        drafts = [select.ApplicationDraft(project_id=self.project, candidate_id=one) for one in self.people]
        self.applications = [select.record_application(store, one, today=TODAY) for one in drafts]

    def by_name(self, person: str) -> str:
        """All that is told of somebody beside the name, without the name."""
        store = self.store
        page = candidate(store, person, today=TODAY)
        told = [candidate_rows(store, [person], today=TODAY)[person].stage_words, repr(page.applications)]
        (card,) = person_cards(store, [person], today=TODAY)
        record = shown.record_json(records.record(store, "candidates", person))
        rows = json.loads(record)["parts"]["applications"] if "parts" in json.loads(record) else record
        return "\n".join([*told, card.part, repr(card.since), repr(rows)])

    def rows(self) -> dict[str, tuple[str, str]]:
        return {row.who: (row.code, row.status) for row in application_rows(self.store, self.project, today=TODAY)}


@pytest.fixture
def office(store: Store, build: Build) -> Office:
    return Office(store, build)


def test_that_a_code_stepped_back_is_not_told_by_name(office: Office) -> None:
    before = [office.by_name(one) for one in office.people]
    select.withdraw(office.store, office.applications[0], today=TODAY)
    assert [status for _, status in office.rows().values()].count("withdrawn") == 1
    assert [office.by_name(one) for one in office.people] == before


def test_the_invited_who_steps_back_is_told_by_name_and_has_no_code(office: Office, build: Build) -> None:
    ivy = build.person("Ivy Barton")
    invited = select.invite(office.store, office.project, ivy, today=TODAY, on=TODAY)
    select.withdraw(office.store, invited, today=TODAY)
    assert office.rows()["Ivy Barton"] == ("", "withdrawn")
    assert "Withdrawn" in office.by_name(ivy)
    listed = json.loads(shown.listing_json(records.listing(office.store, "applications", all_columns=True)))
    (one,) = [row for row in listed if row["candidate_id"]]
    assert (one["code"], one["id"], one["status"]) == ("", "", "withdrawn")
    again = select.ApplicationDraft(project_id=office.project, candidate_id=ivy)
    select.record_application(office.store, again, today=TODAY)
    assert {row.name for row in application_rows(office.store, office.project, today=TODAY)} == {None}
