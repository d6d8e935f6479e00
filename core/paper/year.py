"""A year on one page, on its side: months, exams and breaks, projects by phase, supervisors' weeks, gaps.

Each phase differs by more than its colour (filled, outlined, dashed, hatched), so that a grey print can be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from core.insight.parts import month_end, month_start
from core.paper import fonts
from core.paper.facts import Stationery
from core.paper.finish import Out
from core.paper.flow import heading, para, space
from core.paper.page import build
from core.paper.shaped import cut, wide
from core.paper.style import ACCENT, GROUND, HAIR, INK, LINE, MUTED, SOFT, WARN, WARN_GROUND
from core.text import MONTHS, plural, short_day

MOST_ROWS = 24
"""Projects with a row each; more are packed, and what has no room then is counted below."""
_GUTTER = 132.0
_HEAD = 16.0
_ROW = 13.2
_LOAD = 22.0
_TALLEST = 18.0
_PACKED = 10.0
_SMALL = 6.2
_MOST_WORDS = 80.0


@dataclass(frozen=True, slots=True)
class YearProject:
    """`kind`: running, draft, closed, or open for all between."""

    title: Annotated[str, "a project's title"]
    phase: str
    kind: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class YearSeason:
    """`kind`: exams or break; `schools`: how many."""

    kind: str
    start: date
    end: date
    schools: int


@dataclass(frozen=True, slots=True)
class YearLoad:
    """`weeks`: (Monday, minutes, whether too many)."""

    name: Annotated[str, "a colleague's name"]
    hours_a_week: int | None
    weeks: tuple[tuple[date, int, bool], ...]


@dataclass(frozen=True, slots=True)
class YearFacts:
    """`notes`: lines below the picture."""

    stationery: Stationery
    start: date
    end: date
    today: date
    projects: tuple[YearProject, ...]
    seasons: tuple[YearSeason, ...]
    loads: tuple[YearLoad, ...]
    notes: Annotated[tuple[str, ...], "a note on the year"] = ()


def make(facts: YearFacts, out: Out) -> None:
    """Write the page to `out`. UserError: a letter of the alphabet that papers cannot print."""
    fonts.check_facts(facts)
    build(
        out,
        facts.stationery,
        lambda width: _story(facts, width),
        title="The year of micro-internships",
        subject=_days(facts),
        foot=f"As of {short_day(facts.today)}",
        wide=True,
        one_page=True,
    )


def _days(facts: YearFacts) -> str:
    return f"{short_day(facts.start)} to {short_day(facts.end)}"


def _story(facts: YearFacts, width: float) -> list[Flowable]:
    picture = _Picture(facts, width)
    notes = [*facts.notes]
    if picture.left_out:
        notes.insert(0, f"{plural(picture.left_out, 'more project')} had no room on this page; print fewer months.")
    told = f"{_days(facts)} · {plural(len(facts.projects), 'project')}"
    said = [para(" ".join(notes), "note", spaceBefore=4)] if notes else []
    return [heading("The year", 0, spaceAfter=0), para(told, "kicker"), space(4), picture, *said]


class _Picture(Flowable):
    """Drawn from top to bottom; every row says its name at the left."""

    def __init__(self, facts: YearFacts, width: float) -> None:
        super().__init__()
        self.facts, self.width = facts, width
        self.days = (facts.end - facts.start).days + 1
        self.loads = facts.loads[:6]
        # What the page takes beside head, notes and foot, on the smaller of the two sizes.
        room = 360.0 - _HEAD - _ROW * bool(facts.seasons) - _LOAD * len(self.loads)
        self.each = len(facts.projects) <= min(MOST_ROWS, int(room / _ROW))
        self.rows = [[one] for one in facts.projects] if self.each else self._packed()
        self.row = min(_TALLEST, max(_ROW, room / max(len(self.rows), 1))) if self.each else _PACKED
        most = max(1, int(room / self.row + 0.001))
        self.left_out = sum(len(row) for row in self.rows[most:])
        self.rows = self.rows[:most]
        self.height = _HEAD + _ROW * bool(facts.seasons) + self.row * max(len(self.rows), 1) + _LOAD * len(self.loads)

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002
        return self.width, self.height

    def _packed(self) -> list[list[YearProject]]:
        rows: list[list[YearProject]] = []
        free: list[float] = []
        for one in self.facts.projects:
            left, right = self._x(one.start), self._x(one.end + timedelta(days=1))
            words = _wide(one.title) + 5
            right = (right if words <= right - left else right + min(words, _MOST_WORDS)) + 3
            place = next((n for n, edge in enumerate(free) if edge <= left), len(free))
            if place == len(free):
                free.append(0)
                rows.append([])
            free[place] = right
            rows[place].append(one)
        return rows

    def _x(self, day: date) -> float:
        inside = min(max((day - self.facts.start).days, 0), self.days)
        return _GUTTER + (self.width - _GUTTER) * inside / self.days

    def draw(self) -> None:
        canvas: Any = self.canv
        with canvas.figure(self._told(), self.width, self.height):
            self._draw(canvas)

    def _told(self) -> str:
        """The picture in words, for who cannot see it."""
        said = [f"{one.title}: {_span(one)}, {one.phase}" for one in self.facts.projects]
        said += [f"{one.kind} at {plural(one.schools, 'school')}: {_span(one)}" for one in self.facts.seasons]
        return f"Projects as bars over the days. {'; '.join(fonts.plain(one) for one in said) or 'None in these days'}."

    def _draw(self, canvas: Any) -> None:
        self._months(canvas)
        y = self.height - _HEAD
        if self.facts.seasons:
            y -= _ROW
            self._named(canvas, "Exams and breaks", y + 4)
            for one in sorted(self.facts.seasons, key=lambda each: each.kind == "exams"):
                self._season(canvas, one, y)
            self._rule(canvas, y)
        for row in self.rows:
            y -= self.row
            if self.each:
                self._named(canvas, row[0].title, y + self.row / 2 - 3)
                self._rule(canvas, y)
            for project in row:
                self._project(canvas, project, y)
        if not self.each:
            self._named(canvas, plural(len(self.facts.projects), "project"), self.height - _HEAD - 2 * _ROW + 4)
            self._rule(canvas, y)
        if not self.rows:
            self._named(canvas, "No project in these days", y - self.row + 4)
            y -= self.row
        for load in self.loads:
            y -= _LOAD
            self._load(canvas, load, y)
        self._today(canvas)

    def _months(self, canvas: Any) -> None:
        day = month_start(self.facts.start)
        wide = (self.width - _GUTTER) * 30 / self.days
        while day <= self.facts.end:
            x = self._x(day)
            canvas.setStrokeColor(LINE)
            canvas.setLineWidth(HAIR)
            canvas.line(x, 0, x, self.height)
            name = MONTHS[day.month - 1][: 12 if wide > 62 else 3]
            if day.month == 1 and wide > 40:
                name = f"{MONTHS[0][:3]} {day.year}"
            canvas.setFillColor(MUTED)
            canvas.setFont(fonts.BOLD, 7.2)
            if wide > 16 and x < self.width - 14:
                canvas.drawString(x + 3, self.height - 10, name)
            day = month_end(day) + timedelta(days=1)
        self._rule(canvas, self.height - _HEAD)

    def _rule(self, canvas: Any, y: float) -> None:
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(HAIR)
        canvas.line(0, y, self.width, y)

    def _named(self, canvas: Any, words: str, y: float) -> None:
        _text(canvas, words, 0, y, _GUTTER - 6, 8.2)

    def _season(self, canvas: Any, one: YearSeason, y: float) -> None:
        left, right = self._x(one.start), self._x(one.end + timedelta(days=1))
        exams = one.kind == "exams"
        canvas.setFillColor(WARN_GROUND if exams else SOFT)
        canvas.setStrokeColor(WARN if exams else LINE)
        canvas.setLineWidth(HAIR)
        canvas.roundRect(left, y + 2, max(right - left, 1.5), _ROW - 4, 1.5, stroke=1, fill=1)
        words = f"{'exams' if exams else 'break'} ({one.schools})"
        if stringWidth(words, fonts.REGULAR, 6) + 3 < right - left:
            canvas.setFillColor(INK)
            canvas.setFont(fonts.REGULAR, 6)
            # Exams lie over a break's beginning, so a break is named at its end.
            if exams:
                canvas.drawString(left + 2, y + 4.6, words)
            else:
                canvas.drawRightString(right - 2, y + 4.6, words)

    def _project(self, canvas: Any, one: YearProject, y: float) -> None:
        left, right = self._x(one.start), self._x(one.end + timedelta(days=1))
        wide, tall = max(right - left, 2.0), self.row - 3.6
        canvas.saveState()
        canvas.setLineWidth(0.9)
        canvas.setStrokeColor(ACCENT if one.kind != "closed" else MUTED)
        canvas.setFillColor({"running": ACCENT, "draft": GROUND, "closed": LINE}.get(one.kind, SOFT))
        if one.kind == "draft":
            canvas.setDash(2.2, 1.6)
        canvas.roundRect(left, y + 1.8, wide, tall, 2, stroke=1, fill=1)
        canvas.restoreState()
        dark = one.kind == "running"
        words = one.phase if self.each else one.title
        inside = _wide(words) + 5 <= wide
        at = left + 3 if inside else min(left + wide + 2, self.width - 4)
        room = wide if inside else min(self.width - at, _MOST_WORDS if not self.each else self.width)
        _text(canvas, words, at, y + 1.8 + tall / 2 - 2.2, room, _SMALL, GROUND if dark and inside else INK)

    def _load(self, canvas: Any, load: YearLoad, y: float) -> None:
        limit = load.hours_a_week * 60 if load.hours_a_week is not None else 0
        most = max([limit, 60, *(minutes for _, minutes, _ in load.weeks)])
        _text(canvas, load.name, 0, y + 12, _GUTTER - 6, 8.2)
        note = "hours not said" if load.hours_a_week is None else f"{plural(load.hours_a_week, 'hour')} a week"
        _text(canvas, note, 0, y + 4, _GUTTER - 6, 6.4, MUTED)
        for week, minutes, over in load.weeks:
            if not minutes or week + timedelta(days=6) < self.facts.start or week > self.facts.end:
                continue
            left, right = self._x(week), self._x(week + timedelta(days=7))
            tall = (_LOAD - 4) * minutes / most
            canvas.setFillColor(INK if over else LINE)
            canvas.rect(left + 0.6, y, max(right - left - 1.2, 0.8), tall, stroke=0, fill=1)
        if limit:
            canvas.saveState()
            canvas.setDash(2, 2)
            canvas.setStrokeColor(MUTED)
            canvas.setLineWidth(HAIR)
            level = y + (_LOAD - 4) * limit / most
            canvas.line(_GUTTER, level, self.width, level)
            canvas.restoreState()
        self._rule(canvas, y)

    def _today(self, canvas: Any) -> None:
        if self.facts.start <= self.facts.today <= self.facts.end:
            x = self._x(self.facts.today)
            canvas.setStrokeColor(INK)
            canvas.setLineWidth(1.4)
            canvas.line(x, 0, x, self.height - _HEAD + 3)
            canvas.setFillColor(INK)
            canvas.circle(x, self.height - _HEAD + 3, 1.8, stroke=0, fill=1)


def _span(one: YearProject | YearSeason) -> str:
    return f"{short_day(one.start)} to {short_day(one.end)}"


def _wide(words: str) -> float:
    return wide(words, fonts.REGULAR, _SMALL)


def _text(canvas: Any, words: str, x: float, y: float, room: float, size: float, colour: Any = INK) -> None:
    """One line, cut with an ellipsis where there is no room."""
    words = " ".join(fonts.plain(words).split())
    if fonts.needs_shaping(words):
        made = para(cut(words, room, fonts.REGULAR, size), "tick", fontSize=size, textColor=colour)
        _, height = made.wrap(room + size, size)
        # A line of a paragraph stands as much below its top as its letters are high.
        made.drawOn(canvas, x, y + size - height)
        return
    canvas.setFillColor(colour)
    for face, piece in _fitting(words, room, size):
        canvas.setFont(face, size)
        canvas.drawString(x, y, piece)
        x += stringWidth(piece, face, size)


def _fitting(words: str, room: float, size: float) -> list[tuple[str, str]]:
    """(typeface, piece); a letter that the typeface lacks is set in the symbols' one."""
    kept = words
    while True:
        shown = kept if kept == words else kept.rstrip() + "…"
        pieces = [(face or fonts.REGULAR, piece) for face, piece in fonts.runs(shown)]
        if not kept or sum(stringWidth(piece, face, size) for face, piece in pieces) <= room:
            return pieces
        kept = kept[:-1]
