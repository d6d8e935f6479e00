"""A paper is read, copied, saved where the person says, and printed in its own size."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from core.paper import report
from core.paper.facts import Moment
from tests.core.paper import samples
from ui.tasks import Tasks
from ui.theme import Theme
from ui.widgets.paper_bar import STEPS
from ui.widgets.preview import DPI, NO_PRINTER, Preview, print_pdf


def paper(pages: int = 2) -> bytes:
    """A Letter paper and, from the second page on, one lying on its side."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(writer)
    for number in range(pages):
        if number:
            writer.setPageOrientation(QPageLayout.Orientation.Landscape)
            writer.newPage()
        painter.drawText(QRectF(900, 900, 6000, 900), f"Page {number + 1} of an offer")
    painter.end()
    buffer.close()
    return bytes(held.data())


@pytest.fixture
def look(qapp: QApplication) -> None:
    Theme.apply(qapp, "light")


def test_it_is_named_read_and_copied(look: None, qtbot: QtBot, tmp_path: Path) -> None:
    preview = Preview(paper(), "Offer letter", lambda _path: None)
    qtbot.addWidget(preview)
    assert preview.view.accessibleName() == "Offer letter, 2 pages"
    assert "Page 1 of an offer" in preview.view.accessibleDescription()
    preview.copy()
    assert "Page 2 of an offer" in QApplication.clipboard().text()


def test_it_is_printed_page_by_page_in_its_own_size(look: None, qtbot: QtBot, tmp_path: Path) -> None:
    preview = Preview(paper(3), "Offer letter", lambda _path: None)
    qtbot.addWidget(preview)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    assert print_pdf(preview.document, printer) == 3
    printed = QPdfDocument()
    printed.load(str(tmp_path / "printed.pdf"))
    sizes = [printed.pagePointSize(page) for page in range(printed.pageCount())]
    assert [(round(size.width()), round(size.height())) for size in sizes] == [(612, 792), (792, 612), (792, 612)]
    assert (tmp_path / "printed.pdf").stat().st_size > 0
    assert DPI >= 300


def test_a_part_is_printed(look: None, qtbot: QtBot, tmp_path: Path) -> None:
    preview = Preview(paper(3), "Offer letter", lambda _path: None)
    qtbot.addWidget(preview)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "part.pdf"))
    printer.setFromTo(2, 2)
    assert print_pdf(preview.document, printer) == 1


