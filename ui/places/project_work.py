"""The work of a project: each engagement from kick-off to payment, and the next step for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import money, text
from core.errors import HoldError, SystemFault, UserError
from core.insight.at_work import EngagementView, engagement
from core.insight.engagements import EngagementRow
from core.insight.money import pay_chip
from core.insight.payments import one_to_pay
from core.insight.projects import ProjectView
from core.states import AT_WORK
from core.work import extensions
from ui.calendar_file import calendar_file
from ui.context import Context
from ui.paper_form import paper_form
from ui.places import work_parts
from ui.places.actions import Action, Run, link_to, menu_button, opener
from ui.places.both_sheet import reader
from ui.widgets.chips import Pill
from ui.widgets.empty import Empty
from ui.widgets.notice import Notice
from ui.widgets.panel import Line, Scroll, clear
from ui.widgets.text import button, label

_FITS = 30


def work_page(context: Context, view: ProjectView) -> QWidget:
    if not view.engagements:
        return Empty(
            "No work yet", "Once a student accepts an offer, their work stands here, from kick-off to payment."
        )
    scroll = Scroll(gap=10, margins=(0, 0, 8, 0))
    if len(view.engagements) > 1:
        people = [row.candidate_id for row in view.engagements]
        letters = opener(context, "bulk_letters", candidate_ids=people, project_id=view.id)
        link = button(f"Letters to all {len(people)}…", "link", letters)
        link.setProperty("side", "flush")
        scroll.body.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
    for place, row in enumerate(view.engagements):
        if place:
            scroll.body.addWidget(Line())
        one = engagement(context.store, row.id, today=context.today())
        scroll.body.addWidget(_engagement(context, view, one))
    scroll.body.addStretch(1)
    return scroll


def _engagement(context: Context, view: ProjectView, one: EngagementView) -> QWidget:
    row, today = one.row, context.today()
    made = QWidget()
    made.setAccessibleName(f"{row.candidate}: {row.words}")
    down = QVBoxLayout(made)
    down.setContentsMargins(0, 0, 0, 6)
    down.setSpacing(6)
    head = QHBoxLayout()
    head.setSpacing(8)
    head.addWidget(link_to(context, row.candidate_id, row.candidate), 1)
    head.addWidget(Pill(row.words, row.kind), 0, Qt.AlignmentFlag.AlignVCenter)  # type: ignore[arg-type]
    down.addLayout(head)
    for words in _facts(row, context):
        down.addWidget(label(words, "muted", wrap=True))
    down.addLayout(_buttons(context, view, row))
    for wish in one.extensions:
        if wish.granted is None:
            down.addWidget(_wish(context, wish.id, text.short_day(wish.new_due_on, today)))
    if one.authorisation.held:
        mend = opener(context, "authorisations", None, engagement_id=row.id)
        down.addWidget(Notice(one.authorisation.held, "Mend the window", mend))
    if row.state == "agreed":
        down.addWidget(work_parts.ready(context, one))
    if row.state in AT_WORK or one.milestones:
        down.addWidget(work_parts.plan(context, one))
    if row.state in AT_WORK or one.check_ins:
        down.addWidget(work_parts.talks(context, one))
    if row.started_on is not None:
        down.addWidget(_effort(context, one))
    if one.deliveries:
        down.addWidget(work_parts.handed_in(context, one.deliveries))
    _pay(down, one, context)
    if row.state in AT_WORK:
        down.addWidget(_window(context, one))
    return made


def _buttons(context: Context, view: ProjectView, row: EngagementRow) -> QHBoxLayout:
    """The next step first, and alone where two do not fit beside the menu."""
    buttons = QHBoxLayout()
    buttons.setSpacing(8)
    actions = steps(context, view, row)
    many = 2 if sum(len(action.words) for action in actions[:2]) <= _FITS else 1
    for action in actions[:many]:
        buttons.addWidget(button(action.words, "", action.run, name=f"{action.words} {row.candidate}"))
    if len(actions) > many:
        buttons.addWidget(menu_button(f"More for the work of {row.candidate}", actions[many:]))
    buttons.addStretch(1)
    return buttons


def _window(context: Context, one: EngagementView) -> QWidget:
    """The authorisation to work, as it is noted, and why it goes on outside its window."""
    state = one.authorisation
    made = QWidget()
    down = QVBoxLayout(made)
    down.setContentsMargins(0, 0, 0, 0)
    change = opener(context, "authorisations", None, engagement_id=one.row.id)
    down.addWidget(work_parts.section("Work authorisation", "", "Change…" if state.words else "Note it…", change))
    down.addWidget(label(state.words or "None is noted yet.", "muted", wrap=True))
    if state.caution and state.words:
        down.addWidget(label(state.caution, "note", wrap=True))
    if state.reason:
        down.addWidget(label(f"It goes on all the same: {text.line(state.reason)}", "note", wrap=True))
    return made


def _effort(context: Context, one: EngagementView) -> QWidget:
    holder = QWidget()
    box = QVBoxLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)

    def fill(*, all_: bool) -> None:
        clear(box)
        box.addWidget(work_parts.effort(context, one, all_=all_, show_all=lambda: fill(all_=True)))

    fill(all_=False)
    return holder


def _facts(row: EngagementRow, context: Context) -> list[str]:
    today = context.today()

    def day(name: str, when: object) -> str:
        return f"{name} {text.short_day(when, today)}" if when else ""  # type: ignore[arg-type]

    late = f"{text.plural(row.days_late, 'day')} late" if row.days_late else ""
    course = [
        day("started", row.started_on) or day("kick-off", row.kick_off_on),
        day("due", row.due_on) if row.delivered_on is None else "",
        late,
        day("delivered", row.delivered_on),
        day("accepted", row.accepted_on),
        day("ended", row.ended_on) if row.accepted_on is None else "",
    ]
    effort = [f"supervisor {row.supervisor}" if row.supervisor else "", f"{row.estimated_hours} h estimated"]
    verdict = [row.verdict_words, f"rated {row.rating} of 4" if row.rating else "", row.ended_why]
    lines = [" · ".join(part for part in line if part) for line in (course, effort, verdict, [_seal(row, today)])]
    return [line[0].upper() + line[1:] for line in lines if line]


def _seal(row: EngagementRow, today: date) -> str:
    """Until when the reviews are closed; nothing once there is something to read."""
    if row.readable or row.state not in ("agreed", "running", "delivered", "accepted", "ended_early"):
        return ""
    on = row.reviews_open_on
    latest = f", on {text.short_day(on, today)} at the latest" if on is not None and on > today else ""
    return f"their review is in and sealed until ours is{latest}" if row.review_in else f"reviews open together{latest}"


def _fee(row: EngagementRow) -> str:
    fee = row.fee
    parts = [f"{money.show(fee.due, fee.currency)} agreed"]
    if fee.paid:
        parts.append(f"{money.show(fee.paid, fee.currency)} paid")
    if fee.owed:
        parts.append(f"{money.show(fee.owed, fee.currency)} to pay now")
    elif fee.open and fee.due:
        parts.append("due when the work is accepted" if not fee.paid else f"{money.show(fee.open, fee.currency)} open")
    return " · ".join(parts) if fee.due or fee.paid else "No fee is due"


def _wish(context: Context, wish_id: str, day: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    notice = Notice(f"Asks for time until {day}.", "Give it", _answerer(context, wish_id, granted=True))
    row.addWidget(notice, 1)
    row.addWidget(button("No", "", _answerer(context, wish_id, granted=False), name=f"No more time, until {day}"))
    return made


def _answerer(context: Context, wish_id: str, *, granted: bool) -> Callable[[], None]:
    def answer() -> None:
        done = "The due date moved." if granted else "The due date stays."
        store, today = context.store, context.today()
        try:
            extensions.answer_extension(store, wish_id, granted, today=today)
        except HoldError as error:
            context.open_form("extension_answer", extension_id=wish_id, words=str(error))
        except (UserError, SystemFault) as error:
            context.say(str(error))
        else:
            context.say(done)

    return answer


def record_opener(context: Context, engagement_id: str) -> Run:
    """What the student did, as it would be printed; saving it is what records that it left."""

    def show() -> None:
        from core.jobs import records

        store, today = context.store, context.today()

        def save(out: Path) -> object:
            return records.record(store, engagement_id, out, today=today, overwrite=True)

        context.preview("Experience record", lambda: records.draw_record(store, engagement_id, today=today), save)

    return show


def steps(context: Context, view: ProjectView, row: EngagementRow) -> list[Action]:
    """What can be done with an engagement now; the next step first."""

    def form(words: str, name: str, **values: object) -> Action:
        return Action(words, opener(context, name, None, engagement_id=row.id, candidate=row.candidate, **values))

    kick_off, hours = form("Kick-off…", "kick_off"), form("Log hours…", "hours")
    prepare, message = form("Day and place…", "kick_off_plan"), form("Kick-off message…", "kick_off_message")
    talk, plan_talk = form("Record a check-in…", "check_ins"), form("Plan a check-in…", "check_in_plan")
    window = form("Work authorisation…", "authorisations")
    time = form("More time…", "extension")
    no_show, end = form("Did not show up…", "no_show"), form("End early…", "end_early")
    pay = form("Record payment…", "payments")
    ours = form("Evaluate the work…", "evaluations", competencies=view.competencies)
    # What can be read stays as it is, so that it is read and no longer entered.
    theirs = Action("Both views", reader(context, row.id)) if row.readable else form("Student’s view…", "fit_reviews")
    half = form("Our view half-way…", "evaluations", occasion="mid", competencies=view.competencies)
    word = form("Student’s word half-way…", "mid_checks")
    opening = form("When the reviews open…", "reviews_day", opens_on=row.reviews_open_on)
    days = Action("Calendar file…", calendar_file(context, f"{view.title}, {row.candidate}", engagement_id=row.id))

    def sheet(kind: str, words: str) -> Action:
        return Action(f"{words}…", paper_form(context, kind, row.id, f"{words}, {row.candidate}"))

    half_form, fit_form = sheet("mid_check", "Half-way form"), sheet("fit_review", "Fit review form")
    sides = [ours] if not (row.rating and row.readable) else []
    sides += [theirs] if row.review_in else [fit_form, theirs]
    payee = Action("How they are paid…", opener(context, "payees", candidate_id=row.candidate_id))
    fee = form("Fee and instalments…", "instalments")
    rest = Action("")
    open_fee = row.fee.open > 0
    words_of = {"agreed": "letter-kick-off", "running": "letter-extension"}.get(row.state, "letter-thank-you")
    about = {"about": "work", "about_id": row.id, "key": words_of}
    letter = Action("Letter…", opener(context, "letter", candidate_id=row.candidate_id, **about))
    if row.state == "agreed":
        off = form("Call it off…", "call_off")
        beside = [rest, letter, days, opening, window, fee, payee]
        return [kick_off, time, prepare, message, plan_talk, rest, off, no_show, *beside]
    if row.state == "running":
        delivery = form("Delivery…", "delivery")
        beside = [rest, letter, half_form, half, word, days, opening, rest, pay, window, fee, payee]
        return [delivery, hours, talk, plan_talk, time, rest, end, no_show, *beside]
    if row.state == "delivered":
        accept, back = form("Accept the work…", "acceptance"), form("Send back…", "give_back")
        return [accept, back, hours, talk, *sides, pay, rest, letter, end, fee, payee]
    if row.state == "accepted":
        todo = [pay] if open_fee else []
        todo += [ours] if not row.rating else []
        todo += [fit_form, theirs] if not row.review_in else []
        todo += [Action("Experience record…", record_opener(context, row.id)), letter]
        return [*todo, *(one for one in (pay, *sides, hours, fee, payee) if one not in todo)]
    if row.state == "ended_early":
        return [pay, *sides, fee, payee] if open_fee else [*sides, pay, fee, payee]
    return []


def _pay(down: QVBoxLayout, one: EngagementView, context: Context) -> None:
    """What is agreed and went, payments one a line."""
    today = context.today()
    down.addWidget(work_parts.section("Pay"))
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(label(_fee(one.row), "subject", wrap=True), 1)
    if (chip := pay_chip(one.row.fee, today)) is not None:
        line.addWidget(Pill(chip.words, chip.tone), 0, Qt.AlignmentFlag.AlignVCenter)  # type: ignore[arg-type]
    down.addLayout(line)
    money_of = one_to_pay(context.store, one.row.id, today=today)
    if money_of.gap is not None:
        change = opener(context, "instalments", None, engagement_id=one.row.id)
        down.addWidget(Notice(money_of.gap.words, "Change the fee", change))
    for payment in one.payments:
        amount = money.show(payment.amount, payment.currency)
        parts = [
            f"{text.short_day(payment.paid_on, today)} paid {amount}",
            payment.method_words.lower(),
            payment.reference,
            f"held and answered: {payment.hold_reason}" if payment.hold_reason else "",
        ]
        words = " · ".join(part for part in parts if part)
        down.addWidget(label(words, "note", wrap=True, select=True))
