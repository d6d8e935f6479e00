"""What people type is printed as typed; what stands in a letter’s way is said, and the letter is still there."""

from __future__ import annotations

import errno
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

from core.exchange.form_filling import filled
from core.insight.records import listing, rows_where
from core.model import Employer
from core.store import Label, Store
from tests.core.paper import readback
from tests.journeys.conftest import FIRST_DAY
from tests.journeys.hand import Hand
from tests.support import made
from ui.forms.letter import LetterForm
from ui.widgets.preview import NO_PRINTER, Preview

HOSTILE = [
    '<img src="/etc/passwd"/>',
    "<img src='https://x.example/a.png' width='9'>",
    "<b>Bold</i> & <para>",
    "&amp; &lt;b&gt; &#65; &nbsp;",
    '<a href="javascript:x">y</a>',
    "{first_name} {if why} # - {the answer}",
    "%s {0} \\n ]]> endobj",
]
ASK = "ask: What did they do that helped you most?"
UNTIL = FIRST_DAY + timedelta(days=14)


def words_of(path: Path) -> str:
    reader = pypdf.PdfReader(path)
    assert not any("/Annots" in page and "/A " in str(page["/Annots"]) for page in reader.pages)
    return readback.squeezed("".join(page.extract_text() for page in reader.pages))


def offered(store: Store, **project: Any) -> tuple[str, str, str]:
    """Project, person, offer."""
    project_id = made.project(store, FIRST_DAY, **project)
    person = made.candidate(store, "Ada Lovelace", FIRST_DAY)
    application = made.application(store, project_id, person, FIRST_DAY)
    return project_id, person, made.drafted_offer(store, application, FIRST_DAY, expires_on=UNTIL)


def look(hand: Hand, project: str) -> Preview:
    hand.go("Projects")
    hand.app.show("projects", project)
    hand.rest()
    hand.click("Applications")
    hand.click("Offer letter")
    return hand.paper


def left(store: Store) -> int:
    return len(listing(store, "disclosures").rows)


# --- markup is words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", HOSTILE)
def test_in_a_name_a_title_a_fee_word_and_the_business(hand: Hand, store: Store, tmp_path: Path, said: str) -> None:
    project = made.project(store, FIRST_DAY, title=said, summary=said, why_it_matters=said, tools=said)
    person = made.candidate(store, f"Ada {said}", FIRST_DAY, emails=["ada@x.example.edu"], nickname=said)
    application = made.application(store, project, person, FIRST_DAY)
    made.drafted_offer(store, application, FIRST_DAY, expires_on=UNTIL, note=said)
    with store.change(Label.EMPLOYER_CHANGED) as session:
        session.query(Employer).one().signatory_title = said
    paper = look(hand, project)
    hand.save_paper(tmp_path / "letter.pdf")
    told = words_of(tmp_path / "letter.pdf")
    assert told.count(readback.squeezed(said)) >= 6, told
    assert readback.squeezed(said) in readback.squeezed(paper.text())
    assert not list(pypdf.PdfReader(tmp_path / "letter.pdf").pages[0].images)


@pytest.mark.parametrize("said", HOSTILE)
def test_in_an_answer_to_what_a_letter_asks(hand: Hand, store: Store, tmp_path: Path, said: str) -> None:
    application = made.application(store, made.project(store, FIRST_DAY), made.candidate(store, today=FIRST_DAY))
    work = made.engagement(store, application, FIRST_DAY)
    person = str(rows_where(store, "candidates")[0]["id"])
    hand.app.open_form("letter", candidate_id=person, about="work", about_id=work, key="letter-thank-you")
    hand.rest()
    form = hand.form
    assert isinstance(form, LetterForm)
    form._asked.set_value({ASK: said, "reply_to": "hello@example.com"})
    hand.click("Look at it")
    assert hand.paper
    hand.save_paper(tmp_path / "thanks.pdf")
    assert readback.squeezed(said) in words_of(tmp_path / "thanks.pdf")


@pytest.mark.parametrize("said", [one for one in HOSTILE if "{" not in one])
def test_in_a_letters_own_text_and_term(hand: Hand, store: Store, tmp_path: Path, said: str) -> None:
    project, person, offer = offered(store)
    hand.app.open_form("letter_term")
    hand.rest()
    hand.fill(name=f"T {said}", words=said)
    hand.save()
    term = str(rows_where(store, "templates", kind="term")[0]["key"])
    hand.app.open_form("letter_text", "letter-offer")
    hand.rest()
    hand.fill(kicker=said, title=said)
    hand.form.form.rows["text"].field.set_value(f"{said}\n\n# {said}\n- {said}\n\n{{the conditions}}\n\n{{the answer}}")
    hand.save()
    hand.app.open_form("letter", candidate_id=person, about="offer", about_id=offer, key="letter-offer")
    hand.rest()
    form = hand.form
    assert isinstance(form, LetterForm)
    form._terms.set_value([term])
    hand.click("Look at it")
    assert hand.paper
    hand.save_paper(tmp_path / "letter.pdf")
    assert words_of(tmp_path / "letter.pdf").count(readback.squeezed(said)) >= 7
    assert project


