"""A paper beside the fields that it is made of, drawn anew as they change."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.theme import current, set_role
from ui.widgets.text import appear, label

_WIDE, _HIGH = 340, 420


class PaperView(QWidget):
    """`show_paper(pdf)`; `say(words)` stands above it, where it cannot be drawn as it is."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self._buffer = name, QBuffer(self)
        self._document = QPdfDocument(self)
        self.view = QPdfView(self)
        set_role(self.view, "pdf")
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setDocument(self._document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setAccessibleName(name)
        self._words = label("", "note", wrap=True)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self._words)
        down.addWidget(self.view, 1)
        appear(self._words, False)

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px(_WIDE), current().px(_HIGH))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def say(self, words: str) -> None:
        self._words.setText(words)
        appear(self._words, bool(words))

    def show_paper(self, pdf: bytes) -> None:
        """Where one was, it stays where it was looked at."""
        at = self.view.verticalScrollBar().value()
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self.view.setAccessibleName(f"{self._name}, {self._document.pageCount()} pages")
        self.view.setAccessibleDescription(self._document.getAllText(0).text()[:4000])
        self.view.verticalScrollBar().setValue(at)
