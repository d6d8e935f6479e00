"""The page of an engagement: what must be ready, its course, talks, hours, files and what holds it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget
from sqlalchemy import select

from core.insight.at_work import engagement
from core.model import Disclosure
from core.store import Store
from core.work import hours, run
from core.work.authorisation import AuthorisationDraft, set_authorisation
from tests.support import made
from tests.support.stores import TODAY
from tests.ui.places.screen import form, press, said, save, seen, words
from ui.app import App
from ui.places.project_page import WORK, ProjectPage
from ui.widgets.files_field import FilesField


@pytest.fixture
def project(store: Store) -> str:
    return made.project(store, kick_off_on=TODAY)


@pytest.fixture
def person(store: Store) -> str:
    return made.candidate(store)


@pytest.fixture
def work(store: Store, project: str, person: str) -> str:
    return made.engagement(store, made.application(store, project, person))


def page(app: App, project_id: str, tab: int) -> ProjectPage:
    app.desk.go("projects")
    place = app.places["projects"]
    place.choose(project_id)
    shown = place.project_page
    assert isinstance(shown, ProjectPage)
    shown.choose_tab(tab)
    return shown


def tick(shown: QWidget, name: str) -> QCheckBox:
    (box,) = (one for one in shown.findChildren(QCheckBox) if one.isVisible() and one.accessibleName() == name)
    box.click()
    return box


def test_the_list_before_the_kick_off_is_ticked_and_asks_for_the_window(
    app: App, store: Store, project: str, person: str, work: str
) -> None:
    shown = page(app, project, WORK)
    assert "0 of 6 ready" in words(shown)
    tick(shown, "Access and tools are ready")
    assert "1 of 6 ready" in words(shown)
    box = tick(shown, "Work authorisation is checked")
    assert "No work authorisation is noted" in said(app)
    assert not box.isChecked()
    press(shown, "Note it… Work authorisation is checked")
    save(app, kind="cpt")
    assert "has no window yet" in words(shown)
    tick(shown, "Work authorisation is checked")
    assert "2 of 6 ready" in words(shown)


def test_a_kick_off_that_is_held_asks_why(app: App, store: Store, project: str, person: str, work: str) -> None:
    set_authorisation(store, AuthorisationDraft(candidate_id=person, kind="cpt"), today=TODAY)
    shown = page(app, project, WORK)
    press(shown, "Kick-off… Ada Lovelace")
    held = form(app)
    assert not held.try_save()
    assert "no window yet" in held.problem.words.text()
    assert held.why_row.isVisible()
    held.why.set_value("Confirmed by the office.")
    assert held.try_save()
    assert "It goes on all the same: Confirmed by the office." in words(shown)


def test_the_message_is_copied_saved_and_marked_as_sent(
    app: App, store: Store, project: str, work: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = page(app, project, WORK)
    press(shown, "Write it… The kick-off message is sent")
    held = form(app)
    press(held.foot, "Copy the message")
    assert "Dear Ada" in QGuiApplication.clipboard().text()
    out = tmp_path / "Kick-off"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    press(held.foot, "Save as a mail draft…")
    assert b"X-Unsent: 1" in out.with_suffix(".eml").read_bytes()
    assert held.try_save()
    assert engagement(store, work, today=TODAY).kick_off.checks == ("message",)


def test_a_milestone_is_completed_and_opened_again_by_one_click(
    app: App, store: Store, project: str, work: str
) -> None:
    run.start(store, work, today=TODAY)
    shown = page(app, project, WORK)
    assert "0 of 2 are completed" in words(shown)
    tick(shown, "A list without doubles")
    assert "1 of 2 are completed" in words(shown)
    assert "done 22 Nov" in words(shown)
    tick(shown, "A list without doubles")
    assert "0 of 2 are completed" in words(shown)


def test_talks_are_planned_recorded_and_taken_off(app: App, store: Store, project: str, work: str) -> None:
    run.start(store, work, today=TODAY)
    shown = page(app, project, WORK)
    press(shown, "Plan the next check-in")
    save(app, note="First questions")
    assert "planned · First questions" in words(shown)
    press(shown, "Record one… Check-ins")
    save(app, minutes=20, note="All is clear")
    assert "1 held · 20 min of yours" in words(shown)
    press(shown, "Take the check-in of 22 Nov off")
    assert "20 min" not in words(shown)


def test_hours_are_listed_by_day_and_beyond_the_estimate_is_said(
    app: App, store: Store, project: str, work: str
) -> None:
    run.start(store, work, today=TODAY)
    for minutes in (60, 60, 60, 60, 90):
        hours.log_hours(store, work, minutes, today=TODAY)
    shown = page(app, project, WORK)
    assert "5.5 of 12 h logged" in words(shown)
    press(shown, "Show all hours of Ada Lovelace")
    assert words(shown).count("22 Nov · 1 h") == 5
    press(shown, "Edit 1 h 30 min of 22 Nov")
    save(app, minutes=600, note="A long day")
    assert "14 of 12 h logged, 2 h over the estimate; the fee stays as agreed" in words(shown)
    press(shown, "Take 10 h of 22 Nov off")
    assert "h over" not in words(shown)


def test_a_file_is_dropped_kept_looked_at_and_saved_out(
    app: App, store: Store, project: str, work: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.start(store, work, today=TODAY)
    picture = tmp_path / "Front <b>page.png"
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    image.save(str(picture))
    shown = page(app, project, WORK)
    press(shown, "Delivery… Ada Lovelace")
    (field,) = form(app).findChildren(FilesField)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture)), QUrl("https://example.org/x.png")])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    field.dropEvent(drop)
    assert field.value() == [str(picture)]
    save(app, note="The front page")
    assert "Front -b-page.png" in words(shown)
    press(shown, "Look at Front -b-page.png")
    assert app.desk.layer.sheet is not None
    assert "Picture, 40 by 30 pixels" in [one.accessibleName() for one in seen(app.desk.layer.sheet, QWidget)]
    app.desk.close_sheet()
    out = tmp_path / "out.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    press(shown, "Save Front -b-page.png as…")
    assert out.read_bytes() == picture.read_bytes()
    with store.read() as session:
        assert [one.kind for one in session.scalars(select(Disclosure))] == ["file"]
    press(shown, "Take Front -b-page.png off")
    assert "Front -b-page.png" not in words(shown)
    store.undo()
    assert engagement(store, work, today=TODAY).deliveries[0].files[0].size == picture.stat().st_size
