"""Makes NUMBER.foothold of the schema that the program has now, and NUMBER.txt with the words that open it.

Run once when a schema is released, and never again for that number: python -m tests.old_stores.make
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from core.jobs import forms
from core.message import Words
from core.store import Store, keys, migrate
from core.work import (
    accommodations,
    check_ins,
    custom_fields,
    declining,
    documents,
    duplicates,
    evaluate,
    gather,
    hours,
    lists,
    messages,
    milestones,
    offer,
    own_templates,
    pay,
    plan,
    programs,
    rubrics,
    run,
    second_thoughts,
    select,
    self_identification,
    sides,
    stages,
    tags,
    todos,
    touch_plans,
    warm,
)
from core.work.accommodations import AccommodationDraft
from core.work.authorisation import AuthorisationDraft, set_authorisation
from core.work.brief import MilestoneDraft, ProjectDraft, QuestionDraft
from core.work.custom_fields import FieldDraft
from core.work.lists import ListDraft
from core.work.person_parts import LanguageDraft
from core.work.programs import ProgramDraft
from core.work.sides import MidCheckDraft, WorkEvaluationDraft
from core.work.stages import StageDraft

HERE = Path(__file__).parent
TODAY = date(2026, 11, 22)


def lay(store: Store) -> None:
    """The whole path once, by what a person does: a to-do becomes a project, a student is paid."""
    assert store.me is not None
    school = gather.add_school(
        store, gather.SchoolDraft(name="Harbor College", domains=["harbor.example.edu"]), today=TODAY
    )
    person = gather.add_candidate(
        store,
        gather.CandidateDraft(
            first_name="Zoë",
            last_name="Łęcka",
            emails=["zoe@harbor.example.edu"],
            school_id=school,
            graduates_on=date(2028, 5, 31),
            skills=[gather.SkillDraft(name="Writing", level=3, evidence="School paper")],
            notes="Met at the fair",
        ),
        today=TODAY,
    )
    todo = todos.capture_todo(store, "Write the spring letter", today=TODAY)
    brief = ProjectDraft(
        title="Spring letter",
        category="Writing",
        summary="Write and lay out a letter of two pages to everyone who bought from us this year.",
        why_it_matters="It is what most customers hear of us in a year.",
        learning_objectives=["Write for readers"],
        milestones=[MilestoneDraft(text="Draft", due_on=date(2026, 12, 10)), MilestoneDraft(text="Letter")],
        questions=[QuestionDraft(text="What would you write first?")],
        skills=["Writing"],
        estimated_hours=16,
        fee=40_000,
        apply_by=date(2026, 12, 1),
        kick_off_on=date(2026, 12, 7),
        due_on=date(2026, 12, 21),
        supervisor_id=store.me,
    )
    project = plan.make_project_of_todo(store, todo, brief, today=TODAY)
    rubrics.set_rubric(store, project, next(iter(rubrics.ready_made().values())), today=TODAY)
    plan.open_project(store, project, today=TODAY)
    applied = select.ApplicationDraft(project_id=project, candidate_id=person, applied_on=TODAY)
    application = select.record_application(store, applied, today=TODAY)
    rubric = rubrics.rubric_draft(store, project)
    assert rubric is not None
    marks = {one.id: (3, "Clear and short") for one in rubric.criteria if one.id}
    evaluate.score(store, application, store.me, marks, today=TODAY)
    evaluate.submit(store, application, store.me, today=TODAY, recommend=True)
    second_thoughts.take_up_again(store, application, store.me, "I had missed the second page", today=TODAY)
    evaluate.submit(store, application, store.me, today=TODAY, recommend=True)
    evaluate.reveal_names(store, project, today=TODAY)
    made = offer.draft_offer(store, application, offer.offer_terms(store, application), today=TODAY)
    offer.send_offer(store, made, today=TODAY)
    engagement = offer.accept_offer(store, made, today=TODAY)
    later = date(2026, 12, 21)
    run.start(store, engagement, today=later)
    hours.log_hours(store, engagement, 90, today=later)
    _half_way(store, project, person, engagement, later)
    run.deliver(store, engagement, today=later, note="As a PDF")
    run.accept_work(store, engagement, today=later)
    pay.record_payment(store, pay.payment_terms(store, engagement, today=later), today=later)
    _all_year(store, project, person, engagement)
    _well_kept(store, person)
    todos.capture_todo(store, "Undone", today=TODAY)
    store.undo()
    store.keep_draft("candidates:new", {"first_name": "Half"})


def _half_way(store: Store, project: str, person: str, engagement: str, later: date) -> None:
    """What both sides say while the work runs, a form that is out, voluntary answers."""
    ours = WorkEvaluationDraft(engagement_id=engagement, rater_id=store.me, occasion="mid", overall=3)
    sides.evaluate_work(store, ours, today=later)
    sides.enter_mid_check(store, MidCheckDraft(engagement_id=engagement, clarity=4, hours=6), today=later)
    forms.make_form(store, "fit_review", engagement, today=later)
    forms.make_form(store, "application", project, today=later)
    self_identification.set_collects(store, True, today=later)
    self_identification.enter(store, person, {"first_generation": "Yes"}, today=later)


def _all_year(store: Store, project: str, person: str, engagement: str) -> None:
    """What stands around a project: a template and a program, what is known of the work, a kept file."""
    later = date(2026, 12, 21)
    todos.capture_todo(store, "Count the stock every January", today=TODAY)
    own_templates.add_template(store, own_templates.body_of_project(store, project), today=TODAY)
    spring = ProgramDraft(name="Winter", starts_on=date(2026, 12, 1), ends_on=date(2027, 2, 28), goal_projects=2)
    programs.assign(store, [project], programs.add_program(store, spring, today=TODAY), today=TODAY)
    window = AuthorisationDraft(candidate_id=person, kind="cpt", starts_on=TODAY, ends_on=date(2027, 5, 31))
    set_authorisation(store, window, today=later)
    check_ins.hold_check_in(store, engagement, 15, today=later, note="The draft reads well")
    milestone = plan.project_draft(store, project).milestones[0].id or ""
    milestones.complete_milestone(store, engagement, milestone, today=later)
    documents.keep_file(store, "engagements", engagement, "letter.txt", b"Dear readers", today=later)


def _well_kept(store: Store, person: str) -> None:
    """What is kept of people: words and lists of one's own, why and how often, files that are read, decisions held."""
    tags.set_tags(store, [person], ["Evening"], today=TODAY)
    shirt = custom_fields.save_field(store, FieldDraft(name="Shirt size"), today=TODAY)
    draft = gather.candidate_draft(store, person, today=TODAY)
    spoken = [LanguageDraft(language="Polish", level="native")]
    gather.change_candidate(
        store, person, replace(draft, languages=spoken, custom={shirt: "M"}, may_work="yes"), today=TODAY
    )
    accommodations.add_accommodation(store, AccommodationDraft(candidate_id=person, request="Quiet room"), today=TODAY)
    warm.enter_pool(store, warm.PoolDraft(candidate_id=person, reason="fair"), today=TODAY)
    warm.add_touch(store, warm.TouchDraft(candidate_id=person, text="Spoke at the fair"), today=TODAY)
    touch_plans.set_plan(store, "fair", touch_plans.Plan(every_days=30), today=TODAY)
    lists.save_list(
        store, ListDraft(name="Evenings", filter={"field": "tag", "is": "any", "value": ["Evening"]}), today=TODAY
    )
    messages.save_message(store, Words(name="Hello", subject="Hello", text="Hello {first_name}"), today=TODAY)
    other = gather.add_candidate(store, gather.CandidateDraft(first_name="Bo"), today=TODAY)
    duplicates.tell_apart(store, person, other)
    brief = ProjectDraft(title="Price list", estimated_hours=10, fee=25_000)
    project = plan.add_project(store, brief, today=TODAY)
    stages.set_stages(store, project, [StageDraft(name="Read")], today=TODAY)
    applied = select.ApplicationDraft(project_id=project, candidate_id=other)
    application = select.record_application(store, applied, today=TODAY)
    declining.decline(store, [application], reason="Others fitted better", today=TODAY)


def main() -> int:
    number = migrate.head()
    path, words = HERE / f"{number}.foothold", HERE / f"{number}.txt"
    key = keys.new_key()
    with Store.create(path, key, "Harbor Books", "Ann Lee") as store:
        lay(store)
    words.write_text(" ".join(keys.to_words(key)) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
