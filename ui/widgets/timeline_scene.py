"""What a timeline shows and where: rows, rectangles, what lies under a point, and how it is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetrics

from core.insight.year import YearView
from core.insight.year_load import Load, WeekLoad
from core.insight.year_parts import SchoolSpan, Season, YearBar
from core.text import plural, short_day
from ui.theme import MEDIUM, NOTE, current, font
from ui.widgets.timeline_layout import Scale, one_each, packed, roomy

LEAST_DAYS, MOST_DAYS = 28.0, 800.0


@dataclass(frozen=True)
class School:
    """A school's row of the expanded calendar."""

    name: str
    spans: tuple[SchoolSpan, ...]


class Scene:
    """`days` are in sight at once; `left` and `top`: pixels scrolled away. Call `lay` after any change of them."""

    def __init__(self, view: YearView, today: date) -> None:
        self.today = today
        self.expanded = False
        self.days, self.left, self.top = 183.0, 0.0, 0
        self.width, self.height = 800, 400
        self.chosen: int | None = None
        self.shift, self.preview = 0, ""
        self.show(view)

    def show(self, view: YearView) -> None:
        """New rows; the chosen project stays chosen."""
        kept = self.bar.project_id if self.chosen is not None and self.bar is not None else ""
        self.view = view
        places = {bar.project_id: at for at, bar in enumerate(view.bars)}
        self.chosen = places.get(kept)
        by_school: dict[str, list[SchoolSpan]] = {}
        for one in view.schools:
            by_school.setdefault(one.school, []).append(one)
        self.schools = [School(name, tuple(spans)) for name, spans in by_school.items()]
        self.lay()

    @property
    def bar(self) -> YearBar | None:
        return self.view.bars[self.chosen] if self.chosen is not None else None

    # --- sizes ------------------------------------------------------------------------------------------------------

    def lay(self) -> None:
        px = current().px
        small = self.width < px(680)
        self.gutter = px(118 if small else 190)
        self.head = px(46)
        self.row = px(34)
        self.school_row = px(26)
        self.load_row = px(42)
        span = max(self.width - self.gutter, 60)
        self.scale = Scale(self.view.start, span / self.days)
        self.total = ((self.view.end - self.view.start).days + 1) * self.scale.pixels
        self.left = min(max(self.left, 0.0), max(self.total - span, 0.0))
        self.each = roomy(self.view.bars, self.days)
        self._rows()

    def _rows(self) -> None:
        bars = self.view.bars
        self.bar_row = self.row if self.each else current().px(28)
        if self.each:
            self.rows = one_each(bars, self.seen(), self.bar_row)
        else:
            face = QFontMetrics(font(NOTE, MEDIUM))
            self.rows = packed(bars, self.scale, lambda bar: face.horizontalAdvance(bar.title) + 16, self.bar_row, 10)
        self.where = {at: row for row in self.rows for at in row.bars}

    @property
    def readable(self) -> float:
        """Pixels a day, as many as they are worth at this size of text."""
        return self.scale.pixels * 100 / current().px(100)

    def seen(self) -> tuple[date, date]:
        """First and last day in sight."""
        first = self.scale.day(self.left)
        return first, first + timedelta(days=max(0, round(self.days) - 1))

    def look_at(self, day: date, part: float) -> None:
        """Scrolls so that `day` stands at that part of the width."""
        self.left = self.scale.x(day) - part * (self.width - self.gutter)
        self.lay()

    def zoom(self, days: float, at: float | None = None) -> None:
        """`at`: a pixel across that keeps its day; else today's if it is in sight, else the middle."""
        if at is None:
            now = self.x(self.today)
            at = now if self.gutter <= now <= self.width else (self.gutter + self.width) / 2
        day = (at - self.gutter + self.left) / self.scale.pixels
        self.days = min(max(days, LEAST_DAYS), MOST_DAYS)
        self.lay()
        self.left = day * self.scale.pixels - (at - self.gutter)
        self.lay()

    def x(self, day: date) -> float:
        return self.gutter + self.scale.x(day) - self.left

    def across(self, start: date, end: date) -> tuple[float, float]:
        left, wide = self.scale.span(start, end)
        return self.gutter + left - self.left, wide

    # --- from top to bottom -----------------------------------------------------------------------------------------

    @property
    def season_height(self) -> int:
        return current().px(44) if self.view.seasons else 0

    @property
    def body_top(self) -> int:
        return self.head + self.season_height

    @property
    def schools_height(self) -> int:
        return len(self.schools) * self.school_row if self.expanded else 0

    @property
    def bars_height(self) -> int:
        return sum(row.height for row in self.rows)

    @property
    def loads_height(self) -> int:
        return len(self.view.loads) * self.load_row

    @property
    def loads_stay(self) -> bool:
        """The supervisors' weeks stay in sight at the bottom while they leave the projects most of the room."""
        return self.loads_height <= 0.5 * (self.height - self.body_top)

    @property
    def body_height(self) -> int:
        """Of the part that scrolls, as far as it is in sight."""
        return max(0, self.height - self.body_top - (self.loads_height if self.loads_stay else 0))

    @property
    def scrolled_height(self) -> int:
        return self.schools_height + self.bars_height + (0 if self.loads_stay else self.loads_height)

    @property
    def needed(self) -> int:
        return self.body_top + self.schools_height + max(self.bars_height, self.row) + self.loads_height

    def bar_rect(self, at: int) -> QRectF | None:
        """On the screen; None where a project has no row in sight."""
        row = self.where.get(at)
        if row is None:
            return None
        bar = self.view.bars[at]
        by = timedelta(days=self.shift) if at == self.chosen else timedelta()
        left, wide = self.across(bar.start + by, bar.end + by)
        pad = 5 if self.each else 3
        y = self.body_top + self.schools_height + row.top - self.top
        return QRectF(left, y + pad, max(wide, 6.0), row.height - 2 * pad)

    def school_y(self, place: int) -> int:
        return self.body_top + place * self.school_row - self.top

    def load_y(self, place: int) -> int:
        if self.loads_stay:
            under = max(self.height - self.loads_height, 0)
            natural = self.body_top + self.schools_height + max(self.bars_height, self.row)
            return min(under, natural) + place * self.load_row
        return self.body_top + self.schools_height + self.bars_height + place * self.load_row - self.top

    # --- what lies where --------------------------------------------------------------------------------------------

    def under(self, point: QPointF) -> int | None:
        """The project under a point; where each has a row, its whole row at the left counts too."""
        if not self.body_top <= point.y() < self.body_top + self.body_height:
            return None
        for at in reversed(range(len(self.view.bars))):
            rect = self.bar_rect(at)
            if rect is None:
                continue
            if point.x() < self.gutter:
                if self.each and rect.top() - 5 <= point.y() <= rect.bottom() + 5:
                    return at
            elif rect.adjusted(-3, -2, 3, 2).contains(point):
                return at
        return None

    def season_under(self, point: QPointF) -> Season | SchoolSpan | None:
        if point.x() < self.gutter:
            return None
        if self.head <= point.y() < self.body_top:
            hits = [one for one in self.view.seasons if _within(point.x(), self.across(one.start, one.end))]
            exams = [one for one in hits if one.kind == "exams"]
            return next(iter(exams or hits), None)
        if self.expanded:
            for place, school in enumerate(self.schools):
                if 0 <= point.y() - self.school_y(place) < self.school_row:
                    spans = (one for one in school.spans if _within(point.x(), self.across(one.start, one.end)))
                    return next(spans, None)
        return None

    def load_under(self, point: QPointF) -> tuple[Load, WeekLoad] | None:
        for place, load in enumerate(self.view.loads):
            if 0 <= point.y() - self.load_y(place) < self.load_row and point.x() >= self.gutter:
                for week in load.weeks:
                    left, wide = self.across(week.monday, week.monday + timedelta(days=6))
                    if left <= point.x() < left + wide:
                        return load, week
        return None


