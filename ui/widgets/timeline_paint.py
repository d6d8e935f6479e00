"""How a timeline looks: the head of months and weeks, exams and breaks, projects by phase, supervisors' weeks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPen

from core.insight.year_load import Load
from core.insight.year_parts import SchoolSpan, Season, YearBar
from core.text import as_written, plural
from ui.theme import CAPTION, MEDIUM, NOTE, current, font, tokens
from ui.widgets.timeline_layout import month_marks, week_marks
from ui.widgets.timeline_scene import Scene

_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_MIDDLE = int(Qt.AlignmentFlag.AlignCenter)
_ELIDE = Qt.TextElideMode.ElideRight


def paint(painter: QPainter, scene: Scene, focus: bool) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, scene.width, scene.height), QColor(tokens().panel))
    body = QRectF(0, scene.body_top, scene.width, scene.body_height)
    painter.save()
    painter.setClipRect(body)
    if scene.shift:
        _exam_shade(painter, scene, body)
    _weeks(painter, scene, body)
    if scene.expanded:
        _schools(painter, scene)
    _bars(painter, scene, focus)
    if not scene.loads_stay:
        _loads(painter, scene)
    painter.restore()
    if scene.loads_stay:
        _loads(painter, scene)
    _seasons_row(painter, scene)
    _head(painter, scene)
    _today(painter, scene)
    if scene.preview:
        _preview(painter, scene)


def _line(painter: QPainter, y: float, wide: float, token: str = "line") -> None:
    painter.setPen(QPen(tokens().color(token), 1))
    painter.drawLine(QLineF(0, y + 0.5, wide, y + 0.5))


def _words(painter: QPainter, rect: QRectF, words: str, token: str, size: int = 14, weight: int = 400) -> None:
    face = font(size, weight)
    painter.setFont(face)
    painter.setPen(tokens().color(token))
    painter.drawText(rect, _LEFT, QFontMetrics(face).elidedText(words, _ELIDE, int(rect.width())))


def _right_part(painter: QPainter, scene: Scene, top: float, height: float) -> None:
    painter.setClipRect(QRectF(scene.gutter, top, scene.width - scene.gutter, height), Qt.ClipOperation.IntersectClip)


# --- the head -------------------------------------------------------------------------------------------------------


def _head(painter: QPainter, scene: Scene) -> None:
    t = tokens()
    painter.fillRect(QRectF(0, 0, scene.width, scene.head), QColor(t.panel))
    painter.save()
    _right_part(painter, scene, 0, scene.head)
    first, last = scene.seen()
    weeks = week_marks(first, last, scene.readable)
    tall = scene.head * (0.56 if weeks else 1.0)
    painter.setFont(font(NOTE, MEDIUM))
    marks = month_marks(first, last, scene.readable)
    for at, (day, name) in enumerate(marks):
        x = scene.x(day)
        painter.setPen(QPen(QColor(t.line), 1))
        painter.drawLine(QLineF(round(x) + 0.5, tall * 0.25, round(x) + 0.5, tall - 3))
        # The first month's name stays in sight while its beginning is scrolled away.
        begin = max(x, scene.gutter) + 7
        room = (scene.x(marks[at + 1][0]) if at + 1 < len(marks) else scene.width) - begin
        painter.setPen(QColor(t.muted))
        if QFontMetrics(painter.font()).horizontalAdvance(name) <= room:
            painter.drawText(QRectF(begin, 0, room, tall), _LEFT, name)
    painter.setFont(font(CAPTION))
    for day, words in weeks:
        painter.setPen(QColor(t.muted))
        painter.drawText(QRectF(scene.x(day) + 3, tall - 3, 80, scene.head - tall), _LEFT, words)
    painter.restore()
    _line(painter, scene.head - 1, scene.width)


def _weeks(painter: QPainter, scene: Scene, body: QRectF) -> None:
    """A hairline for each month's beginning, so that a bar far down can be read."""
    painter.save()
    _right_part(painter, scene, body.top(), body.height())
    pen = QPen(tokens().color("line"), 1)
    pen.setStyle(Qt.PenStyle.DotLine)
    painter.setPen(pen)
    for day, _ in month_marks(*scene.seen(), scene.readable):
        x = round(scene.x(day)) + 0.5
        painter.drawLine(QLineF(x, body.top(), x, body.bottom()))
    painter.restore()


