"""The schools: the list with what came of each, reach with the rows behind it, contacts, the calendar, the form."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from core.insight.schools import school_page
from core.store import Store
from core.work import schools
from core.work.schools import SchoolContactDraft, SchoolDraft, SchoolPeriodDraft, add_school, school_draft
from tests.support import made
from tests.support.stores import TODAY
from tests.ui.places import screen
from ui.app import App
from ui.places.candidates import Candidates
from ui.places.schools import Schools
from ui.tour import settle
from ui.widgets.contacts_field import ContactsField

EXAMS = SchoolPeriodDraft(kind="exams", starts_on=TODAY - timedelta(days=1), ends_on=TODAY + timedelta(days=4))


@pytest.fixture
def north(store: Store) -> str:
    draft = SchoolDraft(
        name="Northfield College",
        is_focus=True,
        domains=["northfield.example.edu"],
        contacts=[SchoolContactDraft(office="Career services", name="Mia Lee", email="mia@northfield.example.edu")],
        periods=[EXAMS],
    )
    return add_school(store, draft, today=TODAY)


@pytest.fixture
def place(app: App, store: Store, north: str) -> Schools:
    project = made.project(store)
    made.application(store, project, made.candidate(store, source="Career fair"))
    made.application(store, project, made.candidate(store, "Bo Chen", school_name="South College"))
    app.desk.go("candidates")
    host = app.places["candidates"]
    assert isinstance(host, Candidates)
    page = host.show_page("Schools")
    assert isinstance(page, Schools)
    settle(app.desk)
    return page


def cells(place: Schools) -> list[list[str]]:
    model = place._model
    return [
        [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for row in range(len(model.ids))
    ]


def test_each_school_stands_with_what_came_of_it_and_its_calendar(place: Schools) -> None:
    assert cells(place) == [
        ["Northfield College", "focus", "1", "1", "", "", "Exams now, to 26 Nov"],
        ["South College", "", "1", "1", "", "", ""],
    ]
    assert place.subtitle() == "2 schools · 1 in focus"


def test_the_list_is_narrowed_and_sorted(place: Schools) -> None:
    place.which.set_value("other")
    place.which.changed.emit()
    assert [row[0] for row in cells(place)] == ["South College"]
    place.which.set_value("")
    QTest.keyClicks(place.wanted, "NORTH")
    assert [row[0] for row in cells(place)] == ["Northfield College"]
    place.wanted.set_value("")
    place._sort_by("name", True)
    assert [row[0] for row in cells(place)] == ["South College", "Northfield College"]


def test_the_page_holds_contacts_calendar_and_people_behind_a_count(app: App, place: Schools, north: str) -> None:
    place.choose(north)
    words = screen.words(place.panel)
    for part in ("Mia Lee, Career services", "mia@northfield.example.edu", "Exams, 21 to 26 November 2026"):
        assert part in words
    assert "Class years roll over on 15 August." in words
    screen.press(place.panel, "1: study there now")
    words = screen.words(screen.sheet(app))
    assert "Ada Lovelace" in words
    screen.press(screen.sheet(app), "Open: Ada Lovelace")
    app.tasks.wait_all()
    assert app.desk.layer.sheet is None
    host = app.places["candidates"]
    assert isinstance(host, Candidates)
    assert "Ada Lovelace" in screen.words(host.candidate_page)


def test_reach_opens_the_rows_behind_each_figure(app: App, place: Schools) -> None:
    words = screen.words(place.strip)
    assert "1 of 2 from outside focus" in words
    screen.press(place.strip, "50 %: 1 of 2 from outside focus")
    words = screen.words(screen.sheet(app))
    for part in ("Ada Lovelace", "Bo Chen", "outside focus", "in the period whose enrolment then was"):
        assert part in words
    app.desk.close_sheet()
    screen.press(place.strip, "Career fair 1 of 2")
    words = screen.words(screen.sheet(app))
    assert "Ada Lovelace" in words
    assert "Bo Chen" not in words


def test_the_sources_that_have_no_room_are_behind_one_link(app: App, place: Schools, store: Store) -> None:
    project = made.project(store)
    for at, source in enumerate(["Fair", "Friend", "Letter", "Poster", "Poster"]):
        made.application(store, project, made.candidate(store, f"Person No{at}", source=source))
    place.refresh()
    settle(app.desk)
    words = screen.words(place.strip)
    assert "Poster 2" in words
    screen.press(place.strip, "others 2 of 7")
    words = screen.words(screen.sheet(app))
    for part in ("Other sources", "2 of 7 who applied this year.", "Letter", "Not noted"):
        assert part in words


def test_focus_is_turned_and_undone(app: App, place: Schools, store: Store, north: str) -> None:
    place.choose(north)
    screen.choose(place.panel, "More for Northfield College", "No focus school")
    settle(app.desk)
    assert not school_page(store, north, today=TODAY).line.is_focus
    assert "2 of 2 from outside focus" in screen.words(place.strip)
    store.undo()
    assert school_page(store, north, today=TODAY).line.is_focus


def test_a_school_is_added_from_here_with_several_contacts(
    app: App, place: Schools, store: Store, qtbot: QtBot
) -> None:
    command = place.primary()
    command.run()
    form = screen.form(app)
    for key, value in (("name", "West College"), ("office", "Careers"), ("email", "west@west.example.edu")):
        form.form.rows[key].field.set_value(value)
    more = form.form.rows["more_contacts"].field
    assert isinstance(more, ContactsField)
    screen.press(more, "Add a contact…")
    fields = {one.accessibleName(): one for one in more.findChildren(QLineEdit)}
    QTest.keyClicks(fields["Person of contact 2"], "Sam Dean")
    QTest.keyClicks(fields["E-mail of contact 2"], "sam at west")
    assert not form.try_save()
    assert "“sam at west” is no e-mail address" in form.form.rows["more_contacts"].error.text()
    fields["E-mail of contact 2"].setText("sam@west.example.edu")
    assert form.try_save()
    app.tasks.wait_all()
    west = schools.find_school(store, "West College")
    assert west is not None
    assert [(one.name, one.email) for one in school_draft(store, west).contacts] == [
        ("", "west@west.example.edu"),
        ("Sam Dean", "sam@west.example.edu"),
    ]
    app.open_form("schools", west)
    form = screen.form(app)
    screen.press(form, "Remove contact 2")
    assert form.try_save()
    assert len(school_draft(store, west).contacts) == 1


def test_without_a_school_it_says_what_goes_there(app: App) -> None:
    app.desk.go("candidates")
    host = app.places["candidates"]
    assert isinstance(host, Candidates)
    words = screen.words(host.show_page("Schools"))
    for part in ("No school yet", "Add a school", "none yet"):
        assert part in words


def test_a_school_that_was_found_is_shown_on_its_page(app: App, place: Schools, north: str) -> None:
    place.which.set_value("other")
    place.which.changed.emit()
    app.desk.go("today")
    app.show("schools", north)
    settle(app.desk)
    assert "Mia Lee, Career services" in screen.words(place.panel)
    assert app.desk.layer.sheet is None
