"""A timeline of projects: look, zoom, pan, choose and move them, by mouse and by keyboard alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QSizePolicy, QToolTip

from core.insight.year import YearView, move_preview
from core.insight.year_parts import YearBar
from ui.theme import current
from ui.widgets.text import tip
from ui.widgets.timeline_paint import paint
from ui.widgets.timeline_scene import Scene, bar_words, season_words, week_words

ZOOMS = (42.0, 91.0, 183.0, 366.0)
"""Days in sight: weeks, three months, half a year, a year."""
STEP = 7


class Timeline(QAbstractScrollArea):
    """`moved(project id, new kick-off)` asks for a move; `chosen` and `opened` name the project, `looked` the span.

    `may_move(project id)` gives the words of what keeps a project where it is; `refused(words)` passes them on.
    """

    moved = Signal(str, object)
    refused = Signal(str)
    chosen = Signal(str)
    opened = Signal(str)
    looked = Signal()

    def __init__(self, view: YearView, today: date, may_move: Callable[[str], str]) -> None:
        super().__init__()
        self.scene = Scene(view, today)
        self._may_move = may_move
        self._pressed: QPointF | None = None
        self._grabbed: int | None = None
        self._panned: float | None = None
        self._refusal = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._say()

    # --- what is shown ----------------------------------------------------------------------------------------------

    def show_year(self, view: YearView) -> None:
        self.scene.show(view)
        self._fit()
        self._say()

    def set_expanded(self, expanded: bool) -> None:
        """One row for all schools, or one more for each."""
        self.scene.expanded = expanded
        self._fit()

    def zoom(self, days: float, at: float | None = None) -> None:
        self.scene.zoom(days, at)
        self._fit()

    def step(self, by: int) -> None:
        """To the next nearer (1) or farther (-1) of the zooms."""
        now = self.scene.days
        if by > 0:
            self.zoom(max((days for days in ZOOMS if days < now - 1), default=ZOOMS[0]))
        else:
            self.zoom(min((days for days in ZOOMS if days > now + 1), default=ZOOMS[-1]))

    def go(self, day: date, part: float = 0.12) -> None:
        self.scene.look_at(day, part)
        self._fit()

    def pan(self, days: float) -> None:
        self.scene.left += days * self.scene.scale.pixels
        self.scene.lay()
        self._fit()

    def seen(self) -> tuple[date, date]:
        return self.scene.seen()

    def bar(self) -> YearBar | None:
        return self.scene.bar

    def choose(self, project_id: str) -> None:
        for at, bar in enumerate(self.scene.view.bars):
            if bar.project_id == project_id:
                self._choose(at)

    def _choose(self, at: int | None) -> None:
        scene = self.scene
        scene.chosen = at
        if at is not None:
            bar = scene.view.bars[at]
            first, last = scene.seen()
            if bar.end < first or bar.start > last:
                scene.look_at(bar.start, 0.15)
            if (row := scene.where.get(at)) is not None:
                top = scene.schools_height + row.top
                scene.top = min(scene.top, top) if top < scene.top else max(
                    scene.top, top + row.height - scene.body_height
                )  # fmt: skip
        self._fit()
        self._say()
        self.chosen.emit(scene.view.bars[at].project_id if at is not None else "")

    def _say(self) -> None:
        bar = self.scene.bar
        self.setAccessibleName(f"Timeline, {bar_words(bar)}" if bar else "Timeline of projects")
        count = len(self.scene.view.bars)
        self.setAccessibleDescription(
            f"{count} projects. Arrows go from project to project, Enter opens one, Alt with Left or Right moves it by "
            "a week. Plus and minus zoom, Page Up and Page Down go through the year, T goes to today."
        )

    # --- size -------------------------------------------------------------------------------------------------------

    def needed(self) -> int:
        """Pixels from top to bottom without scrolling."""
        return self.scene.needed + self.horizontalScrollBar().sizeHint().height() + 2

    def sizeHint(self) -> QSize:
        return QSize(current().px(600), self.needed())

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px(180), current().px(160))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scene, first = self.scene, self.scene.seen()[0]
        scene.width, scene.height = self.viewport().width(), self.viewport().height()
        scene.lay()
        scene.left = scene.scale.x(first)
        scene.lay()
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.scene.lay()
            self._fit()

    def _fit(self) -> None:
        """Scroll bars as the scene has it."""
        scene = self.scene
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        room = scene.width - scene.gutter
        most = max(0, scene.scrolled_height - scene.body_height)
        scene.top = min(max(scene.top, 0), most)
        for bar, value, top, page in ((across, scene.left, scene.total - room, room),
                                      (down, scene.top, most, scene.body_height)):  # fmt: skip
            bar.blockSignals(True)
            bar.setRange(0, max(0, round(top)))
            bar.setPageStep(max(1, round(page)))
            bar.setSingleStep(max(1, scene.bar_row if bar is down else round(7 * scene.scale.pixels)))
            bar.setValue(round(value))
            bar.blockSignals(False)
        self.updateGeometry()
        self.viewport().update()
        self.looked.emit()

    def _scrolled(self, _value: int) -> None:
        scene = self.scene
        if self.horizontalScrollBar().value() != round(scene.left):
            scene.left = float(self.horizontalScrollBar().value())
            scene.lay()
        scene.top = self.verticalScrollBar().value()
        self._fit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Everything is painted anew: nothing is moved on the screen."""

    # --- painting ---------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint(QPainter(self.viewport()), self.scene, self.hasFocus())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_key = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if self.scene.chosen is None and event.reason() in by_key and (near := self._nearest()) is not None:
            self._choose(near)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            words = self.words_at(QPointF(event.pos()))
            if words:
                QToolTip.showText(event.globalPos(), tip(words), self)
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def words_at(self, point: QPointF) -> str:
        """What lies under a point of the viewport, in words."""
        if (at := self.scene.under(point)) is not None:
            return bar_words(self.scene.view.bars[at])
        if (season := self.scene.season_under(point)) is not None:
            return season_words(season)
        if (found := self.scene.load_under(point)) is not None:
            return week_words(*found)
        return ""

    # --- mouse ------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed, self._refusal = event.position(), ""
        self._grabbed = self.scene.under(event.position())
        if self._grabbed is not None:
            self._choose(self._grabbed)
        elif event.position().x() > self.scene.gutter:
            self._panned = self.scene.left

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        if self._pressed is None:
            over = self.scene.under(point) is not None
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
            return
        away = point.x() - self._pressed.x()
        if self._panned is not None:
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self.scene.left = self._panned - away
            self.scene.lay()
            self._fit()
        elif self._grabbed is not None and self._pressed.x() > self.scene.gutter:
            self._drag(away)

    def _drag(self, away: float) -> None:
        bar = self.scene.bar
        meant = bool(self.scene.preview) or abs(away) >= QApplication.startDragDistance()
        if bar is None or self._refusal or not meant:
            return
        if not self.scene.preview and (words := self._may_move(bar.project_id)):
            self._refusal = words
            self.refused.emit(words)
            return
        self.viewport().setCursor(Qt.CursorShape.SizeHorCursor)
        self.scene.shift = self.scene.scale.weeks(away) * STEP
        kick_off = _later(bar, self.scene.shift)
        self.scene.preview = move_preview(bar, kick_off, self.scene.view.schools, self.scene.today).words
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        shift, bar = self.scene.shift, self.scene.bar
        self._let_go()
        if shift and bar is not None:
            self.moved.emit(bar.project_id, _later(bar, shift))

    def _let_go(self) -> None:
        self._pressed = self._grabbed = self._panned = None
        self.scene.shift, self.scene.preview = 0, ""
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if (at := self.scene.under(event.position())) is not None:
            self._let_go()
            self.opened.emit(self.scene.view.bars[at].project_id)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(self.scene.days * 0.8 ** (turn.y() / 120), event.position().x())
            event.accept()
        elif turn.x() or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.pan(-(turn.x() or turn.y()) / 120 * self.scene.days / 12)
            event.accept()
        elif self.verticalScrollBar().maximum() > 0:
            super().wheelEvent(event)
        else:
            event.ignore()

    # --- keyboard ---------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        if way and alt:
            self.move_by_weeks(way)
        elif way or key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            self._walk(key)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (bar := self.scene.bar) is not None:
            self.opened.emit(bar.project_id)
        elif key == Qt.Key.Key_Escape and self._pressed is not None:
            self._let_go()
        elif not self._look(key):
            super().keyPressEvent(event)

    def _look(self, key: Qt.Key) -> bool:
        """Zooms and pans."""
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.step(1)
        elif key == Qt.Key.Key_Minus:
            self.step(-1)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.pan(self.scene.days / 2 * (1 if key == Qt.Key.Key_PageDown else -1))
        elif key == Qt.Key.Key_T:
            self.go(self.scene.today)
        else:
            return False
        return True

    def move_by_weeks(self, weeks: int) -> None:
        """Asks for the chosen project to begin so many weeks later."""
        bar = self.scene.bar
        if bar is None:
            return
        if words := self._may_move(bar.project_id):
            self.refused.emit(words)
            return
        self.moved.emit(bar.project_id, _later(bar, weeks * STEP))

    def _walk(self, key: Qt.Key) -> None:
        count, at = len(self.scene.view.bars), self.scene.chosen
        if not count:
            return
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            at = 0 if key == Qt.Key.Key_Home else count - 1
        elif at is None:
            at = self._nearest()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) or self.scene.each:
            at = min(count - 1, max(0, at + (1 if key in (Qt.Key.Key_Right, Qt.Key.Key_Down) else -1)))
        else:
            at = self._beside(at, 1 if key == Qt.Key.Key_Down else -1)
        self._choose(at)

    def _beside(self, at: int, way: int) -> int:
        """Of the next row up or down, the project that lies nearest."""
        rows = self.scene.rows
        place = next(n for n, row in enumerate(rows) if at in row.bars) + way
        if not 0 <= place < len(rows):
            return at
        here = self.scene.view.bars[at].start
        return min(rows[place].bars, key=lambda one: abs((self.scene.view.bars[one].start - here).days))

    def _nearest(self) -> int | None:
        """The first project in sight that is not over, else the first in sight."""
        first, last = self.scene.seen()
        bars = self.scene.view.bars
        seen = [at for at, bar in enumerate(bars) if bar.start <= last and bar.end >= first]
        ahead = [at for at in seen if bars[at].end >= self.scene.today]
        return next(iter([*ahead, *seen]), 0 if bars else None)


def _later(bar: YearBar, days: int) -> date:
    """The kick-off so many days on; at the calendar's end it stays."""
    begin = bar.kick_off_on or bar.start
    try:
        return begin + timedelta(days=days)
    except OverflowError:
        return begin
