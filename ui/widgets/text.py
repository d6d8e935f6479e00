"""Labels and buttons: people's words stay plain text, every control has a name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QToolButton

from ui.theme import current, set_role


def label(words: str = "", role: str = "", *, wrap: bool = False, select: bool = False) -> QLabel:
    """Plain text, whatever is in it. `select` lets the person copy it by mouse."""
    made = Paragraph(words, role) if wrap and not select else QLabel(words)
    _plain(made, role)
    if role == "keys":
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    if select:
        made.setWordWrap(wrap)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def _plain(made: QLabel, role: str) -> None:
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        set_role(made, role)


class Paragraph(QLabel):
    """Words over several lines with room between them (20 px for 14 px text), which a QLabel cannot do."""

    def __init__(self, words: str = "", role: str = "") -> None:
        super().__init__(words)
        _plain(self, role)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _step(self) -> int:
        return max(round(self.fontInfo().pixelSize() * 1.43), self.fontMetrics().height())

    def _laid(self, width: int) -> tuple[QTextLayout, int]:
        """The lines in `width` pixels, and how many."""
        words = self.text().replace("\n", "\u2028")
        laid = QTextLayout(words, self.font())
        option = QTextOption(self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(self.layoutDirection())
        laid.setTextOption(option)
        laid.beginLayout()
        count, step, face = 0, self._step(), self.fontMetrics()
        # Asking PySide 6.12 for a line past the last one drops a reference to None too many, so the end is counted.
        at, end = 0, len(words.encode("utf-16-le")) // 2
        while at < end:
            one = laid.createLine()
            one.setLineWidth(max(width, 8))
            one.setPosition(QPointF(0, count * step + (step - face.height()) / 2))
            at = one.textStart() + max(one.textLength(), 1)
            count += 1
        laid.endLayout()
        return laid, max(count, 1)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self.ensurePolished()
        edges = self.contentsMargins()
        count = self._laid(width - edges.left() - edges.right())[1]
        return count * self._step() + edges.top() + edges.bottom()

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        edges = self.contentsMargins()
        longest = max(self.fontMetrics().horizontalAdvance(part) for part in self.text().split("\n"))
        wide = min(longest + 2, 420) + edges.left() + edges.right()
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        self.ensurePolished()
        longest = max((self.fontMetrics().horizontalAdvance(word) for word in self.text().split()), default=0)
        return QSize(min(longest + 2, 140), self._step())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, inside = QPainter(self), self.contentsRect()
        painter.setPen(self.palette().color(self.foregroundRole()))
        self._laid(inside.width())[0].draw(painter, QPointF(inside.topLeft()))


class Elided(QLabel):
    """One line that ends in "..." where room is short; the whole words are its tip while they are cut."""

    def __init__(self, words: str = "", role: str = "", least: int = 24) -> None:
        super().__init__(words)
        _plain(self, role)
        self._least = least
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, words: str) -> None:
        super().setText(words)
        self._tip()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tip()

    def cut(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def _tip(self) -> None:
        self.setToolTip(self.text() if self.cut() else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.cut():
            super().paintEvent(_event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        inside = self.contentsRect()
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, int(self.alignment()) | int(Qt.TextFlag.TextSingleLine), words)


def amp(words: str) -> str:
    """Words for a control that would read "&" as a shortcut."""
    return words.replace("&", "&&")


class Button(QPushButton):
    """See `button`. Keeps its icon in the theme's colours."""

    def __init__(self, words: str, role: str = "", icon: str = "", name: str = "") -> None:
        super().__init__(amp(words))
        self._icon, self._role = icon, role
        self.setAutoDefault(False)
        self.setAccessibleName(name or words)
        if role:
            set_role(self, role)
        if role in {"link", "link-small", "notice"}:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if icon:
            self.setIconSize(QSize(16, 16))
        self._paint_icon()

    def say(self, words: str, name: str = "") -> None:
        """Changes the words, and with them what a screen reader says."""
        self.setText(amp(words))
        self.setAccessibleName(name or words)

    def _paint_icon(self) -> None:
        if self._icon:
            tokens = {"primary": "on_accent", "link": "accent", "quiet": "muted", "search": "muted"}
            self.setIcon(current().icon(self._icon, tokens.get(self._role, "ink"), 16))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_icon()


class IconButton(QToolButton):
    """A picture alone; `name` is its tip and what a screen reader says."""

    def __init__(self, icon: str, name: str, run: Callable[[], object] | None = None, token: str = "muted") -> None:
        super().__init__()
        self._icon, self._token = icon, token
        set_role(self, "quiet")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setIconSize(QSize(16, 16))
        self.setMinimumSize(30, 30)
        self._paint_icon()
        if run is not None:
            self.clicked.connect(lambda: run())

    def _paint_icon(self) -> None:
        self.setIcon(current().icon(self._icon, self._token, 16))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_icon()


def button(
    words: str,
    role: str = "",
    run: Callable[[], object] | None = None,
    *,
    icon: str = "",
    name: str = "",
    tip: str = "",
) -> Button:
    """Roles: "" (secondary), primary, link, link-small, quiet, dashed, danger, notice.

    `name` is what a screen reader says when `words` alone would not do ("Review: Amara Okafor").
    """
    made = Button(words, role, icon, name)
    if tip:
        made.setToolTip(tip)
    if run is not None:
        made.clicked.connect(lambda: run())
    return made


def keys(sequence: str) -> str:
    """A shortcut as this system writes it: "Ctrl K", on a Mac with its own signs."""
    return QKeySequence(sequence).toString(QKeySequence.SequenceFormat.NativeText).replace("+", " ")