def test_saving_hands_over_the_chosen_place(
    look: None, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def choose(_parent: object, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        asked.append(start)
        return str(tmp_path / "letter"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    saved: list[Path] = []
    preview = Preview(paper(), "Offer letter", saved.append, tmp_path)
    qtbot.addWidget(preview)
    preview.ask_save()
    assert asked == [str(tmp_path / "Offer letter.pdf")]
    assert saved == [tmp_path / "letter.pdf"]
    (tmp_path / "letter.pdf").write_bytes(b"mine")
    preview.ask_save()
    assert len(saved) == 1, "nobody was asked whether that one may be replaced"
    assert "letter.pdf is there already" in preview.problem.words.text()


def test_without_a_printer_it_says_what_to_do(look: None, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    preview = Preview(paper(1), "Offer letter", lambda _path: None)
    qtbot.addWidget(preview)
    preview.ask_print()
    assert preview.problem.words.text() == NO_PRINTER
    assert preview.findChildren(QPrintDialog) == []


@pytest.mark.qt_log_ignore("QPrinter|QPainter|QPdf|openFile", extend=True)
def test_a_printer_that_takes_nothing_is_named(look: None, qtbot: QtBot, tmp_path: Path) -> None:
    saved: list[Path] = []
    preview = Preview(paper(1), "Offer letter", saved.append)
    qtbot.addWidget(preview)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "missing" / "printed.pdf"))
    preview.print_on(printer)
    assert "did not take it" in preview.problem.words.text()
    preview.save(tmp_path / "saved.pdf")
    assert saved == [tmp_path / "saved.pdf"]


class Dying(QPrinter):
    """Switched off after its first page."""

    def newPage(self) -> bool:
        return False


def test_a_printer_that_stops_half_way_is_said(look: None, qtbot: QtBot, tmp_path: Path) -> None:
    noted: list[int] = []
    preview = Preview(paper(3), "Offer letter", lambda _path: None, printed=lambda: noted.append(1))
    qtbot.addWidget(preview)
    printer = Dying(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    preview.print_on(printer)
    assert preview.problem.words.text().startswith("The printer stopped after 1 page of 3. Look whether it is on")
    assert preview.done.text() == ""
    assert noted == []
    assert preview.document.pageCount() == 3


def waited(qtbot: QtBot, preview: Preview, words: str) -> None:
    preview.bar.field.setText(words)
    qtbot.waitUntil(lambda: preview.bar.count.text() not in ("", "not found"))


def test_words_are_found_one_after_another_and_after_the_last_the_first(look: None, qtbot: QtBot) -> None:
    preview = Preview(paper(3), "Offer letter", lambda _path: None)
    qtbot.addWidget(preview)
    preview.show()
    bar = preview.bar
    waited(qtbot, preview, "offer")
    qtbot.waitUntil(lambda: bar.count.text() == "3 found")
    seen = []
    for _ in range(4):
        qtbot.keyClick(bar.field, Qt.Key.Key_Return)
        seen.append((bar.count.text(), preview.view.pageNavigator().currentPage()))
    assert seen == [("1 of 3", 0), ("2 of 3", 1), ("3 of 3", 2), ("1 of 3", 0)]
    bar.field.setText("nowhere")
    qtbot.waitUntil(lambda: bar.count.text() == "not found")
    assert not bar.on.isEnabled()


def long_paper() -> bytes:
    made = BytesIO()
    report.make(samples.candidate(story=tuple(Moment(date(2026, 11, 2), "Met", f"place {n}") for n in range(60))), made)
    return made.getvalue()


@pytest.mark.parametrize("larger", [0, 3])
def test_what_is_found_is_brought_into_sight(look: None, qtbot: QtBot, larger: int) -> None:
    preview = Preview(long_paper(), "Candidate report", lambda _path: None)
    qtbot.addWidget(preview)
    preview.resize(700, 420)
    preview.show()
    for _ in range(larger):
        preview.bar.zoom(1)
    waited(qtbot, preview, "place")
    qtbot.waitUntil(lambda: preview.bar.count.text() == "60 found")
    view, bar = preview.view, preview.bar
    tops = [view.documentMargins().top()]
    for page in range(preview.document.pageCount()):
        tops.append(tops[-1] + preview.document.pagePointSize(page).height() * scale(preview) + view.pageSpacing())
    for _ in range(60):
        qtbot.keyClick(bar.field, Qt.Key.Key_Return)
        found = bar.found.resultAtIndex(view.currentSearchResultIndex())
        place = tops[found.page()] + found.location().y() * scale(preview)
        seen = view.verticalScrollBar().value()
        assert seen <= place <= seen + view.viewport().height() - 10


def scale(preview: Preview) -> float:
    return preview.bar.factor * preview.view.logicalDpiX() / 72


def test_what_was_done_is_said_in_whole(look: None, qtbot: QtBot, tmp_path: Path) -> None:
    preview = Preview(paper(), "Candidate report", lambda _path: None, mail=lambda: None, then=lambda: ("Go on", print))
    qtbot.addWidget(preview)
    preview.resize(860, 600)
    preview.show()
    assert not preview.done.isVisible()
    preview.save(tmp_path / "Candidate report of a person with a long name, 2026-11-22.pdf")
    assert preview.done.isVisible()
    assert not preview.done.cut()
    assert preview.next.isVisible()


def test_it_is_made_larger_and_smaller_and_fits_again(look: None, qtbot: QtBot) -> None:
    preview = Preview(paper(), "Offer letter", lambda _path: None)
    qtbot.addWidget(preview)
    preview.resize(900, 700)
    preview.show()
    bar = preview.bar
    assert bar.fitted.text() == "Fit"
    fits = bar.factor
    bar.larger.click()
    assert bar.factor > fits
    assert bar.fitted.text().endswith("%")
    for _ in range(20):
        bar.larger.click()
    assert bar.factor == STEPS[-1]
    for _ in range(20):
        bar.smaller.click()
    assert bar.factor == STEPS[0]
    bar.fitted.click()
    assert bar.fitted.text() == "Fit"
    assert bar.factor == pytest.approx(fits)


def test_it_is_printed_beside_the_window(look: None, qtbot: QtBot, tmp_path: Path) -> None:
    tasks = Tasks()
    preview = Preview(paper(3), "Offer letter", lambda _path: None, tasks=tasks)
    qtbot.addWidget(preview)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    preview.print_on(printer)
    assert tasks.busy
    assert tasks.wait_all()
    assert preview.done.text() == "Sent to the printer, 3 pages"
    printed = QPdfDocument()
    printed.load(str(tmp_path / "printed.pdf"))
    assert printed.pageCount() == 3
