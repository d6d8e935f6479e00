"""The year on the screen: looked at, zoomed, moved by mouse and by key, gaps filled, programs rolled over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.model import Colleague, SchoolPeriod
from core.store import Store
from core.work.brief import project_draft
from core.work.plan import MilestoneDraft
from core.work.todos import capture_todo
from tests.core.insight.build import Build
from tests.support import made
from tests.support.stores import TODAY
from tests.ui.places.screen import form, press, said, save, sheet, words
from ui.app import App
from ui.places.year_line import YearLine
from ui.tour import settle
from ui.widgets.timeline import ZOOMS, Timeline

KICK_OFF = made.BRIEF.kick_off_on or TODAY
WEEK = timedelta(weeks=1)


def place(app: App) -> YearLine:
    app.desk.go("year")
    app.tasks.wait_all()
    settle(app.desk)
    found = app.places["year"].show_page("Year")
    assert isinstance(found, YearLine)
    return found


def line(app: App) -> Timeline:
    found = place(app).line
    assert found is not None
    return found


def middle(shown: Timeline, at: int = 0) -> QPoint:
    rect = shown.scene.bar_rect(at)
    assert rect is not None
    return rect.center().toPoint()


def drag(shown: Timeline, begin: QPoint, days: float, *, drop: bool = True) -> None:
    under = shown.viewport()
    end = QPoint(round(begin.x() + days * shown.scene.scale.pixels), begin.y())
    QTest.mousePress(under, Qt.MouseButton.LeftButton, pos=begin)
    for part in (0.5, 1.0):
        QTest.mouseMove(under, QPoint(round(begin.x() + (end.x() - begin.x()) * part), begin.y()))
    if drop:
        QTest.mouseRelease(under, Qt.MouseButton.LeftButton, pos=end)


def key(shown: Timeline, code: Qt.Key, alt: bool = False) -> None:
    QTest.keyClick(shown, code, Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier)


def test_an_empty_year_says_what_will_stand_here(app: App) -> None:
    shown = place(app)
    assert "Nothing is planned yet" in words(shown)
    press(shown, "Plan the first project")
    assert form(app).noun == "projects"


def test_a_bar_is_dragged_by_whole_weeks_with_all_its_days(app: App, store: Store) -> None:
    parts = [MilestoneDraft(text="A list", due_on=KICK_OFF + timedelta(days=5))]
    project = made.project(store, opened=False, milestones=parts)
    shown = line(app)
    drag(shown, middle(shown), 15.6)
    moved = project_draft(store, project)
    assert moved.kick_off_on == KICK_OFF + 2 * WEEK
    assert moved.due_on == (made.BRIEF.due_on or TODAY) + 2 * WEEK
    assert moved.milestones[0].due_on == KICK_OFF + timedelta(days=19)
    assert "now goes from 26 Dec 2026" in said(app)
    assert shown.scene.view.bars[0].start == KICK_OFF + 2 * WEEK
    store.undo()
    assert shown.scene.view.bars[0].start == KICK_OFF


def test_while_one_drags_the_new_days_and_exams_are_named(app: App, store: Store) -> None:
    build = Build(store)
    school = build.school("North")
    hit = KICK_OFF + WEEK
    build.add(SchoolPeriod(school_id=school, kind="exams", starts_on=hit, ends_on=hit))
    made.project(store, opened=False)
    shown = line(app)
    drag(shown, middle(shown), 7, drop=False)
    assert shown.scene.preview.startswith("Kick-off 19 Dec · due 2 Jan 2027")
    assert "in exams at North" in shown.scene.preview
    shown.grab()
    key(shown, Qt.Key.Key_Escape)
    assert (shown.scene.shift, shown.scene.preview) == (0, "")
    QTest.mouseRelease(shown.viewport(), Qt.MouseButton.LeftButton)
    assert shown.scene.view.bars[0].start == KICK_OFF
    key(shown, Qt.Key.Key_Right, alt=True)
    assert "falls into exams at North" in said(app)


def test_what_runs_stays_and_says_why(app: App, store: Store) -> None:
    project = made.project(store)
    made.engagement(store, made.application(store, project, made.candidate(store)))
    shown = line(app)
    drag(shown, middle(shown), 14)
    assert "is running: its dates are agreed" in said(app)
    key(shown, Qt.Key.Key_Right, alt=True)
    assert project_draft(store, project).kick_off_on == KICK_OFF


def test_the_same_by_keyboard(app: App, store: Store, qtbot: QtBot) -> None:
    first = made.project(store, title="First", opened=False)
    later = {"kick_off_on": KICK_OFF + 4 * WEEK, "due_on": KICK_OFF + 6 * WEEK}
    second = made.project(store, title="Second", opened=False, **later)
    shown = line(app)
    shown.setFocus(Qt.FocusReason.TabFocusReason)
    assert "First" in shown.accessibleName()
    key(shown, Qt.Key.Key_Right)
    assert "P-002 Second, draft, 9 Jan 2027 to 23 Jan 2027" in shown.accessibleName()
    key(shown, Qt.Key.Key_Left, alt=True)
    assert project_draft(store, second).kick_off_on == KICK_OFF + 3 * WEEK
    key(shown, Qt.Key.Key_Right, alt=True)
    assert project_draft(store, second).kick_off_on == KICK_OFF + 4 * WEEK
    key(shown, Qt.Key.Key_Home)
    for _ in range(4):
        key(shown, Qt.Key.Key_Left, alt=True)
    assert "would lie in the past" in said(app)
    assert project_draft(store, first).kick_off_on == KICK_OFF - 2 * WEEK
    key(shown, Qt.Key.Key_Return)
    assert app.desk.place() == "projects"
    assert app.places["projects"].project_page.isVisible()


def test_without_dragging_by_buttons(app: App, store: Store) -> None:
    project = made.project(store, opened=False)
    shown = place(app)
    line(app).choose(project)
    press(shown, "A week later")
    press(shown, "A week later")
    assert project_draft(store, project).kick_off_on == KICK_OFF + 2 * WEEK
    assert "P-001 Clean the mailing list" in words(shown)
    press(shown, "Open")
    assert app.desk.place() == "projects"


def test_zooming_keeps_the_day_and_goes_by_wheel_key_button_and_choice(app: App, store: Store) -> None:
    made.project(store)
    at, shown = place(app), line(app)
    for code, days in ((Qt.Key.Key_Plus, 91), (Qt.Key.Key_Plus, 42), (Qt.Key.Key_Minus, 91), (Qt.Key.Key_Minus, 183)):
        key(shown, code)
        assert shown.scene.days == days
    before = shown.scene.x(TODAY)
    press(at, "Show less time")
    assert shown.scene.x(TODAY) == pytest.approx(before, abs=1)
    where = QPointF(500, 100)
    day = shown.scene.scale.day(500 - shown.scene.gutter + shown.scene.left)
    turn = QWheelEvent(
        where, where, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(shown.viewport(), turn)
    assert shown.scene.days == pytest.approx(91 * 0.8)
    assert abs((shown.scene.scale.day(500 - shown.scene.gutter + shown.scene.left) - day).days) <= 1
    at.span.set_value(ZOOMS[3])
    at.span.changed.emit()
    assert shown.scene.days == 366


def test_panning_and_the_way_back_to_today(app: App, store: Store) -> None:
    made.project(store)
    at, shown = place(app), line(app)
    first = shown.seen()[0]
    press(at, "Later")
    assert (shown.seen()[0] - first).days == pytest.approx(91, abs=1)
    key(shown, Qt.Key.Key_PageUp)
    assert abs((shown.seen()[0] - first).days) <= 1
    drag(shown, QPoint(700, shown.scene.head + 5), -30)
    assert (shown.seen()[0] - first).days == pytest.approx(30, abs=1)
    for _ in range(40):
        shown.pan(200)
    assert shown.seen()[1] <= shown.scene.view.end + timedelta(days=1)
    press(at, "Today")
    assert shown.seen()[0] <= TODAY <= shown.seen()[1]


def test_schools_unfold_and_everything_has_words(app: App, store: Store) -> None:
    build = Build(store)
    for number in range(12):
        school = build.school(f"College {number:02}")
        build.add(SchoolPeriod(school_id=school, kind="exams", starts_on=KICK_OFF, ends_on=KICK_OFF + WEEK))
    build.add(Colleague(name="Ben Ortiz", role="supervisor", hours_a_week=0))
    ben = build.add(Colleague(name="Eve Adu", role="supervisor", hours_a_week=1, left_on=TODAY))
    build.project("Nobody's", status="draft", kick_off_on=KICK_OFF, due_on=KICK_OFF + WEEK)
    build.project("Eve's", status="draft", kick_off_on=KICK_OFF, due_on=KICK_OFF + WEEK, supervisor_id=ben)
    at, shown = place(app), line(app)
    scene = shown.scene
    x = scene.x(KICK_OFF) + 5
    assert "Exams at 12 schools" in shown.words_at(QPointF(x, scene.head + 10))
    press(at, "Each school")
    assert len(scene.schools) == 12
    assert scene.school_row * 12 == scene.schools_height
    assert "Exams at College 00" in shown.words_at(QPointF(x, scene.body_top + 5))
    press(at, "One row for all schools")
    rows = {load.name: shown.words_at(QPointF(x, scene.load_y(n) + 9)) for n, load in enumerate(scene.view.loads)}
    assert "Eve Adu left on 22 Nov 2026" in rows["Eve Adu"]
    assert "about 1 h for 1 student" in rows["No supervisor yet"]
    assert scene.view.loads[-1].name == "No supervisor yet"


def test_a_gap_is_filled_by_a_project_or_by_a_to_do(app: App, store: Store) -> None:
    build = Build(store)
    person = build.person("Ada Lovelace", build.school(), date(2028, 5, 31))
    build.pooled(person)
    capture_todo(store, "Sort the archive", today=TODAY)
    made.project(store, opened=False)
    shown = place(app)
    gap = line(app).scene.view.gaps[0]
    assert "1 candidate of your pool is free then" in words(shown)
    press(shown, f"Who is free: {gap.words}")
    assert "Ada Lovelace" in words(sheet(app))
    app.desk.close_sheet()
    press(shown, f"Plan something: {gap.words}")
    assert form(app).form.values()["kick_off_on"] == gap.start
    app.desk.close_sheet()
    press(shown, f"Make a project for {gap.words}: Sort the archive")
    values = form(app).form.values()
    assert (values["title"], values["kick_off_on"]) == ("Sort the archive", gap.start)


def test_the_head_tells_what_is_in_sight(app: App, store: Store) -> None:
    made.project(store, opened=False)
    made.project(store, opened=False, kick_off_on=None, due_on=None, apply_by=None)
    told = place(app).subtitle()
    assert "1 project ·" in told
    assert "1 without a day" in told


def test_it_prints_what_is_in_sight(app: App, store: Store) -> None:
    made.project(store)
    place(app).print_list()
    assert sheet(app).accessibleName() == "Year"


def test_a_program_is_made_rolled_over_and_removed(app: App, store: Store) -> None:
    made.project(store)
    app.desk.go("year")
    page = app.places["year"].show_page("Programs")
    assert "nothing agreed" in words(page)
    press(page, "Set goals… 2026")
    save(app, goal_projects=4)
    assert "of 4" in words(page)
    press(page, "Roll over… 2026")
    save(app)
    assert "rolled over into 2027" in words(page)
    press(page, "Remove 2027")
    assert "2027 is removed" in said(app)
    assert "rolled over into" not in words(page)
