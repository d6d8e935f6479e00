"""A project from draft to payment on the desk: the next step is offered first, names stay behind codes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from core.insight.records import listing
from core.store import Store
from core.work import evaluate, extensions, offer, rubrics, run
from core.work import select as choosing
from tests.support import made
from tests.support.stores import TODAY
from tests.ui.places.screen import button, choose, form, press, said, save, seen, sheet, words
from ui.app import App
from ui.places.project_page import BRIEF, HISTORY, PEOPLE, RUBRIC, WORK, ProjectPage
from ui.places.project_people import ROWS
from ui.tour import settle
from ui.widgets.preview import Preview

HOSTILE = "<b>Ana</b> =HYPERLINK('x') & Sons " + "von und zu Hohenstaufen " * 5


def page(app: App, project_id: str, tab: int = BRIEF) -> ProjectPage:
    app.desk.go("projects")
    place = app.places["projects"]
    place.choose(project_id)
    shown = place.project_page
    assert isinstance(shown, ProjectPage)
    shown.choose_tab(tab)
    return shown


def test_an_empty_place_says_what_goes_there_and_offers_the_first_step(app: App) -> None:
    app.desk.go("projects")
    assert "No project yet" in words(app.places["projects"])
    press(app.places["projects"], "New project")
    assert form(app).noun == "projects"


def test_the_list_shows_each_project_with_its_phase_and_dates(app: App, store: Store) -> None:
    project_id = made.project(store)
    page(app, project_id)
    table = app.places["projects"].table
    cells = [table.model().index(0, at).data() for at in range(table.model().columnCount())]
    assert cells == ["P-001", "Clean the mailing list", "Open", "", "12 Dec", "26 Dec", "$360"]
    assert app.places["projects"].subtitle() == "1 project · 1 open"


def test_a_filter_by_phase_is_taken_off_for_a_project_it_hides(app: App, store: Store) -> None:
    opened, draft = made.project(store), made.project(store, title="Another", opened=False)
    page(app, opened)
    place = app.places["projects"].list_
    place._set(frozenset({"draft"}))
    assert place._ids == [draft]
    app.show("projects", opened)
    assert set(place._ids) == {opened, draft}
    assert place.table.current_id() == opened


def test_the_next_step_follows_the_phase(app: App, store: Store) -> None:
    project_id = made.project(store, opened=False)
    shown = page(app, project_id)
    press(shown, "Open for applications")
    assert said(app) == "Open for applications."
    button(shown, "Record an application")
    application = made.application(store, project_id, made.candidate(store))
    button(shown, "Make the rubric")
    made.rubric(store, project_id)
    button(shown, "Score applications")
    evaluate.reveal_names(store, project_id, today=TODAY, reason="The work begins tomorrow.")
    press(shown, "Decide and offer")
    assert shown._tab == PEOPLE
    engagement = made.engagement(store, application)
    button(shown, "Record the kick-off")
    run.start(store, engagement, today=TODAY)
    button(shown, "Record the delivery")
    run.deliver(store, engagement, today=TODAY)
    button(shown, "Accept the work")
    run.accept_work(store, engagement, today=TODAY)
    press(shown, "Record the payment")
    save(app)
    assert "$360 paid" in words(shown)
    button(shown, "Evaluate the work")


def test_what_keeps_a_project_closed_is_shown_where_it_can_be_mended(app: App, store: Store, qtbot: QtBot) -> None:
    bare = made.project(store, opened=False, kick_off_on=None, due_on=None)
    press(page(app, bare), "Open for applications")
    brief = form(app)
    assert brief.row_id == bare
    qtbot.waitUntil(lambda: "mend what is marked" in brief.problem.words.text())
    assert brief.form.rows["kick_off_on"].error.text()
    app.desk.close_sheet()
    cheap = made.project(store, opened=False, title="Cheap", fee=5_000)
    press(page(app, cheap), "Open for applications")
    assert "why" in form(app).form.rows
    save(app, why="The student asked for a short trial.")
    assert made.status(store, cheap) == "open"


def test_a_project_is_closed_cancelled_with_a_reason_and_brought_back(app: App, store: Store) -> None:
    project_id = made.project(store)
    shown = page(app, project_id)
    choose(shown, "More for this project", "Close for applications")
    assert made.status(store, project_id) == "selecting"
    choose(shown, "More for this project", "Cancel the project…")
    assert not form(app).try_save()
    save(app, reason="The shop moves in spring.")
    assert "The shop moves in spring." in words(shown)
    press(shown, "Back to draft")
    assert made.status(store, project_id) == "draft"


def test_what_the_work_forbids_is_not_offered(app: App, store: Store) -> None:
    project_id = made.project(store, openings=2)
    work = made.engagement(store, made.application(store, project_id, made.candidate(store)))
    shown = page(app, project_id)

    def moves() -> list[str]:
        tool = button(shown, "More for this project")
        assert isinstance(tool, QToolButton)
        return [one.text() for one in tool.menu().actions()][-2:]

    assert moves() == ["Close for applications", "Cancel the project…"]
    run.start(store, work, today=TODAY)
    run.deliver(store, work, today=TODAY)
    run.accept_work(store, work, today=TODAY)
    shown.show_project(project_id)
    assert moves()[-1] == "Close for applications"


def test_names_stay_behind_codes_until_they_are_revealed(app: App, store: Store) -> None:
    project_id = made.project(store)
    made.rubric(store, project_id)
    for name in ("Ada Lovelace", "Mary Somerville"):
        made.application(store, project_id, made.candidate(store, name))
    shown = page(app, project_id, PEOPLE)
    for tab in (BRIEF, PEOPLE, WORK, RUBRIC, HISTORY):
        shown.choose_tab(tab)
        assert not any(name in words(shown) for name in ("Ada", "Lovelace", "Mary", "Somerville"))
    shown.choose_tab(PEOPLE)
    press(shown, "Reveal…: 2 names are hidden behind codes until you decide.")
    save(app)
    assert "Ada Lovelace" in words(shown)
    assert "Mary Somerville" in words(shown)


def test_of_many_applications_some_are_shown_and_more_when_asked(app: App, store: Store) -> None:
    project_id = made.project(store)
    for at in range(ROWS + 3):
        made.application(store, project_id, made.candidate(store, f"Person {at:03}"))
    shown = page(app, project_id, PEOPLE)
    assert len([one for one in words(shown).split("\n") if one.endswith(": Applied")]) == ROWS
    press(shown, "3 more applications")
    said_now = words(shown)
    assert len([one for one in said_now.split("\n") if one.endswith(": Applied")]) == ROWS + 3
    assert "more applications" not in said_now


def test_from_the_shortlist_to_an_accepted_offer(app: App, store: Store, tmp_path: Path) -> None:
    project_id = made.project(store)
    application = made.application(store, project_id, made.candidate(store))
    shown = page(app, project_id, PEOPLE)
    press(shown, "Shortlist Ada Lovelace")
    press(shown, "Offer… Ada Lovelace")
    save(app, expires_on=TODAY + timedelta(days=7))
    press(shown, "Offer letter Ada Lovelace")
    paper = sheet(app).inside
    assert isinstance(paper, Preview)
    assert "Ada Lovelace" in paper.text()
    paper._save(tmp_path / "letter.pdf")
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF")
    assert [row["kind"] for _, row in listing(store, "disclosures", all_columns=True).rows] == ["letter"]
    app.desk.close_sheet()
    choose(shown, "More for Ada Lovelace", "Mark as sent…")
    save(app)
    press(shown, "Accepted… Ada Lovelace")
    save(app)
    press(shown, "To the work Ada Lovelace")
    assert shown._tab == WORK
    assert "$360 agreed" in words(shown)
    assert choosing.application_draft(store, application).project_id == project_id


@pytest.mark.parametrize(("verb", "then"), [("decline", "Offer… Ada Lovelace"), ("withdraw", "Offer… Ada Lovelace")])
def test_after_a_no_a_second_offer_may_follow(app: App, store: Store, verb: str, then: str) -> None:
    project_id = made.project(store)
    application = made.application(store, project_id, made.candidate(store))
    choosing.shortlist(store, application, today=TODAY)
    offer_id = made.drafted_offer(store, application)
    offer.send_offer(store, offer_id, today=TODAY)
    getattr(offer, f"{verb}_offer")(store, offer_id, today=TODAY)
    button(page(app, project_id, PEOPLE), then)


def test_each_step_of_the_work_has_its_form(app: App, store: Store) -> None:
    project_id = made.project(store)
    engagement = made.engagement(store, made.application(store, project_id, made.candidate(store)))
    shown = page(app, project_id, WORK)
    more = "More for the work of Ada Lovelace"
    choose(shown, more, "Call it off…")
    app.desk.close_sheet()
    press(shown, "Kick-off… Ada Lovelace")
    save(app)
    press(shown, "Log hours… Ada Lovelace")
    save(app, minutes=90)
    assert "1.5 of 12 h logged" in words(shown)
    extensions.ask_extension(store, engagement, TODAY + timedelta(days=40), today=TODAY)
    press(shown, "Give it: Asks for time until 1 Jan 2027.")
    assert said(app) == "The due date moved."
    press(shown, "Delivery… Ada Lovelace")
    save(app, note="The list")
    press(shown, "Send back… Ada Lovelace")
    save(app, why="Ten rows have no town.")
    press(shown, "Delivery… Ada Lovelace")
    save(app)
    press(shown, "Accept the work… Ada Lovelace")
    save(app)
    press(shown, "Record payment… Ada Lovelace")
    save(app, amount=10_000)
    assert "$360 agreed · $100 paid · $260 to pay now" in words(shown)
    choose(shown, more, "Student’s view…")
    save(app, overall=4)


def test_kick_off_in_exams_moves_with_its_due_date(app: App, store: Store) -> None:
    from core.work import gather
    from core.work.gather import SchoolDraft, SchoolPeriodDraft

    day = made.BRIEF.kick_off_on
    assert day is not None
    period = SchoolPeriodDraft(kind="exams", starts_on=day - timedelta(days=2), ends_on=day + timedelta(days=3))
    gather.add_school(store, SchoolDraft(name="Northfield College", periods=[period]), today=TODAY)
    project_id = made.project(store)
    shown = page(app, project_id)
    settle(shown)
    notice = next(one for one in seen(shown) if one.accessibleName().startswith("Move to"))
    notice.click()
    assert "other dates with it" in said(app)
    assert "Kick-off falls" not in words(shown)


def test_a_rubric_is_read_with_its_worded_levels(app: App, store: Store) -> None:
    project_id = made.project(store)
    shown = page(app, project_id, RUBRIC)
    press(shown, "Make the rubric")
    app.desk.close_sheet()
    made.rubric(store, project_id)
    first = rubrics.ready_made()["general"].criteria[0]
    assert {first.name, first.level_1, first.level_4} <= set(words(shown).splitlines())


def test_history_tells_what_changed(app: App, store: Store) -> None:
    project_id = made.project(store)
    shown = page(app, project_id, HISTORY)
    assert "Opened a project for applications" in words(shown)
    assert "Status: draft → open" in words(shown)


def _hostile(store: Store) -> str:
    return made.candidate(store, HOSTILE.strip(), emails=["ana@northfield.example.edu"])


def test_hostile_names_are_only_words(app: App, store: Store) -> None:
    project_id = made.project(store, title="<h1>Big</h1> & more")
    engagement = made.engagement(store, made.application(store, project_id, _hostile(store)))
    assert engagement
    for tab in (BRIEF, PEOPLE, WORK):
        shown = page(app, project_id, tab)
        assert "<h1>Big</h1> & more" in words(shown)
        if tab != BRIEF:
            assert HOSTILE.strip() in words(shown)
        app.desk.grab()


def test_undo_takes_a_step_back_and_the_page_shows_it(app: App, store: Store) -> None:
    project_id = made.project(store, opened=False)
    shown = page(app, project_id)
    press(shown, "Open for applications")
    store.undo()
    button(shown, "Open for applications")


def test_the_keyboard_stays_where_it_was(app: App, store: Store, qtbot: QtBot) -> None:
    project_id = made.project(store)
    made.application(store, project_id, made.candidate(store))
    shown = page(app, project_id, PEOPLE)
    edit = button(shown, "Edit the brief")
    edit.setFocus()
    edit.click()
    save(app, title="Clean both lists")
    assert "Clean both lists" in words(shown)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is button(shown, "Edit the brief"))


def test_fix_leads_to_the_field(app: App, store: Store, qtbot: QtBot) -> None:
    shown = page(app, made.project(store, opened=False, ai_policy=""))
    press(shown, "Fix: Say whether AI tools may be used")
    field = form(app).form.rows["ai_policy"].field
    qtbot.waitUntil(lambda: QApplication.focusWidget() is field)


def test_an_engagement_is_shown_where_its_work_stands(app: App, store: Store) -> None:
    project_id = made.project(store)
    engagement = made.engagement(store, made.application(store, project_id, made.candidate(store)))
    app.show("engagements", engagement)
    shown = app.places["projects"].project_page
    assert shown._pages is not None
    assert shown._pages.tabs.current() == WORK
    assert "Ada Lovelace" in words(shown)