def _today(painter: QPainter, scene: Scene) -> None:
    x = round(scene.x(scene.today)) + 0.5
    if not scene.gutter <= x <= scene.width:
        return
    t = tokens()
    painter.setPen(QPen(QColor(t.bad), 2))
    painter.drawLine(QLineF(x, scene.head - 6, x, scene.height))
    painter.setBrush(QColor(t.bad))
    painter.drawEllipse(QPointF(x, scene.head - 6), 3, 3)


# --- exams and breaks -----------------------------------------------------------------------------------------------


def _exam_shade(painter: QPainter, scene: Scene, body: QRectF) -> None:
    shade = tokens().color("bad_ground")
    shade.setAlpha(120)
    painter.save()
    _right_part(painter, scene, body.top(), body.height())
    for one in scene.view.seasons:
        if one.kind == "exams":
            left, wide = scene.across(one.start, one.end)
            painter.fillRect(QRectF(left, body.top(), wide, body.height()), shade)
    painter.restore()


def _seasons_row(painter: QPainter, scene: Scene) -> None:
    if not scene.season_height:
        return
    top = scene.head
    painter.fillRect(QRectF(0, top, scene.width, scene.season_height), tokens().color("panel"))
    _words(painter, QRectF(0, top, scene.gutter - 10, scene.season_height), "Exams and breaks", "ink")
    painter.save()
    _right_part(painter, scene, top, scene.season_height)
    _spans(painter, scene, scene.view.seasons, top, scene.season_height)
    painter.restore()
    _line(painter, top + scene.season_height - 1, scene.width)


def _schools(painter: QPainter, scene: Scene) -> None:
    for place, school in enumerate(scene.schools):
        y = scene.school_y(place)
        _words(painter, QRectF(12, y, scene.gutter - 22, scene.school_row), school.name, "muted", NOTE)
        painter.save()
        _right_part(painter, scene, y, scene.school_row)
        _spans(painter, scene, school.spans, y, scene.school_row)
        painter.restore()
        _line(painter, y + scene.school_row - 1, scene.width)


def _spans(painter: QPainter, scene: Scene, spans: Iterable[Season | SchoolSpan], top: float, height: float) -> None:
    """Exams lie over breaks, in the upper half where both fall into the same days."""
    known = list(spans)
    t, pad = tokens(), height * 0.1
    face = font(CAPTION)
    measure = QFontMetrics(face)
    for one in sorted(known, key=lambda one: one.kind == "exams"):
        left, wide = scene.across(one.start, one.end)
        others = (other for other in known if other.kind != one.kind)
        both = any(other.start <= one.end and other.end >= one.start for other in others)
        tall = (height - 2 * pad) / 2 if both else min(height - 2 * pad, measure.height() + 8)
        down = tall if both and one.kind == "break" else 0 if both else (height - 2 * pad - tall) / 2
        rect = QRectF(left, top + pad + down, max(wide, 3), tall)
        exams = one.kind == "exams"
        painter.setPen(QPen(QColor(t.bad if exams else t.accent), 1) if current().tokens.dark else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.bad_ground if exams else t.soft))
        painter.drawRoundedRect(rect.adjusted(0, 0.5, -1, -0.5), 3, 3)
        words = "exams" if exams else "break"
        count = len(one.schools) if isinstance(one, Season) else 0
        if count > 1 and measure.horizontalAdvance(f"{words}, {count} schools") + 12 <= wide:
            words = f"{words}, {count} schools"
        begin = max(left, scene.gutter)
        if measure.horizontalAdvance(words) + 10 <= left + wide - begin and tall >= measure.height() - 3:
            painter.setFont(face)
            painter.setPen(QColor(t.bad if exams else t.accent))
            painter.drawText(rect.adjusted(begin - left + 6, 0, -2, 0), _LEFT, words)


