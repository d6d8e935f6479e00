"""A paper on the screen: read it, print it, save it, copy its text. Nothing is written but where the person says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QGuiApplication, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import SystemFault, UserError
from core.text import plural
from ui.tasks import Tasks
from ui.theme import set_role
from ui.widgets.notice import Notice
from ui.widgets.paper_bar import PaperBar
from ui.widgets.text import Elided, appear, button

DPI = 300
LOCKED = "This PDF is protected by a password and cannot be shown here. Save it and open it with its password."
DAMAGED = "This PDF is damaged and cannot be shown here. Save it, and try it with another program."
LOOK = "Look whether it is on and connected, and print again, or save the paper: it is still here."
NO_PRINTER = "No printer is set up on this computer. Add one in the system’s settings, or save the paper as a PDF."


class Preview(QWidget):
    """`Preview(pdf_bytes, "Offer letter", save=write)`; `save(path)` writes the paper and may record that it left."""

    width_wanted = 900

    def __init__(
        self,
        pdf: bytes,
        name: str,
        save: Callable[[Path], object],
        folder: Path | None = None,
        *,
        words: str | None = None,
        tasks: Tasks | None = None,
        mail: Callable[[], object] | None = None,
        file: Callable[[], str] | None = None,
        printed: Callable[[], object] | None = None,
        then: Callable[[], tuple[str, Callable[[], object]] | None] = lambda: None,
    ) -> None:
        """`name` is the paper's kind, never a person; it becomes the file name offered in `folder`.

        `words`: its text, of a file from outside; getting it out of the pages could take for ever. `mail`: begins a
        message that it goes along with. `file`: the name to save it under, where it is not `name`. `printed` records
        that it left on paper. `then`: asked once it left, what the next step is called and does.
        """
        super().__init__()
        self._name, self._save, self._folder, self._words = name, save, folder, words
        self._tasks, self._noted, self._then, self._file = tasks, printed, then, file
        self.setAccessibleName(name)
        self._bytes = QByteArray(pdf)
        self._buffer = QBuffer(self._bytes, self)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument(self)
        self.document.load(self._buffer)
        self.view = QPdfView(self)
        set_role(self.view, "pdf")
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setAccessibleName(f"{name}, {self.document.pageCount()} pages")
        self.view.setAccessibleDescription(self.text(4000)[:4000])
        box = self._box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(button("Save as…", "primary", self.ask_save, icon="download"))
        if mail is not None:
            row.addWidget(button("Write with it…", "", lambda: mail()))
        self._use = [
            button("Print…", "", self.ask_print, icon="printer"),
            button("Copy text", "", self.copy, icon="copy"),
        ]
        for one in self._use:
            row.addWidget(one)
        row.addStretch(1)
        # A line of its own: beside four buttons the name of what was saved would be cut.
        self.done = Elided("", "note")
        self._next: Callable[[], object] | None = None
        self.next = button("", "link", lambda: self._next() if self._next else None)
        appear(self.next, False)
        said = QHBoxLayout()
        said.setSpacing(8)
        said.addWidget(self.done, 1)
        said.addWidget(self.next)
        appear(self.done, False)
        self.problem = Notice()
        self.bar = PaperBar(self.view, self.document)
        box.addLayout(row)
        box.addLayout(said)
        box.addWidget(self.problem)
        box.addWidget(self.bar)
        box.addWidget(self.view, 1)
        self._say_if_closed()

    def sizeHint(self) -> QSize:
        """As tall as the sheet lets it be: a page is read whole."""
        return QSize(780, 2000)

    def _say_if_closed(self) -> None:
        """A file from outside may be locked, or none; it can still be saved."""
        if self.document.status() == QPdfDocument.Status.Error:
            locked = self.document.error() == QPdfDocument.Error.IncorrectPassword
            self.problem.say(LOCKED if locked else DAMAGED)
            self.view.hide()
            self.bar.hide()
            self._box.addStretch(1)
            for one in self._use:
                one.hide()

    def _tell(self, words: str) -> None:
        self.done.setText(words)
        appear(self.done, bool(words))

    def text(self, most: int | None = None) -> str:
        """Of as many pages as it takes to have `most` characters."""
        if self._words is not None:
            return self._words
        found: list[str] = []
        size = 0
        for page in range(self.document.pageCount()):
            found.append(self.document.getAllText(page).text())
            size += len(found[-1])
            if most is not None and size >= most:
                break
        return "\n\n".join(found).strip()

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())

    def ask_save(self) -> None:
        start = str((self._folder or Path.home()) / (self._file() if self._file else f"{self._name}.pdf"))
        chosen, _ = QFileDialog.getSaveFileName(self, f"Save: {self._name}", start, "PDF (*.pdf)")
        if not chosen:
            return
        out = Path(chosen if chosen.casefold().endswith(".pdf") else f"{chosen}.pdf")
        if out.name != Path(chosen).name and out.exists():
            # The system's window asked about the name without its ending.
            self._tell("")
            self.problem.say(
                f"{out.name} is there already. Choose it by its whole name to replace it, or another name."
            )
        else:
            self.save(out)

    def save(self, path: Path) -> None:
        """Writes it and says so here, or what is in the way."""
        self.problem.say("")
        self._tell("")
        try:
            self._save(path)
        except (UserError, SystemFault) as error:
            self.problem.say(str(error))
        else:
            self._tell(f"Saved as {path.name}")
            self._left()

    def _left(self) -> None:
        """What follows is offered where the person looks."""
        found = self._then()
        words, self._next = found or ("", None)
        self.next.say(words)
        appear(self.next, bool(words))

    def ask_print(self) -> None:
        """In the system's own window; where there is nothing to print on, words instead."""
        self.problem.say("")
        if not QPrinterInfo.availablePrinterNames():
            self.problem.say(NO_PRINTER)
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if self.document.pageCount() > 1 and _both_sides(printer):
            printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, max(self.document.pageCount(), 1))
        dialog.accepted.connect(lambda: self.print_on(printer))
        QDialog.open(dialog)

    def print_on(self, printer: QPrinter) -> None:
        wanted = len(_asked(self.document, printer))
        if self._tasks is None:
            self._printed(print_pdf(self.document, printer), wanted)
            return
        data = bytes(self._bytes.data())
        self._tell("Printing…")
        self._tasks.run(
            lambda progress: print_bytes(data, printer, progress.step),
            done=lambda printed: self._printed(printed, wanted),
            cancelled=lambda: self._tell("Printing was stopped"),
            words=f"Printing: {self._name}",
            cancellable=True,
            database=False,
        )

    def _printed(self, printed: int, wanted: int) -> None:
        self._tell("")
        if printed == wanted:
            self._note_printed(printed)
        elif printed:
            self.problem.say(f"The printer stopped after {plural(printed, 'page')} of {wanted}. {LOOK}")
        else:
            self.problem.say(f"The printer did not take it. {LOOK}")

    def _note_printed(self, pages: int) -> None:
        self._tell(f"Sent to the printer, {plural(pages, 'page')}")
        try:
            if self._noted is not None:
                self._noted()
        except (UserError, SystemFault) as error:
            self.problem.say(str(error))
        else:
            self._left()


