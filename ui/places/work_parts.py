"""Parts of the page of an engagement: what must be ready, milestones, talks, hours, files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from core import text
from core.insight.at_work import CheckInRow, DeliveryRow, EngagementView, HourRow
from core.insight.milestones import MilestoneState
from core.text import as_written, line, short_day
from core.work import check_ins, documents, hours, kick_off, milestones
from ui.context import Context
from ui.places.actions import attempt, opener
from ui.places.work_files import file_line
from ui.widgets.course import Course, Stop
from ui.widgets.meter import Meter
from ui.widgets.panel import Heading
from ui.widgets.text import Elided, IconButton, button, label

HOURS_SEEN = 4


def section(words: str, note: str = "", action: str = "", run: Callable[[], object] | None = None) -> QWidget:
    """A heading with what it counts, and the one thing to do at its right."""
    made = Heading(words, note)
    made.setContentsMargins(0, 10, 0, 0)
    if action and run is not None:
        link = button(action, "link-small", run, name=f"{action} {words}")
        link.setProperty("side", "right")
        made.add(link)
    return made


def ready(context: Context, one: EngagementView) -> QWidget:
    """Before the kick-off: when, how to join, and the list of what must be ready."""
    made, down = _column()
    store, row = context.store, one.row
    when = [short_day(one.kick_off.on, context.today()), kick_off.clock_words(one.kick_off.time)]
    when.append(line(one.kick_off.how_to_join))
    done = len(one.kick_off.checks)
    down.addWidget(
        section(
            "Before the kick-off",
            f"{done} of {len(kick_off.CHECKS)} ready",
            "Day and place…",
            opener(context, "kick_off_plan", None, engagement_id=row.id),
        )
    )
    down.addWidget(label(" · ".join(part for part in when if part), "muted", wrap=True))
    for key, words in kick_off.CHECKS.items():
        ticked = key in one.kick_off.checks
        beside = {
            "authorisation": (
                "Change…" if one.authorisation.words else "Note it…",
                opener(context, "authorisations", None, engagement_id=row.id),
            ),
            "message": ("Write it…", opener(context, "kick_off_message", None, engagement_id=row.id)),
            "papers": ("Papers…", opener(context, "payees", candidate_id=row.candidate_id)),
        }.get(key)

        def tick(on: bool, key: str = key) -> bool:
            return attempt(context, lambda: kick_off.set_check(store, row.id, key, on, today=context.today()))

        down.addWidget(_point(words, ticked, tick, beside if not ticked else None))
    return made


def plan(context: Context, one: EngagementView) -> QWidget:
    """The line of the work, and its milestones, each done by one click."""
    made, down = _column()
    today, row, store = context.today(), one.row, context.store
    completed = sum(m.done_on is not None for m in one.milestones)
    note = f"{completed} of {text.plural(len(one.milestones), 'is', 'are')} completed" if one.milestones else ""
    down.addWidget(section("Course", note))
    stops = [
        Stop(day, m.state, f"{short_day(day, today)}: {line(m.text)}")
        for m in one.milestones
        if (day := m.done_on or m.due_on) is not None
    ]
    stops += [
        Stop(day, "talk", f"{short_day(day, today)}: check-in")
        for x in one.check_ins
        if (day := x.held_on or x.planned_on) is not None
    ]
    first = row.started_on or row.kick_off_on
    down.addWidget(Course(first, row.due_on, today, stops, f"Course of the work of {row.candidate}"))
    for milestone in one.milestones:

        def mark(on: bool, milestone: MilestoneState = milestone) -> bool:
            now = context.today()
            if not on:
                return attempt(context, lambda: milestones.reopen_milestone(store, row.id, milestone.id, today=now))
            # Marked once the work has ended, it was completed by its last day.
            done = partial(milestones.complete_milestone, store, row.id, milestone.id, today=now, on=row.ended_on)
            return attempt(context, done)

        down.addWidget(_point(line(milestone.text), milestone.done_on is not None, mark, None, _when(milestone, today)))
    return made


def _when(one: MilestoneState, today: date) -> tuple[str, str]:
    if one.done_on is not None:
        return f"done {short_day(one.done_on, today)}", "note"
    if one.due_on is None:
        return "", "note"
    if one.state == "overdue":
        return f"{text.plural((today - one.due_on).days, 'day')} late", "error"
    return short_day(one.due_on, today), "note"


def talks(context: Context, one: EngagementView) -> QWidget:
    made, down = _column()
    row, today = one.row, context.today()
    held = [x for x in one.check_ins if x.held_on is not None]
    parts = [f"{len(held)} held" if held else "", f"{row.supervision_minutes} min of yours"]
    note = " · ".join(part for part in parts if part) if row.supervision_minutes else parts[0]
    down.addWidget(section("Check-ins", note, "Record one…", opener(context, "check_ins", None, engagement_id=row.id)))
    for talk in one.check_ins:
        down.addWidget(_talk(context, row.id, talk, today))
    if one.suggestion is not None:
        words = f"Next: {short_day(one.suggestion.on, today)}, as {one.suggestion.why}."
        plan_it = opener(context, "check_in_plan", None, engagement_id=row.id)
        line_ = QHBoxLayout()
        line_.setSpacing(4)
        line_.addWidget(label(words, "muted", wrap=True), 1)
        link = button("Plan it…", "link-small", plan_it, name="Plan the next check-in")
        line_.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        down.addLayout(line_)
    elif not one.check_ins:
        down.addWidget(label("None yet.", "muted"))
    return made


def _talk(context: Context, engagement_id: str, talk: CheckInRow, today: date) -> QWidget:
    day = talk.held_on or talk.planned_on
    shown = short_day(day, today) if day else ""
    minutes = f"{talk.minutes} min" if talk.held_on is not None and talk.minutes else ""
    late = talk.held_on is None and talk.planned_on is not None and talk.planned_on < today
    state = "" if talk.held_on is not None else "was planned" if late else "planned"
    words = " · ".join(part for part in (shown, state, minutes, line(talk.note)) if part)
    edit = opener(context, "check_ins", None, engagement_id=engagement_id, check_in_id=talk.id)
    verb = ("Edit…" if talk.held_on is not None else "Record it…", f"Record the check-in of {shown}", edit)

    def remove() -> None:
        attempt(context, lambda: check_ins.remove_check_in(context.store, talk.id, today=today), "Taken off.")

    return _line(words, "", verb, (f"Take the check-in of {shown} off", remove))


def effort(context: Context, one: EngagementView, *, all_: bool, show_all: Callable[[], None]) -> QWidget:
    """Hours logged of those estimated, with each day's entry."""
    made, down = _column()
    row = one.row
    over = row.minutes_logged - row.estimated_hours * 60
    log = opener(context, "hours", None, engagement_id=row.id, candidate=row.candidate)
    down.addWidget(section("Hours", "", "Log hours…" if row.started_on else "", log))
    words = f"{hours_words(row.minutes_logged)} of {row.estimated_hours} h logged"
    if over > 0:
        words += f", {hours_words(over)} h over the estimate; the fee stays as agreed"
    percent = round(100 * row.minutes_logged / max(row.estimated_hours * 60, 1))
    down.addWidget(label(words, "muted", wrap=True))
    down.addWidget(Meter(percent, "amber" if over > 0 else "green", words))
    down.addSpacing(6)
    shown = one.hours if all_ else one.hours[-HOURS_SEEN:]
    for entry in reversed(shown):
        down.addWidget(_entry(context, row.id, entry))
    if len(shown) < len(one.hours):
        rest = button(f"Show all {len(one.hours)}", "link-small", show_all, name=f"Show all hours of {row.candidate}")
        rest.setProperty("side", "flush")
        down.addWidget(rest, 0, Qt.AlignmentFlag.AlignLeft)
    return made