# --- projects -------------------------------------------------------------------------------------------------------


def _bars(painter: QPainter, scene: Scene, focus: bool) -> None:
    if not scene.view.bars:
        return
    top = scene.body_top + scene.schools_height - scene.top
    if scene.each:
        for row in scene.rows:
            _line(painter, top + row.top + row.height - 1, scene.width)
            bar = scene.view.bars[row.bars[0]]
            rect = QRectF(0, top + row.top, scene.gutter - 10, row.height)
            chosen = scene.chosen == row.bars[0]
            _words(painter, rect, bar.title, "ink", 14, MEDIUM if chosen else 400)
    else:
        held = QRectF(0, top, scene.gutter - 10, scene.row)
        _words(painter, held, plural(len(scene.view.bars), "project"), "ink")
    painter.save()
    _right_part(painter, scene, scene.body_top, scene.body_height)
    low, high = scene.body_top, scene.body_top + scene.body_height
    order = [at for at in scene.where if at != scene.chosen]
    for at in [*order, *([scene.chosen] if scene.chosen in scene.where else [])]:
        place = scene.bar_rect(at)
        if place is None or place.bottom() < low or place.top() > high or place.left() > scene.width:
            continue
        _bar(painter, scene, scene.view.bars[at], place, chosen=at == scene.chosen, focus=focus)
    painter.restore()


def _bar(painter: QPainter, scene: Scene, bar: YearBar, rect: QRectF, *, chosen: bool, focus: bool) -> None:
    t = tokens()
    fill, edge, ink, dashed = look(bar.phase)
    body = rect.adjusted(0.5, 0.5, -1.5, -0.5)
    painter.setBrush(QColor(getattr(t, fill)))
    if edge:
        pen = QPen(QColor(getattr(t, edge)), 1.2)
        if dashed:
            pen.setDashPattern([3, 2.4])
        painter.setPen(pen)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(body, 5, 5)
    if chosen:
        _detail(painter, scene, bar, rect)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(t.focus if focus else t.muted), 2))
        painter.drawRoundedRect(body.adjusted(-2.5, -2.5, 2.5, 2.5), 7, 7)
    face = font(NOTE, MEDIUM)
    words = bar.phase_words.lower() if scene.each else bar.title
    need = QFontMetrics(face).horizontalAdvance(words)
    begin = max(rect.left(), scene.gutter) + 8
    painter.setFont(face)
    if need + 8 <= rect.right() - begin:
        painter.setPen(QColor(getattr(t, ink)))
        painter.drawText(QRectF(begin, rect.top(), need + 4, rect.height()), _LEFT, words)
    elif rect.right() > scene.gutter:
        painter.setPen(QColor(t.muted if scene.each else t.ink))
        painter.drawText(QRectF(rect.right() + 5, rect.top(), need + 4, rect.height()), _LEFT, words)


def look(phase: str) -> tuple[str, str, str, bool]:
    """Tokens of ground, edge and words, and whether the edge is dashed."""
    if phase == "running":
        return "accent", "", "on_accent", False
    if phase == "draft":
        return "panel", "accent", "accent", True
    if phase == "closed":
        return "pale", "line", "muted", False
    return "soft", "accent", "accent", False


def _detail(painter: QPainter, scene: Scene, bar: YearBar, rect: QRectF) -> None:
    """Of the chosen project: the way from the last day to apply, and its milestones."""
    t, by = tokens(), timedelta(days=scene.shift)
    painter.setPen(QPen(QColor(t.muted), 1.2))
    if bar.apply_by and bar.apply_by < bar.start:
        x = scene.x(bar.apply_by + by)
        painter.drawLine(QLineF(x, rect.center().y(), rect.left() - 3, rect.center().y()))
        painter.drawLine(QLineF(x, rect.top() + 4, x, rect.bottom() - 4))
    fill, _, ink, _ = look(bar.phase)
    painter.setPen(QPen(QColor(getattr(t, fill)), 1))
    painter.setBrush(QColor(getattr(t, ink)))
    for day in bar.milestones:
        x = scene.x(day + by) + scene.scale.pixels / 2
        if rect.left() <= x <= rect.right():
            painter.drawEllipse(QPointF(x, rect.bottom() - 4), 2.6, 2.6)


