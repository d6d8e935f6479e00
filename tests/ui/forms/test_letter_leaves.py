"""A letter leaves by being saved, printed or mailed: each is put on record, and the next step is at hand."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter

from core.exchange.returned import read_form
from core.insight.records import listing, rows_where
from core.letter_text import LetterText
from core.model import Candidate
from core.store import Label, Store
from core.work import letter_templates
from tests.journeys.hand import Hand
from tests.support import made
from tests.support.stores import TODAY
from ui.forms.letter import LetterForm
from ui.widgets.panel import Scroll


@pytest.fixture
def project(store: Store) -> str:
    project = made.project(store)
    application = made.application(store, project, made.candidate(store))
    made.drafted_offer(store, application, expires_on=TODAY + timedelta(days=14))
    return project


def letter(hand: Hand, project: str) -> None:
    hand.go("Projects")
    hand.app.show("projects", project)
    hand.rest()
    hand.click("Applications")
    hand.click("Offer letter")
    hand.rest()


def status(store: Store) -> str:
    return str(rows_where(store, "offers")[0]["status"])


def left(store: Store) -> list[tuple[str, str]]:
    return [
        (str(row["kind"]), str(row["file_name"])) for _, row in listing(store, "disclosures", all_columns=True).rows
    ]


def kept(store: Store) -> list[str]:
    return [str(row["name"]) for row in rows_where(store, "documents")]


def test_from_the_project_to_a_letter_that_went(hand: Hand, store: Store, project: str, tmp_path: Path) -> None:
    letter(hand, project)
    assert not hand.paper.next.isVisible()
    hand.save_paper(tmp_path / "offer.pdf")
    hand.click("Mark as sent…")
    hand.click("Mark as sent")
    assert status(store) == "sent"
    assert kept(store) == ["offer.pdf"]


def test_what_is_printed_left_as_well(hand: Hand, store: Store, project: str, tmp_path: Path) -> None:
    letter(hand, project)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    hand.paper.print_on(printer)
    hand.app.tasks.wait_all()
    hand.sees("Sent to the printer")
    assert left(store) == [("letter", "printed")]
    assert kept(store) == ["Offer P-001 Ada Lovelace.pdf"]
    assert len(rows_where(store, "forms")) == 1
    assert hand.paper.next.isVisible()


@pytest.mark.qt_log_ignore("QPrinter|QPainter|QPdf|openFile", extend=True)
def test_a_printer_that_vanishes_takes_no_letter_along(hand: Hand, store: Store, project: str, tmp_path: Path) -> None:
    letter(hand, project)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "unplugged" / "printed.pdf"))
    hand.paper.print_on(printer)
    hand.app.tasks.wait_all()
    hand.sees("The printer did not take it. Look whether it is on and connected")
    assert left(store) == []
    assert kept(store) == []
    hand.save_paper(tmp_path / "offer.pdf")
    assert kept(store) == ["offer.pdf"]


def test_a_letter_goes_along_with_a_mail(hand: Hand, store: Store, project: str, tmp_path: Path) -> None:
    letter(hand, project)
    hand.click("Write with it…", hand.paper)
    hand.sees("With it goes: Offer P-001 Ada Lovelace.pdf", "We would be glad to have you on")
    hand.choosing(tmp_path)
    hand.click("Save as a draft…")
    (draft,) = [message_from_bytes(out.read_bytes(), policy=policy.default) for out in tmp_path.glob("*.eml")]
    (paper,) = list(draft.iter_attachments())
    (form,) = rows_where(store, "forms")
    assert read_form(paper.get_content()).codes[0] == form["code"]
    assert kept(store) == ["Offer P-001 Ada Lovelace.pdf"]
    assert status(store) == "drafted"
    hand.click("It went: log it")
    assert status(store) == "sent"
    assert len(rows_where(store, "touches")) == 1
    store.undo()
    assert status(store) == "drafted"


def test_who_wished_no_contact_is_said_first(hand: Hand, store: Store, project: str) -> None:
    person = str(rows_where(store, "candidates")[0]["id"])
    with store.change(Label.CANDIDATE_CHANGED) as session:
        session.get_one(Candidate, person).do_not_contact_on = TODAY
    letter(hand, project)
    form = hand.form
    assert isinstance(form, LetterForm)
    assert "not to be written to" in hand.problems()
    hand.click("Look at it")
    assert hand.paper.document.pageCount() >= 1


def test_an_offer_whose_day_has_passed_is_said_first(
    hand: Hand, store: Store, project: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTHOLD_TODAY", (TODAY + timedelta(days=20)).isoformat())
    letter(hand, project)
    assert "Give them more time first." in hand.problems()


def test_a_long_question_breaks(hand: Hand, store: Store, project: str) -> None:
    question = "What did you see them do in the two weeks " * 4
    text = LetterText(name="Long", about="person", title="T", text=f"{{ask: {question.strip()}?}}")
    key = letter_templates.save_letter(store, text, today=TODAY)
    hand.app.open_form("letter", candidate_id=str(rows_where(store, "candidates")[0]["id"]), about="person", key=key)
    hand.rest()
    form = hand.form
    assert isinstance(form, LetterForm)
    fields = form.findChild(Scroll)
    assert fields is not None
    assert form.form.minimumSizeHint().width() <= fields.viewport().width()


def test_a_letter_that_nobody_decided_on_is_said(hand: Hand, store: Store) -> None:
    person = made.candidate(store)
    row = made.application(store, made.project(store), person)
    hand.app.open_form("letter", candidate_id=person, about="application", about_id=row, key="letter-not-selected")
    hand.rest()
    assert "They were not declined" in hand.problems()
