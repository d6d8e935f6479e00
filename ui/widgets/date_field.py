"""A day typed as people write it ("4 Dec", "12/4", "2026-12-04") or picked from a calendar."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QToolButton, QVBoxLayout, QWidget

from core import formats
from core.text import MONTHS, short_day
from ui.theme import current, set_role, tokens
from ui.widgets.fields import Unreadable

WIDEST = "Wed 30 Sep 2026"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\.?\s+([a-z]{3,9})\.?,?(?:\s+(\d{4}))?")
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(\d{4}))?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?")


def read_day(words: str, today: date) -> date | None:
    """The day that `words` name; None for empty words. Without a year: the next one that is not past by over 90 days.

    Raises Unreadable.
    """
    text = words.strip().casefold()
    text = re.sub(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", "", text)
    if not text:
        return None
    year: int | None
    if found := _ISO.fullmatch(text):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    elif found := _DAY_FIRST.fullmatch(text):
        year, month, day = int(found[3] or 0) or None, _month(found[2]), int(found[1])
    elif found := _MONTH_FIRST.fullmatch(text):
        year, month, day = int(found[3] or 0) or None, _month(found[1]), int(found[2])
    elif found := _SLASHED.fullmatch(text):
        year, month, day = int(found[3] or 0) or None, int(found[1]), int(found[2])
        if not formats.now().month_first:
            month, day = day, month
    else:
        raise Unreadable("Type a day, such as 4 Dec or 2026-12-04.")
    if year is not None and not 1900 <= year <= 2200:
        raise Unreadable("Type a year from 1900 to 2200.")
    try:
        if year is not None:
            return date(year, month, day)
        return _nearest(month, day, today)
    except ValueError:
        raise Unreadable("There is no such day. Type one such as 4 Dec or 2026-12-04.") from None


def show_day(day: date | None, today: date) -> str:
    """Fri 4 Dec; with the year where it would be read as another."""
    if day is None:
        return ""
    name = _DAYS[day.weekday()]
    words = f"{name} {short_day(day, day)}"
    return words if read_day(words, today) == day else f"{name} {short_day(day)}"


def _month(words: str) -> int:
    for number, name in enumerate(MONTHS, 1):
        if (
            len(words) >= 3
            and name.casefold().startswith(words[:3])
            and (name.casefold().startswith(words) or words == "sept")
        ):
            return number
    raise Unreadable("Type the month as Dec or December.")


def _nearest(month: int, day: int, today: date) -> date:
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if (today - found).days <= 90:
            return found
    raise ValueError


class DateField(QLineEdit):
    """value() -> date | None, raises Unreadable. Down opens the calendar; shows "Fri 4 Dec" once left."""

    changed = Signal()

    def __init__(self, today: date, hint: str = "") -> None:
        super().__init__()
        self._today = today
        self.setPlaceholderText(hint or "day")
        self.setMaxLength(30)
        self.setToolTip("Type 4 Dec or 2026-12-04; press Down for a calendar")
        self._open = QAction("Open the calendar", self)
        self._open.setIcon(current().icon("calendar-days", "muted", 16))
        self._open.triggered.connect(self.open_calendar)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        for child in self.findChildren(QWidget):
            child.setAccessibleName("Open the calendar")
        self.textEdited.connect(lambda: self.changed.emit())

    def value(self) -> date | None:
        return read_day(self.text(), self._today)

    def set_value(self, value: date | None) -> None:
        words = show_day(value, self._today)
        edges = 8 if self.property("role") == "bare" else 26
        if value is not None and self.width() < self.fontMetrics().horizontalAdvance(words) + edges:
            # Where room is short, the weekday is what one misses least.
            words = words.partition(" ")[2]
        self.setText(words)
        self.setCursorPosition(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the icon would cover the day it goes; Down still opens the calendar."""
        super().resizeEvent(event)
        self._open.setVisible(self.width() >= self.fontMetrics().horizontalAdvance(WIDEST) + 40)
        if not self.hasFocus():
            self._tidy()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tidy()

    def _tidy(self) -> None:
        with suppress(Unreadable):
            self.set_value(self.value())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> None:
        popup = QWidget(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_role(popup, "ground")
        box = QVBoxLayout(popup)
        box.setContentsMargins(1, 1, 1, 1)
        calendar = QCalendarWidget()
        calendar.setAccessibleName("Calendar")
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(self.locale().firstDayOfWeek())
        try:
            day = self.value() or self._today
        except Unreadable:
            day = self._today
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        plain = QTextCharFormat()
        plain.setForeground(tokens().color("ink"))
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(weekend, plain)
        for name, icon, words in (
            ("qt_calendar_prevmonth", "chevron-left", "Month before"),
            ("qt_calendar_nextmonth", "chevron-right", "Month after"),
        ):
            turn = calendar.findChild(QToolButton, name)
            if isinstance(turn, QToolButton):
                turn.setIcon(current().icon(icon, "ink", 16))
                turn.setAccessibleName(words)
        box.addWidget(calendar)

        def chosen(picked: QDate) -> None:
            self.set_value(date(picked.year(), picked.month(), picked.day()))
            popup.close()
            self.changed.emit()

        calendar.clicked.connect(chosen)
        calendar.activated.connect(chosen)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        popup.show()
        calendar.setFocus()