def _preview(painter: QPainter, scene: Scene) -> None:
    """Beside the bar that is being dragged: the new days and the exams that they would hit."""
    rect = scene.bar_rect(scene.chosen) if scene.chosen is not None else None
    if rect is None:
        return
    t, face = tokens(), font(NOTE, MEDIUM)
    wide = min(QFontMetrics(face).horizontalAdvance(scene.preview) + 24, scene.width - scene.gutter - 16)
    held = QFontMetrics(face).boundingRect(0, 0, int(wide) - 20, 400, int(Qt.TextFlag.TextWordWrap), scene.preview)
    tall = held.height() + 14
    left = min(max(rect.left(), scene.gutter + 8), scene.width - wide - 8)
    under = rect.bottom() + 8 + tall <= scene.height
    box = QRectF(left, rect.bottom() + 8 if under else rect.top() - 8 - tall, wide, tall)
    painter.setPen(QPen(QColor(t.line), 1))
    painter.setBrush(QColor(t.ink))
    painter.drawRoundedRect(box, 7, 7)
    painter.setFont(face)
    painter.setPen(QColor(t.panel))
    painter.drawText(box.adjusted(10, 0, -10, 0), _LEFT | int(Qt.TextFlag.TextWordWrap), scene.preview)


# --- supervisors ----------------------------------------------------------------------------------------------------


def _loads(painter: QPainter, scene: Scene) -> None:
    for place, load in enumerate(scene.view.loads):
        y = scene.load_y(place)
        painter.fillRect(QRectF(0, y, scene.width, scene.load_row), tokens().color("panel"))
        half = scene.load_row / 2
        _words(painter, QRectF(0, y + 4, scene.gutter - 10, half - 2), load.name, "ink")
        note = plural(load.hours_a_week, "hour") + " a week" if load.hours_a_week is not None else "hours not said"
        if load.colleague_id is None:
            note = "name someone"
        _words(painter, QRectF(0, y + half, scene.gutter - 10, half - 6), note, "muted", CAPTION)
        painter.save()
        _right_part(painter, scene, y, scene.load_row)
        _load(painter, scene, load, y)
        painter.restore()
        _line(painter, y, scene.width)


def _load(painter: QPainter, scene: Scene, load: Load, y: float) -> None:
    t = tokens()
    limit = load.hours_a_week * 60 if load.hours_a_week is not None else 0
    most = max([limit, *(week.minutes for week in load.weeks), 60])
    room, foot = scene.load_row - 10, y + scene.load_row - 1
    if load.left_on is not None:
        x = max(scene.x(load.left_on + timedelta(days=1)), scene.gutter)
        gone = QRectF(x, y + 4, max(scene.width - x, 0), scene.load_row - 5)
        painter.fillRect(gone, QBrush(QColor(t.line), Qt.BrushStyle.BDiagPattern))
    for week in load.weeks:
        left, wide = scene.across(week.monday, week.monday + timedelta(days=6))
        if not week.minutes or left > scene.width or left + wide < scene.gutter:
            continue
        tall = max(3.0, room * week.minutes / most)
        rect = QRectF(left + 1, foot - tall, max(wide - 3, 2), tall)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.bad if week.over else t.line if not t.dark else t.muted))
        painter.drawRoundedRect(rect, 2, 2)
        hours = as_written(f"{week.minutes / 60:.1f}".removesuffix(".0"))
        face = font(CAPTION, MEDIUM)
        if QFontMetrics(face).horizontalAdvance(hours) + 2 <= rect.width() and tall >= QFontMetrics(face).height():
            painter.setFont(face)
            painter.setPen(QColor(t.panel if week.over or t.dark else t.ink))
            painter.drawText(rect, _MIDDLE, hours)
    if limit and load.left_on is None:
        pen = QPen(QColor(t.muted), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        level = foot - room * limit / most
        painter.drawLine(QLineF(scene.gutter, level, scene.width, level))