def hours_words(minutes: int) -> str:
    return as_written(f"{minutes / 60:.1f}".removesuffix(".0"))


def _long(minutes: int) -> str:
    """45 min, 2 h, 2 h 20 min"""
    parts = [f"{minutes // 60} h" if minutes >= 60 else "", f"{minutes % 60} min" if minutes % 60 else ""]
    return " ".join(part for part in parts if part)


def _entry(context: Context, engagement_id: str, entry: HourRow) -> QWidget:
    today = context.today()
    day = short_day(entry.worked_on, today)
    took = f"{_long(entry.minutes)} of {day}"
    words = " · ".join(part for part in (day, _long(entry.minutes), line(entry.note)) if part)
    edit = opener(context, "hours", None, engagement_id=engagement_id, entry_id=entry.id)

    def remove() -> None:
        attempt(context, lambda: hours.remove_hours(context.store, entry.id, today=today), "Taken off.")

    return _line(words, "", ("Edit…", f"Edit {took}", edit), (f"Take {took} off", remove))


def handed_in(context: Context, deliveries: tuple[DeliveryRow, ...]) -> QWidget:
    made, down = _column()
    today = context.today()
    down.addWidget(section("Delivered"))
    for one in deliveries:
        day = short_day(one.delivered_on, today)
        words = " · ".join(part for part in (day, line(one.note), one.link) if part)
        add = opener(context, "documents", None, owner_id=one.id)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(words, "", wrap=True, select=True), 1)
        more = button("Add files…", "link-small", add, name=f"Add files to the delivery of {day}")
        more.setProperty("side", "right")
        row.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        down.addLayout(row)
        for file in one.files:
            down.addWidget(file_line(context, file, documents.size_words(file.size)))
    return made


def _column() -> tuple[QWidget, QVBoxLayout]:
    made = QWidget()
    down = QVBoxLayout(made)
    down.setContentsMargins(0, 0, 0, 0)
    down.setSpacing(2)
    return made, down


def _point(
    words: str,
    done: bool,
    mark: Callable[[bool], bool],
    beside: tuple[str, Callable[[], object]] | None,
    when: tuple[str, str] = ("", "note"),
) -> QWidget:
    """A box to tick, its day and a link at the right. Where ticking is refused the box goes back."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    box = QCheckBox()
    box.setChecked(done)
    box.setAccessibleName(words)
    shown = label(words, "muted" if done else "", wrap=True)

    def ticked(on: bool) -> None:
        if not mark(on):
            box.blockSignals(True)
            box.setChecked(not on)
            box.blockSignals(False)

    box.toggled.connect(ticked)
    row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
    shown.setContentsMargins(0, 5, 0, 3)
    shown.setBuddy(box)
    row.addWidget(shown, 1)
    if when[0]:
        day = label(when[0], when[1])
        day.setContentsMargins(0, 6, 0, 0)
        row.addWidget(day, 0, Qt.AlignmentFlag.AlignTop)
    if beside is not None:
        link = button(beside[0], "link-small", beside[1], name=f"{beside[0]} {words}")
        link.setProperty("side", "right")
        row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
    return made


def _line(
    words: str,
    role: str,
    verb: tuple[str, str, Callable[[], object]],
    remove: tuple[str, Callable[[], object]] | None = None,
) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    row.addWidget(Elided(words, role), 1)
    row.addWidget(button(verb[0], "link-small", verb[2], name=verb[1]))
    if remove is not None:
        row.addWidget(IconButton("x", remove[0], remove[1]))
    return made