def print_bytes(data: bytes, printer: QPrinter, step: Callable[[int, int], None]) -> int:
    """As `print_pdf`, beside the window: a document of its own, as none may be drawn from two sides at once."""
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    return print_pdf(document, printer, step)


def print_pdf(document: QPdfDocument, printer: QPrinter, step: Callable[[int, int], None] | None = None) -> int:
    """Prints the pages asked for, each in its own size, at 300 to 600 dpi. Returns how many the printer took.

    QtPdf draws pixels, so a sheet is rendered for the printer and not scaled up from the screen.
    """
    printer.setFullPage(True)
    painter, pages = QPainter(), _asked(document, printer)
    printed = 0
    try:
        for done, page in enumerate(pages):
            if step is not None:
                step(done, len(pages))
            points = document.pagePointSize(page)
            _set_page(printer, points)
            if not (painter.begin(printer) if done == 0 else printer.newPage()):
                break
            dots = max(min(printer.resolution(), 600), DPI)
            size = QSize(round(points.width() / 72 * dots), round(points.height() / 72 * dots))
            paper = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
            painter.drawImage(QRectF(0, 0, paper.width(), paper.height()), document.render(page, size))
            printed += 1
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    return printed if printer.printerState() not in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted) else 0


def _asked(document: QPdfDocument, printer: QPrinter) -> range:
    first, last = printer.fromPage() or 1, printer.toPage() or document.pageCount()
    return range(first - 1, min(last, document.pageCount()))


def _both_sides(printer: QPrinter) -> bool:
    return QPrinter.DuplexMode.DuplexLongSide in QPrinterInfo(printer).supportedDuplexModes()


def _set_page(printer: QPrinter, points: QSizeF) -> None:
    wide = points.width() > points.height()
    upright = points.transposed() if wide else points
    side = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    printer.setPageSize(QPageSize(upright, QPageSize.Unit.Point))
    printer.setPageOrientation(side)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))