# --- what stands in the way -------------------------------------------------------------------------------------------


def test_a_letter_held_by_another_program(
    hand: Hand, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Windows has it: nothing takes the place of a file that is open elsewhere."""
    project, _, _ = offered(store)
    out = tmp_path / "papers" / "offer.pdf"
    out.parent.mkdir()
    out.write_bytes(b"of yesterday")
    replace = os.replace

    def held(one: str, other: str, **more: Any) -> None:
        if Path(other) == out:
            raise PermissionError(errno.EACCES, "held")
        replace(one, other, **more)

    paper = look(hand, project)
    hand.choosing(out)
    with monkeypatch.context() as patch:
        patch.setattr("os.replace", held)
        hand.click("Save as…", paper)
    assert "offer.pdf" in paper.problem.words.text()
    assert [(one.name, one.read_bytes()) for one in out.parent.iterdir()] == [("offer.pdf", b"of yesterday")]
    assert (left(store), rows_where(store, "documents")) == (0, [])
    hand.save_paper(out)
    assert out.read_bytes().startswith(b"%PDF")
    assert left(store) == 1


@pytest.mark.platform("linux")
def test_many_letters_into_a_folder_without_rights(hand: Hand, store: Store, tmp_path: Path) -> None:
    offered(store)
    hand.app.open_form("many_letters")
    hand.rest()
    hand.choosing(Path("/sys/kernel"))
    hand.click("Choose a folder…")
    hand.app.tasks.wait_all()
    hand.rest()
    assert "may not be written to /sys/kernel. Choose another folder." in hand.said()
    assert (left(store), rows_where(store, "documents")) == (0, [])
    folder = tmp_path / "letters"
    folder.mkdir()
    hand.app.open_form("many_letters")
    hand.rest()
    hand.choosing(folder)
    hand.click("Choose a folder…")
    hand.app.tasks.wait_all()
    assert [one.name for one in folder.iterdir()] == ["Offer P-001 Ada Lovelace.pdf"]


def test_letters_that_are_there_already_get_others_beside_them(hand: Hand, store: Store, tmp_path: Path) -> None:
    offered(store)
    folder = tmp_path / "letters"
    folder.mkdir()
    for _ in range(2):
        hand.app.open_form("many_letters")
        hand.rest()
        hand.choosing(folder)
        hand.click("Choose a folder…")
        hand.app.tasks.wait_all()
        hand.rest()
    assert sorted(one.name for one in folder.iterdir()) == [
        "Offer P-001 Ada Lovelace 2.pdf",
        "Offer P-001 Ada Lovelace.pdf",
    ]
    assert "--force" not in hand.said()


@pytest.mark.qt_log_ignore("QPrinter|QPainter|QPdf|openFile", extend=True)
def test_no_printer_and_one_that_is_gone(
    hand: Hand, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, _, _ = offered(store)
    paper = look(hand, project)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    hand.click("Print…", paper)
    assert paper.problem.words.text() == NO_PRINTER
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["Front desk"]))

    def chosen(dialog: QPrintDialog, *_: object) -> None:
        """It was there when the system's window was opened, and is switched off before the first page."""
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "unplugged" / "x.pdf"))
        dialog.accepted.emit(printer)

    monkeypatch.setattr("ui.widgets.preview.QDialog.open", chosen)
    hand.click("Print…", paper)
    hand.app.tasks.wait_all()
    hand.sees("The printer did not take it. Look whether it is on and connected, and print again, or save the paper")
    assert left(store) == 0
    hand.save_paper(tmp_path / "letter.pdf")
    assert left(store) == 1


def test_a_signed_letter_that_another_program_holds(
    hand: Hand, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, _, _ = offered(store)
    look(hand, project)
    hand.save_paper(tmp_path / "offer.pdf")
    hand.press("Esc")
    back = tmp_path / "signed.pdf"
    back.write_bytes(filled((tmp_path / "offer.pdf").read_bytes(), {"answer": "accept", "name": "Ada Lovelace"}))
    read = Path.read_bytes

    def held(one: Path) -> bytes:
        if one == back:
            raise PermissionError(errno.EACCES, "held")
        return read(one)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", held)
        hand.desk.files_dropped.emit([back])
        hand.rest()
    hand.sees("another program has it open. Close it there")
    hand.click("Cancel")
    hand.desk.files_dropped.emit([back])
    hand.rest()
    hand.click("Take in 1 form")
    assert rows_where(store, "offers")[0]["status"] == "accepted"
