"""The pipeline follows from facts, and a card's move opens the form that makes the next fact true."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.insight.application_board import AT_WORK, OFFERED, OVER, Board, board, step, way, way_words
from core.insight.pipeline import OF_STAGE, PIPELINE, person_cards, pipeline_ids
from core.insight.pipeline import step as person_step
from core.insight.stage import STAGES
from core.store import Store
from core.work import declining, evaluate, offer, run, select, stages, warm
from core.work.stages import StageDraft
from tests.core.insight.build import Build
from tests.support import made
from tests.support.stores import TODAY


def back(days: int) -> date:
    return TODAY - timedelta(days=days)


def part_of(store: Store, person: str) -> str:
    (card,) = person_cards(store, [person], today=TODAY)
    (column,) = [key for key, ids in pipeline_ids(store, today=TODAY).items() if person in ids]
    assert column == card.part
    return column


def test_every_stage_has_its_part() -> None:
    assert set(OF_STAGE) == set(STAGES)
    assert set(OF_STAGE.values()) == set(PIPELINE)


def test_someone_goes_through_by_what_happens_and_back_by_undo(store: Store) -> None:
    ada, project = made.candidate(store), made.project(store)
    assert part_of(store, ada) == "prospect"
    application = made.application(store, project, ada)
    assert part_of(store, ada) == "applicant"
    offer_id = made.drafted_offer(store, application)
    offer.send_offer(store, offer_id, today=TODAY)
    assert part_of(store, ada) == "applicant"
    work = offer.accept_offer(store, offer_id, today=TODAY)
    assert part_of(store, ada) == "micro_intern"
    run.start(store, work, today=TODAY)
    run.deliver(store, work, today=TODAY)
    run.accept_work(store, work, today=TODAY, verdict="met")
    assert part_of(store, ada) == "micro_intern"
    for kind, part in (("internship", "intern"), ("full_time", "hired")):
        draft = warm.OutcomeDraft(candidate_id=ada, kind=kind, offered_on=TODAY, accepted_on=TODAY)
        warm.add_outcome(store, draft, today=TODAY)
        assert part_of(store, ada) == part
    store.undo()
    assert part_of(store, ada) == "intern"
    store.undo()
    assert part_of(store, ada) == "micro_intern"


def test_near_misses_stand_where_their_work_puts_them(store: Store, build: Build) -> None:
    school = build.school()
    new, old = build.person("Ada Lovelace", school), build.person("Grace Hopper", school)
    build.work(build.project(), old, status="accepted")
    for person in (new, old):
        build.pooled(person)
    cards = {card.name: card for card in person_cards(store, [new, old], today=TODAY)}
    assert (cards["Ada Lovelace"].part, cards["Ada Lovelace"].stage_words) == ("prospect", "Near-miss intern")
    assert (cards["Grace Hopper"].part, cards["Grace Hopper"].stage_words) == ("micro_intern", "Near-miss intern")


def test_since_when_someone_stands_there_is_the_day_of_the_fact(store: Store, build: Build) -> None:
    school = build.school()
    person = build.person("Ada Lovelace", school, first_contact_on=back(90))

    def since() -> date | None:
        (card,) = person_cards(store, [person], today=TODAY)
        return card.since

    assert since() == back(90)
    build.applied(build.project(), person, back(12))
    assert since() == back(12)
    build.work(build.project("Another"), person, agreed_on=back(8))
    assert since() == back(8)
    warm.add_outcome(
        store,
        warm.OutcomeDraft(candidate_id=person, kind="full_time", offered_on=back(5), accepted_on=back(2)),
        today=TODAY,
    )
    assert since() == back(2)


def test_everyone_stands_once_and_in_order(store: Store, build: Build) -> None:
    school = build.school()
    people = [build.person(name, school) for name in ("Zoë Z", "ada l", "Élodie B", "Bo T")]
    found = pipeline_ids(store, today=TODAY)
    assert sorted(one for ids in found.values() for one in ids) == sorted(people)
    names = [card.name for card in person_cards(store, found["prospect"], today=TODAY)]
    assert names == ["ada l", "Bo T", "Élodie B", "Zoë Z"]


def test_what_moving_a_person_means(store: Store) -> None:
    ada, project = made.candidate(store), made.project(store)

    def ask(before: str, after: str) -> tuple[str, str]:
        found = person_step(store, ada, before, after, today=TODAY)
        return found.form, found.words[:24]

    assert ask("prospect", "prospect") == ("", "")
    assert ask("prospect", "applicant") == ("application_for", "")
    assert ask("prospect", "micro_intern") == ("", "They have applied for no")
    assert ask("prospect", "hired") == ("outcomes", "")
    assert ask("hired", "prospect") == ("", "What stands here follows")
    application = made.application(store, project, ada)
    assert ask("applicant", "micro_intern") == ("offers", "")
    offer_id = made.drafted_offer(store, application)
    assert ask("applicant", "micro_intern") == ("offer_sent", "")
    offer.send_offer(store, offer_id, today=TODAY)
    found = person_step(store, ada, "applicant", "micro_intern", today=TODAY)
    assert (found.form, found.values["offer_id"], found.values["verb"]) == ("offer_answered", offer_id, "accept")
    made.application(store, made.project(store, title="Another"), ada)
    offer.withdraw_offer(store, offer_id, today=TODAY)
    assert ask("applicant", "micro_intern") == ("", "They applied for several")


@pytest.fixture
def project(store: Store) -> str:
    row = made.project(store, openings=3)
    drafts = [StageDraft(name="Called"), StageDraft(name="Talked", under="shortlisted")]
    stages.set_stages(store, row, drafts, today=TODAY)
    return row


def columns(found: Board) -> list[str]:
    return [column.words for column in found.columns]


def test_a_projects_board_has_its_stages_and_who_waits_longest_first(store: Store, project: str) -> None:
    ada, grace = made.candidate(store), made.candidate(store, "Grace Hopper")
    draft = select.ApplicationDraft(project_id=project, candidate_id=grace, applied_on=back(12))
    late = select.record_application(store, draft, today=TODAY)
    first = made.application(store, project, ada)
    invited = select.invite(store, project, made.candidate(store, "Edith Clarke"), today=TODAY, on=back(1))
    found = board(store, project, today=TODAY)
    assert columns(found) == [
        "Invited", "Applied", "Called", "Shortlisted", "Talked", "Offered", "Accepted", "Not selected, withdrawn",
    ]  # fmt: skip
    assert [(card.who, card.under, card.chip) for card in found.of("applied")] == [
        ("Grace Hopper", "waiting 12 days", ""),
        ("Ada Lovelace", "since today", ""),
    ]
    assert [card.under for card in found.of("invited")] == ["yesterday"]
    called, talked = (one.id for one in stages.stage_drafts(store, project))
    stages.move_stage(store, [late], called, "applied", today=back(3))
    stages.move_stage(store, [first], talked, "shortlisted", today=TODAY)
    found = board(store, project, today=TODAY)
    assert [card.under for card in found.of(called or "")] == ["waiting 3 days"]
    assert [card.who for card in found.of(talked or "")] == ["Ada Lovelace"]
    offer_id = made.drafted_offer(store, first)
    assert [(card.chip, card.who) for card in board(store, project, today=TODAY).of(OFFERED)] == [
        ("Offer drafted", "Ada Lovelace")
    ]
    offer.send_offer(store, offer_id, today=TODAY)
    offer.accept_offer(store, offer_id, today=TODAY)
    select.withdraw(store, invited, today=TODAY)
    found = board(store, project, today=TODAY)
    assert [card.who for card in found.of(AT_WORK)] == ["Ada Lovelace"]
    assert [(card.who, card.chip) for card in found.of(OVER)] == [("Edith Clarke", "Withdrawn")]


def test_the_way_of_an_application_with_the_days_in_each_stage(store: Store, project: str) -> None:
    person = made.candidate(store)
    row = select.invite(store, project, person, today=TODAY, on=back(20))
    draft = select.ApplicationDraft(project_id=project, candidate_id=person, applied_on=back(12))
    select.record_application(store, draft, today=TODAY)
    called, talked = (one.id for one in stages.stage_drafts(store, project))
    stages.move_stage(store, [row], called, "applied", today=back(9))
    stages.move_stage(store, [row], talked, "shortlisted", today=back(2))
    assert [(one.words, one.days) for one in way(store, row, today=TODAY)] == [
        ("Invited", 8), ("Applied", 3), ("Applied: Called", 7), ("Shortlisted: Talked", 2),
    ]  # fmt: skip
    assert way_words(way(store, row, today=TODAY), TODAY) == (
        "Invited 2 Nov for 8 days, Applied 10 Nov for 3 days, Called 13 Nov for 7 days, Talked 20 Nov"
    )


def test_what_was_never_written_down_comes_from_the_days_it_has(store: Store, build: Build) -> None:
    project, school = build.project(), build.school()
    row = build.applied(project, build.person("Ada Lovelace", school), back(30), invited_on=back(40))
    assert [(one.on, one.words) for one in way(store, row, today=TODAY)] == [
        (back(40), "Invited"), (back(30), "Applied"),
    ]  # fmt: skip
    (card,) = board(store, project, today=TODAY).cards
    assert card.under == "waiting 30 days"
    select.not_select(store, row, today=TODAY)
    assert [one.words for one in way(store, row, today=TODAY)] == ["Invited", "Applied", "Not selected"]


def test_under_a_code_no_day_no_name_and_no_way(store: Store, project: str) -> None:
    made.rubric(store, project)
    people = [made.candidate(store, name) for name in ("Ada Lovelace", "Grace Hopper")]
    rows = []
    for days, person in enumerate(people, 3):
        draft = select.ApplicationDraft(project_id=project, candidate_id=person, applied_on=back(days))
        rows.append(select.record_application(store, draft, today=TODAY))
    called, _ = (one.id for one in stages.stage_drafts(store, project))
    stages.move_stage(store, [rows[0]], called, "applied", today=TODAY)
    found = board(store, project, today=TODAY)
    assert found.names_hidden == 2
    for card in found.cards:
        assert card.name is None
        assert card.candidate_id is None
        assert card.since is None
        assert card.under == "waits for scores"
        assert card.who.startswith("Candidate ")
        assert step(card, next(one for one in found.columns if one.key == OFFERED), project).form == ""  # type: ignore[union-attr]
    assert [card.who for card in found.of("applied")] == sorted(card.who for card in found.of("applied"))
    assert way(store, rows[0], today=TODAY) == ()
    assert {card.stage_words for card in person_cards(store, people, today=TODAY)} == {"Applicant"}
    words = person_step(store, people[0], "applicant", "micro_intern", today=TODAY).words
    select.not_select(store, rows[0], today=TODAY)
    assert person_step(store, people[0], "applicant", "micro_intern", today=TODAY).words == words
    evaluate.reveal_names(store, project, today=TODAY, reason="Time")
    assert {card.name for card in board(store, project, today=TODAY).cards} == {"Ada Lovelace", "Grace Hopper"}


def test_what_moving_an_application_means(store: Store, project: str) -> None:
    row = made.application(store, project, made.candidate(store))
    select.invite(store, project, made.candidate(store, "Edith Clarke"), today=TODAY)
    found = board(store, project, today=TODAY)
    (applied,), (invited,) = found.of("applied"), found.of("invited")
    by_words = {column.words: column for column in found.columns}

    def forms(card: object) -> list[str]:
        asked = [step(card, column, project) for column in found.columns]  # type: ignore[arg-type]
        return ["move" if one is None else one.form or ("stays" if not one.words else "no") for one in asked]

    assert forms(applied) == ["no", "stays", "move", "move", "move", "offers", "no", "declining"]
    assert forms(invited) == ["stays", "applications", "applications", "no", "no", "no", "no", "no"]
    offer_id = made.drafted_offer(store, row)
    offer.send_offer(store, offer_id, today=TODAY)
    (offered,) = board(store, project, today=TODAY).of(OFFERED)
    assert forms(offered) == ["no", "no", "no", "no", "no", "stays", "offer_answered", "offer_answered"]
    offer.withdraw_offer(store, offer_id, today=TODAY)
    select.not_select(store, row, today=TODAY)
    (over,) = board(store, project, today=TODAY).of(OVER)
    assert step(over, by_words["Shortlisted"], project).form == "taking_back"  # type: ignore[union-attr]
    assert over.under == "since 22 Nov"
    declining.take_back(store, [row], today=TODAY)
    declining.decline(store, [row], reason="", today=TODAY)
    (over,) = board(store, project, today=TODAY).of(OVER)
    assert over.under == "since 22 Nov · message held for 2 days"
    assert step(over, by_words["Offered"], project).words.startswith("Bring them back")  # type: ignore[union-attr]
