"""Labels and buttons: people's words stay plain text, every control has a name."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from ui.theme import current, font, set_role

_LONGEST = 330
"""Pixels that fit a line of a page at the right."""


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


def copied(words: str, role: str = "") -> QLabel:
    """Words that can be copied by mouse; a word too long for a line is broken anywhere instead, and then not copied."""
    return label(words, role, wrap=True, select=folds(words))


def folds(words: str) -> bool:
    """Whether every word fits on a line."""
    longest = max((QFontMetrics(font()).horizontalAdvance(word) for word in words.split()), default=0)
    return longest <= current().px(_LONGEST)


def _plain(made: QLabel, role: str) -> None:
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        set_role(made, role)


def line_step(face: QFont) -> int:
    """From one line of a paragraph to the next: 20 px for 14 px text."""
    return max(round(face.pixelSize() * 1.43), QFontMetrics(face).height())


def laid(
    words: str,
    face: QFont,
    width: int,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    direction: Qt.LayoutDirection = Qt.LayoutDirection.LayoutDirectionAuto,
) -> tuple[QTextLayout, int]:
    """`words` in lines of `width` pixels, and their height."""
    words = words.replace("\n", "\u2028")
    made, option = QTextLayout(words, face), QTextOption(align)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(direction)
    made.setTextOption(option)
    made.beginLayout()
    count, step, high = 0, line_step(face), QFontMetrics(face).height()
    at, end = 0, len(words.encode("utf-16-le")) // 2
    while at < end:
        one = made.createLine()
        one.setLineWidth(max(width, 8))
        one.setPosition(QPointF(0, count * step + (step - high) / 2))
        at = one.textStart() + max(one.textLength(), 1)
        count += 1
    made.endLayout()
    return made, max(count, 1) * step


class Paragraph(QLabel):
    """Words over several lines with room between them (20 px for 14 px text), which a QLabel cannot do."""

    def __init__(self, words: str = "", role: str = "") -> None:
        super().__init__(words)
        self._last: tuple[tuple[object, ...], tuple[QTextLayout, int]] | None = None
        _plain(self, role)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _laid(self, width: int) -> tuple[QTextLayout, int]:
        """The lines in `width` pixels, and their height."""
        align = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        key = (self.text(), self.font().key(), width, align)
        if self._last is None or self._last[0] != key:
            self._last = (key, laid(self.text(), self.font(), width, align, self.layoutDirection()))
        return self._last[1]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self.ensurePolished()
        edges = self.contentsMargins()
        return self._laid(width - edges.left() - edges.right())[1] + edges.top() + edges.bottom()

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        edges = self.contentsMargins()
        longest = max(self.fontMetrics().horizontalAdvance(part) for part in self.text().split("\n"))
        wide = min(longest + 2, 420) + edges.left() + edges.right()
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        self.ensurePolished()
        longest = max((self.fontMetrics().horizontalAdvance(word) for word in self.text().split()), default=0)
        return QSize(min(longest + 2, 140), line_step(self.font()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, inside = QPainter(self), self.contentsRect()
        painter.setPen(self.palette().color(self.foregroundRole()))
        lines, height = self._laid(inside.width())
        spare = inside.height() - height if self.alignment() & Qt.AlignmentFlag.AlignVCenter else 0
        lines.draw(painter, QPointF(inside.x(), inside.y() + max(spare, 0) / 2))


class Elided(QLabel):
    """One line that ends in "..." where room is short; the whole words are its tip while they are cut."""

    def __init__(self, words: str = "", role: str = "", least: int = 24, wide: int = 0) -> None:
        """`least` pixels at any rate; `wide` is what it asks for, 0 leaves that to its layout."""
        super().__init__(words)
        _plain(self, role)
        self._least = least
        self.set_wide(wide)

    def set_wide(self, wide: int) -> None:
        self._wide = wide
        across = QSizePolicy.Policy.Maximum if wide else QSizePolicy.Policy.Ignored
        self.setSizePolicy(across, QSizePolicy.Policy.Preferred)
        self.updateGeometry()

    def setText(self, words: str) -> None:
        super().setText(words)
        self._tip()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(self._wide, hint.height()) if self._wide else hint

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tip()

    def cut(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def _tip(self) -> None:
        self.setToolTip(tip(self.text()) if self.cut() else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.cut():
            super().paintEvent(_event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        inside = self.contentsRect()
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, int(self.alignment()) | int(Qt.TextFlag.TextSingleLine), words)


def appear(part: QWidget, wanted: bool) -> None:
    """Shows or hides a part. One that lies in nothing yet is only marked: shown now, it would flash as a window."""
    if wanted and part.isWindow():
        part.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
    else:
        part.setVisible(wanted)


def tip(words: str) -> str:
    """Words for a tool tip, which Qt would read as markup if they look like it."""
    return f"<p>{escape(words)}</p>" if "<" in words else words


def name_plain(made: QAbstractButton, words: str) -> None:
    """Gives words to a button that draws them itself: a "&" in them is a "&", and no key."""
    made.setText(words)
    made.setShortcut(QKeySequence())


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
            self.setText(f" {amp(words)}")  # the style puts no room between the two
        self._paint_icon()

    def say(self, words: str, name: str = "") -> None:
        """Changes the words, and with them what a screen reader says."""
        self.setText(f" {amp(words)}" if self._icon else amp(words))
        self.setAccessibleName(name or words)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._role == "primary" and self.hasFocus():
            # A ring in the accent would not be seen around the accent, so it stands inside.
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(current().tokens.color("on_accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), 5, 5)

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
        self.setToolTip(tip(name))
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
    hover: str = "",
) -> Button:
    """Roles: "" (secondary), primary, link, link-small, quiet, dashed, danger, notice.

    `name` is what a screen reader says when `words` alone would not do ("Review: Amara Okafor").
    """
    made = Button(words, role, icon, name)
    if hover:
        made.setToolTip(tip(hover))
    if run is not None:
        made.clicked.connect(lambda: run())
    return made


def keys(sequence: str) -> str:
    """A shortcut as this system writes it: "Ctrl K", on a Mac with its own signs."""
    return QKeySequence(sequence).toString(QKeySequence.SequenceFormat.NativeText).replace("+", " ")
