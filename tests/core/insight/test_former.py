"""Who has another name, address or school by now is not told by a text that says the one before."""

from __future__ import annotations

from sqlalchemy import select

from core.insight.blind import masks
from core.insight.former import former
from core.insight.scoring import scoring_queue
from core.model import Question, School
from core.store import Label, Store
from core.work import gather, merging
from core.work import select as selecting
from core.work.candidates import CandidateDraft
from tests.core.insight.build import Build
from tests.support.stores import TODAY

BEFORE = CandidateDraft(
    first_name="Oriane", last_name="Vexley", nickname="Riri", emails=["vexo@mail.example", "qazwol@mail.example"],
    phone="312 555 0123", links=["https://linkedin.com/in/vexpage"], school_name="Brimfort College",
    student_number="AB-778812",
)  # fmt: skip
SAID = "Oriane Vexley, Riri, vexo, qazwol, vexpage, 312 555 0123, AB-778812 of Brimfort would count."
TOKENS = ("Oriane", "Vexley", "Riri", "vexo", "qazwol", "vexpage", "0123", "778812", "Brimfort")


def left(text: str) -> list[str]:
    return [one for one in TOKENS if one.casefold() in text.casefold()]


def applied(store: Store, build: Build, person: str) -> str:
    project = build.project("Menu")
    build.rubric(project, 1, 1)
    with store.read() as session:
        question = session.scalars(select(Question.id)).one()
    draft = selecting.ApplicationDraft(project_id=project, candidate_id=person, answers={question: SAID})
    selecting.record_application(store, draft, today=TODAY)
    return project


def seen(store: Store, project: str) -> str:
    return " ".join(scoring_queue(store, project, store.me or "").applications[0].answers.values())


def test_a_name_that_was_changed_is_still_masked(store: Store, build: Build) -> None:
    person = gather.add_candidate(store, BEFORE, today=TODAY)
    project = applied(store, build, person)
    after = CandidateDraft(first_name="Ilse", last_name="Quonby", emails=["ilq@mail.example"],
                           school_name="Other College")  # fmt: skip
    gather.change_candidate(store, person, after, today=TODAY)
    assert left(seen(store, project)) == []


def test_an_address_that_was_only_taken_out_is_still_masked(store: Store, build: Build) -> None:
    person = gather.add_candidate(store, CandidateDraft(last_name="Quonby", emails=["a@x.example"]), today=TODAY)
    gather.change_candidate(
        store, person, CandidateDraft(last_name="Quonby", emails=["a@x.example", "qazwol@x.example"]), today=TODAY
    )
    gather.change_candidate(store, person, CandidateDraft(last_name="Quonby", emails=["a@x.example"]), today=TODAY)
    with store.read() as session:
        assert "qazwol" not in masks(session, [person])[person]("Ask qazwol.")


def test_who_was_merged_into_another_is_masked_under_both_names(store: Store, build: Build) -> None:
    other = gather.add_candidate(store, BEFORE, today=TODAY)
    keep = gather.add_candidate(store, CandidateDraft(first_name="Ilse", last_name="Quonby"), today=TODAY)
    project = applied(store, build, other)
    mine = dict.fromkeys(("first_name", "last_name", "nickname", "phone", "emails", "links", "study"), "keep")
    merging.merge(store, keep, other, mine, today=TODAY)
    assert left(seen(store, project)) == []


def test_a_school_that_was_renamed_is_masked(store: Store, build: Build) -> None:
    person = gather.add_candidate(store, BEFORE, today=TODAY)
    project = applied(store, build, person)
    with store.change(Label.SCHOOL_CHANGED) as session:
        session.scalars(select(School)).one().name = "Lakewater College"
    assert left(seen(store, project)) == []


def test_others_names_are_nobody_elses(store: Store, build: Build) -> None:
    """A change about many, as a file brings it, gives nobody the names of the rest."""
    one = gather.add_candidate(store, BEFORE, today=TODAY)
    two = gather.add_candidate(store, CandidateDraft(first_name="Ilse", last_name="Quonby"), today=TODAY)
    with store.change(Label.CANDIDATE_CHANGED, ("candidates", one), ("candidates", two)):
        gather.change_candidate(store, one, CandidateDraft(first_name="Una", last_name="Stell"), today=TODAY)
        gather.change_candidate(store, two, CandidateDraft(first_name="Ilse", last_name="Marren"), today=TODAY)
    with store.read() as session:
        known = former(session, [one, two])
    assert [name for name, _, _ in known[one].named] == ["Oriane"]
    assert [name for _, name, _ in known[two].named] == ["Quonby"]
    assert known[two].addresses == []