def _within(x: float, span: tuple[float, float]) -> bool:
    return span[0] <= x < span[0] + span[1]


# --- in words -------------------------------------------------------------------------------------------------------


def bar_words(bar: YearBar) -> str:
    """P-012 Supplier list, draft, 4 January 2027 to 29 January 2027, supervised by Ingrid"""
    said = [f"{bar.number} {bar.title}", bar.phase_words.lower(), f"{short_day(bar.start)} to {short_day(bar.end)}"]
    if bar.works:
        said.append(plural(len(bar.works), "student"))
    if bar.to_come and bar.phase != "draft":
        said.append(f"{plural(bar.to_come, 'opening')} to fill")
    said.append(f"supervised by {bar.supervisor}" if bar.supervisor else "nobody supervises it yet")
    return ", ".join(said)


def season_words(one: Season | SchoolSpan) -> str:
    what = "Exams" if one.kind == "exams" else "Break"
    days = f"{short_day(one.start)} to {short_day(one.end)}"
    if isinstance(one, SchoolSpan):
        return f"{what} at {one.school}: {days}"
    return f"{what} at {plural(len(one.schools), 'school')}, {days}: {', '.join(one.schools)}"


def week_words(load: Load, week: WeekLoad) -> str:
    """Week of 14 Dec 2026: about 3 h 18 min for 9 students, of 4 hours"""
    hours, minutes = divmod(week.minutes, 60)
    took = " ".join(part for part in (f"{hours} h" if hours else "", f"{minutes} min" if minutes else "") if part)
    said = f"{load.name}, week of {short_day(week.monday)}: "
    if not week.students:
        return said + "nothing planned"
    said += f"about {took} for {plural(week.students, 'student')}"
    if load.left_on is not None and load.left_on < week.monday:
        return f"{said}, but {load.name} left on {short_day(load.left_on)}"
    if load.hours_a_week is None:
        return said
    return f"{said}, of {plural(load.hours_a_week, 'hour')}{': too much' if week.over else ''}"
