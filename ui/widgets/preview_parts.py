"""What is no paper, looked at inside the program: a picture, or the words of a file."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.text import label

LARGEST = 12_000
"""Pixels of a side: a picture beyond is a slip or a trap, and is only saved out."""


def image_of(data: bytes) -> QImage | None:
    """None for what is no picture, or one beyond LARGEST: its head is read first, and only then the rest."""
    from PySide6.QtCore import QBuffer, QIODevice

    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > LARGEST:
        return None
    image = reader.read()
    return None if image.isNull() else image


class Picture(QWidget):
    """A picture as large as there is room, never larger than it is."""

    width_wanted = 900

    def __init__(self, image: QImage, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._whole = QPixmap.fromImage(image)
        self._shown = QLabel()
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shown.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._shown.setAccessibleName(f"Picture, {image.width()} by {image.height()} pixels")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._shown)

    def sizeHint(self) -> QSize:
        return self._whole.size().expandedTo(QSize(480, 360))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.size().boundedTo(self._whole.size())
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        self._shown.setPixmap(self._whole.scaled(room, keep, smooth))


class Words(QWidget):
    """The words of a file, to be read and copied; nothing in them is markup."""

    width_wanted = 760

    def __init__(self, text: str, name: str, note: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(f"Words of {name}")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        if note:
            box.addWidget(label(note, "muted", wrap=True))
        box.addWidget(self.text, 1)

    def sizeHint(self) -> QSize:
        return QSize(712, 2000)
