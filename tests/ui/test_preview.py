"""A paper is read, copied, saved where the person says, and printed in its own size."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from ui.theme import Theme
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


def test_without_a_printer_it_says_what_to_do(
    look: None, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    preview = Preview(paper(1), "Offer letter", lambda _path: None)
    qtbot.addWidget(preview)
    preview.ask_print()
    assert preview.problem.words.text() == NO_PRINTER
    assert preview.findChildren(QPrintDialog) == []


@pytest.mark.qt_log_ignore("QPrinter|QPainter|QPdf|openFile", extend=True)
def test_a_printer_that_takes_nothing_is_named(look: None, qtbot: QtBot, tmp_path: Path) -> None:
    preview = Preview(paper(1), "Offer letter", lambda _path: None)
    qtbot.addWidget(preview)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "missing" / "printed.pdf"))
    preview.print_on(printer)
    assert "did not take it" in preview.problem.words.text()
