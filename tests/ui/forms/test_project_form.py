"""What a project's form does beside its fields: days that move together, exams, pay, project or job, the posting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from core.insight.records import listing
from core.insight.templates import suggest, templates
from core.store import Store
from core.work import hours, office, run, schools, todos
from core.work.brief import MilestoneDraft, project_draft
from core.work.schools import SchoolDraft, SchoolPeriodDraft
from tests.journeys.hand import Hand
from tests.support import made
from tests.support.stores import TODAY
from tests.ui import walking
from ui.forms.project import ProjectForm
from ui.forms.start_field import StartField

DAY = timedelta(days=1)
KICK_OFF, DUE = date(2026, 12, 14), date(2027, 1, 8)


def opened(hand: Hand, project_id: str) -> ProjectForm:
    hand.app.open_form("projects", project_id)
    hand.rest()
    form = hand.form
    assert isinstance(form, ProjectForm)
    return form


def a_project(store: Store, **more: object) -> str:
    parts = [MilestoneDraft(text="One list", due_on=date(2026, 12, 21))]
    days = {"apply_by": date(2026, 12, 4), "kick_off_on": KICK_OFF, "due_on": DUE}
    return made.project(store, **({"milestones": parts} | days | more))  # type: ignore[arg-type]


def looked(hand: Hand, form: ProjectForm, **typed: str) -> str:
    hand.fill(**typed)
    hand.until(lambda: not form._look.isActive())
    hand.rest()
    hand.rest()
    return hand.text(form)


def test_a_kick_off_that_moves_takes_the_other_days_along_when_asked(hand: Hand, store: Store) -> None:
    project = a_project(store)
    form = opened(hand, project)
    assert "7 days later than 14 Dec now" in looked(hand, form, kick_off_on="21 Dec")
    hand.click("Move all with it")
    assert "Move all with it" not in hand.text(form)
    hand.save()
    after = project_draft(store, project)
    assert (after.apply_by, after.kick_off_on, after.due_on) == (KICK_OFF - 3 * DAY, KICK_OFF + 7 * DAY, DUE + 7 * DAY)
    assert after.milestones[0].due_on == date(2026, 12, 28)


def test_a_day_set_by_hand_ends_the_offer(hand: Hand, store: Store) -> None:
    form = opened(hand, a_project(store))
    assert "7 days later" in looked(hand, form, kick_off_on="21 Dec")
    assert "7 days later" not in looked(hand, form, due_on="12 Jan 2027")


def test_exams_are_named_with_their_days_and_a_day_without(hand: Hand, store: Store) -> None:
    for name, first, last in (("Kennedy-King", KICK_OFF, KICK_OFF + 4 * DAY), ("Truman", DUE - DAY, DUE + DAY)):
        period = SchoolPeriodDraft(kind="exams", starts_on=first, ends_on=last)
        schools.add_school(store, SchoolDraft(name=name, periods=[period]), today=TODAY)
    project = a_project(store)
    form = opened(hand, project)
    assert "Kick-off falls in the exams of Kennedy-King (14 to 18 December)." in hand.text(form)
    assert "The due date falls in the exams of Truman (7 to 9 January)." in hand.text(form)
    hand.click("Move to 11 Jan 2027")
    hand.click("Move to 21 Dec")
    assert "falls in the exams" not in hand.text(form)
    hand.save()
    after = project_draft(store, project)
    assert (after.kick_off_on, after.due_on) == (date(2026, 12, 21), date(2027, 1, 18))


@pytest.mark.parametrize(
    ("fee", "rate", "open_"),
    [("$360", "$20 an hour", False), ("$359.99", "$19.99 an hour", True), ("$130", "$7.22 an hour", True)],
)
def test_pay_per_hour_is_told_to_the_cent(hand: Hand, store: Store, fee: str, rate: str, open_: bool) -> None:
    form = opened(hand, a_project(store, estimated_hours=18))
    words = looked(hand, form, fee=fee)
    assert rate in words
    assert ("is under your floor" in words or "under the legal minimum" in words) == open_


def test_whether_it_is_a_job_is_asked_and_kept_with_the_brief(hand: Hand, store: Store) -> None:
    project = a_project(store)
    form = opened(hand, project)
    hand.sees("Not asked yet.")
    hand.click("Answer 6 short questions")
    assert hand.form.form.rows["fit_end"].field.hasFocus()
    words = looked(hand, form, fit_end="No: it goes on", fit_kind="Patient care")
    assert "This is work that micro-internships are not for." in words
    assert "Patient care is for trained staff." in words
    hand.save()
    kept = project_draft(store, project).fit_check
    assert kept == {"on": TODAY.isoformat(), "answers": {"end": "no", "kind": "patients"}}


def test_a_supervisor_who_left_stays_named_and_is_told_of(hand: Hand, store: Store) -> None:
    draft = office.ColleagueDraft(name="Lena Ortiz")
    lena = office.add_colleague(store, draft, today=TODAY)
    project = a_project(store, supervisor_id=lena)
    gone = office.ColleagueDraft(name="Lena Ortiz", left_on=TODAY - DAY)
    office.change_colleague(store, lena, gone, today=TODAY)
    opened(hand, project)
    hand.sees("Lena Ortiz left on 21 Nov 2026 and cannot supervise.", "Name another supervisor")
    hand.save()
    assert project_draft(store, project).supervisor_id == lena


def test_the_posting_is_copied_as_it_stands_in_the_fields(hand: Hand, store: Store) -> None:
    form = opened(hand, a_project(store))
    hand.fill(title="Sort the seed list")
    hand.click("Copy as text", form.foot)
    words = QGuiApplication.clipboard().text()
    assert words.startswith("Sort the seed list\n")
    assert "Due: Fri 8 January 2027" in words
    hand.fill(title="")
    hand.click("Copy as text", form.foot)
    assert "Give the project a title first" in form.problem.words.text()


def test_the_posting_as_paper_saves_the_brief_and_is_on_record(hand: Hand, store: Store, tmp_path: Path) -> None:
    project = a_project(store)
    form = opened(hand, project)
    hand.fill(title="Sort the seed list")
    hand.click("Posting as PDF", form.foot)
    assert "Sort the seed list" in hand.paper.text()
    assert "Ada" not in hand.paper.text()
    hand.save_paper(tmp_path / "posting.pdf")
    assert project_draft(store, project).title == "Sort the seed list"
    [(_, row)] = listing(store, "disclosures").rows
    assert row["kind"] == "posting"


# --- what it starts from ----------------------------------------------------------------------------------------------


def test_a_to_do_is_offered_the_templates_that_fit_and_why(hand: Hand, store: Store) -> None:
    todo = todos.capture_todo(store, "Clean up the supplier list", today=TODAY)
    hand.app.open_form("projects", todo_id=todo, title="Clean up the supplier list")
    hand.rest()
    [first, *_] = suggest(store, "Clean up the supplier list")
    hand.sees(first.why)
    hand.click(f"Start from {first.name}")
    form = hand.form
    assert isinstance(form, ProjectForm)
    values = form.form.values()
    assert values["title"] == "Clean up the supplier list"
    assert values["apply_by"] < values["kick_off_on"] < values["due_on"]
    assert values["kick_off_on"].weekday() == 0
    assert first.why not in hand.text(form)
    hand.click("Open for applications")
    ((project, row),) = listing(store, "projects", all_columns=True).rows
    assert (row["status"], row["template_key"], row["template_name"]) == ("open", first.key, first.name)
    assert listing(store, "to_dos", all_columns=True).rows[0][1]["project_id"] == project


def test_blank_gives_back_what_stood_there_before(hand: Hand, store: Store) -> None:
    hand.app.open_form("projects")
    hand.fill(title="Something of ours", summary="A wall of pictures")
    form = hand.form
    start = form.form.rows["template_key"].field
    assert isinstance(start, StartField)
    start._choose(templates(store)[0].key)
    assert form.form.values()["summary"] != "A wall of pictures"
    start._choose(templates(store)[1].key)
    start._choose("")
    values = form.form.values()
    assert [values[key] for key in ("title", "summary", "template_key")] == [
        "Something of ours",
        "A wall of pictures",
        "",
    ]
    hand.save()
    assert listing(store, "projects", all_columns=True).rows[0][1]["template_name"] == ""


def test_what_was_chosen_is_there_again_after_esc(hand: Hand, store: Store) -> None:
    one = templates(store)[0]
    hand.app.open_form("projects")
    hand.rest()
    start = hand.form.form.rows["template_key"].field
    assert isinstance(start, StartField)
    start._choose(one.key)
    hand.press("Esc", hand.form.form.rows["title"].field)
    hand.app.open_form("projects")
    hand.save()
    row = listing(store, "projects", all_columns=True).rows[0][1]
    assert (row["template_key"], row["template_name"]) == (one.key, one.name)


def test_a_template_that_is_gone_is_said_and_the_project_begins_blank(hand: Hand, store: Store) -> None:
    hand.app.open_form("projects", template="gone", kick_off_on=KICK_OFF)
    hand.rest()
    assert "no longer there" in hand.form.problem.words.text()
    assert hand.form.form.values()["kick_off_on"] == KICK_OFF


def test_a_fee_in_another_currency_is_left_to_the_person_and_said(hand: Hand, store: Store) -> None:
    office.change_employer(store, replace(office.employer_draft(store), currency="EUR"), today=TODAY)
    hand.app.context.open_form("projects", template="list-clean-up")
    hand.rest()
    assert "Give yours in EUR." in hand.problems()


def test_a_template_and_a_copy_begin_on_the_day_that_was_chosen(hand: Hand, store: Store) -> None:
    project = a_project(store)
    for values in ({"template": templates(store)[0].key}, {"copy_of": project}):
        hand.app.open_form("projects", kick_off_on=date(2027, 3, 1), **values)
        hand.rest()
        shown = hand.form.form.values()
        assert shown["kick_off_on"] == date(2027, 3, 1)
        assert shown["due_on"] > shown["kick_off_on"]
        hand.save()
    assert hand.sheet is None
    assert len(listing(store, "projects").rows) == 3
    hand.app.open_form("projects", copy_of=project)
    assert hand.form.note_words == "a copy of “Clean the mailing list”"


def test_what_the_last_of_a_template_took_stands_at_the_hours(hand: Hand, store: Store) -> None:
    one = templates(store)[0]
    project = a_project(store, template_key=one.key, template_name=one.name, estimated_hours=10)
    work = made.engagement(store, made.application(store, project, made.candidate(store)))
    run.start(store, work, today=TODAY, on=TODAY)
    hours.log_hours(store, work, 800, today=TODAY, on=TODAY)
    run.deliver(store, work, today=TODAY)
    run.accept_work(store, work, "met", today=TODAY)
    hand.app.open_form("projects", template=one.key)
    hand.rest()
    hand.sees("The last one took 33 % longer than planned.")


def test_a_new_form_is_walked_by_tab_and_names_each_stop(hand: Hand, store: Store) -> None:
    words = "Clean up the supplier list"
    hand.app.open_form("projects", todo_id=todos.capture_todo(store, words, today=TODAY), title=words)
    hand.rest()
    assert hand.sheet is not None
    found = [*walking.nameless(hand.sheet), *walking.stray(hand.sheet), *walking.cut(hand.sheet)]
    assert not found, "\n".join(found)


def test_a_project_keeps_the_name_of_a_template_that_is_gone(hand: Hand, store: Store) -> None:
    project = a_project(store, template_key="gone", template_name="Window displays")
    form = opened(hand, project)
    assert form.note_words == "template: Window displays"
    hand.fill(title="Another title")
    hand.save()
    after = project_draft(store, project)
    assert (after.title, after.template_key, after.template_name) == ("Another title", "gone", "Window displays")
    hand.app.show("projects", project)
    hand.sees("the template Window displays")
