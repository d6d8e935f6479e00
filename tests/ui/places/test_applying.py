"""A mail that is dropped on the window is shown field by field, and kept only when one says so."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox

from core.insight.records import listing
from core.store import Store
from tests.support import made
from tests.support.tables import tables
from tests.ui.forms.cases_mail import MAIL
from tests.ui.places.screen import form, said
from ui.app import App
from ui.forms.applying import ApplyingForm


def eml(folder: Path, *, name: str = "Grace.eml") -> Path:
    message = EmailMessage()
    message["From"] = "Grace Hopper <grace@northfield.example.edu>"
    message["Subject"] = "P-001"
    message.set_content("How would you find doubles?\nBy sorting them.\n\nBest regards\nGrace Hopper\n")
    message.add_attachment(b"%PDF-1.7 a", maintype="application", subtype="pdf", filename="CV & more.pdf")
    message.add_attachment(b"other", maintype="application", subtype="octet-stream", filename="notes.bin")
    path = folder / name
    path.write_bytes(message.as_bytes())
    return path


def shown(app: App) -> ApplyingForm:
    app.tasks.wait_all()
    found = form(app)
    assert isinstance(found, ApplyingForm)
    return found


def value(held: ApplyingForm, key: str) -> object:
    return held.form.rows[key].field.value()  # type: ignore[attr-defined]


def test_a_dropped_mail_is_looked_at_and_kept_as_one_change(app: App, store: Store, tmp_path: Path) -> None:
    project = made.project(store)
    (question,) = made.questions(store, project)
    before, steps = tables(store), len(store.history())
    app._dropped([eml(tmp_path)])
    held = shown(app)
    assert (value(held, "first_name"), value(held, "emails")) == ("Grace", ["grace@northfield.example.edu"])
    assert value(held, "project_id") == project
    assert held.answers.values() == {f"answers.{question}": "By sorting them."}
    ticks = held.files.findChildren(QCheckBox)
    assert [tick.text() for tick in ticks] == ["CV && more.pdf · 10 bytes", "notes.bin · 5 bytes"]
    ticks[1].setChecked(False)
    assert tables(store) == before
    assert held.try_save()
    assert len(store.history()) == steps + 1
    assert "the application" in said(app)
    assert [row["name"] for _, row in listing(store, "documents").rows] == ["CV & more.pdf"]
    assert len(listing(store, "applications").rows) == 1
    store.undo()
    assert {k: v for k, v in tables(store).items() if k != "document_bodies"} == {
        k: v for k, v in before.items() if k != "document_bodies"
    }


def test_one_who_is_known_is_proposed_and_may_be_someone_else(app: App, store: Store, tmp_path: Path) -> None:
    grace = made.candidate(store, "Grace Hopper", emails=["grace@northfield.example.edu"])
    app._dropped([eml(tmp_path)])
    held = shown(app)
    assert value(held, "person") == grace
    held.person.set_value(None)
    assert not held.try_save()
    assert "is the address of Grace Hopper. Choose them above" in held.problem.words.text()
    held.person.set_value(grace)
    assert held.try_save()
    assert len(listing(store, "candidates").rows) == 1


def test_two_may_share_the_address_of_a_mail(app: App, store: Store, tmp_path: Path) -> None:
    made.candidate(store, "Ruth Hopper", emails=["grace@northfield.example.edu"])
    before = tables(store)
    app._dropped([eml(tmp_path)])
    held = shown(app)
    held.person.set_value(None)
    assert not held.try_save()
    assert held.try_save()
    assert len(listing(store, "candidates").rows) == 2
    assert len(tables(store)["different_people"]) == 1
    store.undo()
    assert tables(store)["candidates"] == before["candidates"]


def test_another_project_asks_its_own_questions(app: App, store: Store) -> None:
    made.project(store)
    app.open_form("applying", words=MAIL)
    held = shown(app)
    assert len(held.answers.rows) == 1
    held.project.set_value(None)
    held.project.changed.emit()
    assert held.answers.rows == {}
    assert held.try_save()
    assert listing(store, "applications").rows == []


def test_what_was_pasted_is_there_again_after_closing(app: App, store: Store) -> None:
    app.open_form("applying")
    held = shown(app)
    assert not held.save_button.isEnabled()
    held.words.set_value(MAIL)
    held.keep()
    app.desk.close_sheet()
    app.open_form("applying")
    assert value(shown(app), "last_name") == "Hopper"


@pytest.mark.parametrize(("data", "words"), [(b"", "is empty"), (b"\n\nx", "no mail")])
def test_what_is_no_mail_is_told(app: App, tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(data)
    app.open_form("applying", path=path)
    held = shown(app)
    assert words in held.problem.words.text()
    assert not held.save_button.isEnabled()


def test_closing_while_a_mail_is_read_is_no_trouble(app: App, tmp_path: Path) -> None:
    app.open_form("applying", path=eml(tmp_path))
    app.desk.close_sheet()
    app.tasks.wait_all()
    assert app.desk.layer.sheet is None


def test_a_mail_among_tables_is_read_as_a_mail(app: App, tmp_path: Path) -> None:
    path = eml(tmp_path)
    app.open_form("import")
    held = form(app)
    object.__setattr__(app.context, "ask_file", lambda *_: path)
    held.choose()  # type: ignore[attr-defined]
    assert value(shown(app), "first_name") == "Grace"
