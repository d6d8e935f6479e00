"""The applications of a project: who stands where, by name or by code, and the next step for each."""

from __future__ import annotations

from collections.abc import Callable, Sized
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import text
from core.insight.projects import ApplicationRow, ProjectView
from core.text import in_digits
from core.work import select
from ui.context import Context
from ui.letters import offer_letter
from ui.places.actions import Action, Run, attempt, link_to, menu_button, opener
from ui.widgets.chips import Pill, Tone
from ui.widgets.chips_field import Flow
from ui.widgets.empty import Empty
from ui.widgets.notice import Notice
from ui.widgets.panel import Line, Scroll
from ui.widgets.text import Elided, button, label

SEPARATOR = Action("")
ROWS = 40
"""Applications that are shown before more are asked for; the board and the list of the pipeline have all."""
_RANK = ("shortlisted", "applied", "drafted", "sent", "expired", "accepted", "agreed", "running", "delivered")


def people_page(
    context: Context, view: ProjectView, to_work: Run, most: int = ROWS, more: Run | None = None
) -> QWidget:
    """`to_work` shows the project’s work, where an accepted offer is; beyond `most` rows a link asks for `more`."""
    if not view.applications:
        return Empty(
            "No applications yet",
            "They come by mail, from a campus office or a file. Record one with its answers; it gets a code, "
            "and is scored under it.",
            "Record an application",
            opener(context, "applications", project_id=view.id),
        )
    scroll = Scroll(gap=0, margins=(0, 0, 8, 0))
    head = QHBoxLayout()
    head.setContentsMargins(0, 0, 0, 8)
    head.setSpacing(8)
    head.addWidget(label(summary(view), "muted", wrap=True), 1)
    board = button("Board", "", lambda: context.show("pipeline", view.id), name="Applications as a board")
    head.addWidget(board, 0, Qt.AlignmentFlag.AlignTop)
    record = opener(context, "applications", project_id=view.id)
    head.addWidget(button("Record one…", "", record, name="Record an application"), 0, Qt.AlignmentFlag.AlignTop)
    scroll.body.addLayout(head)
    if view.names_hidden:
        codes = text.plural(view.names_hidden, "name is hidden behind a code", "names are hidden behind codes")
        scroll.body.addWidget(
            Notice(
                f"{codes} until you decide.",
                "Reveal…",
                opener(context, "reveal", project_id=view.id, names=view.names_hidden),
            )
        )
        scroll.body.addSpacing(8)
    _decisions(context, view, scroll)
    for place, row in enumerate(sorted(view.applications, key=_order)[:most]):
        if place:
            scroll.body.addWidget(Line())
        scroll.body.addWidget(_row(context, view, row, to_work))
    if more is not None and (left := len(view.applications) - most) > 0:
        scroll.body.addWidget(Line())
        link = button(f"{in_digits(left)} more", "link", more, name=f"{in_digits(left)} more applications")
        scroll.body.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
    scroll.body.addStretch(1)
    return scroll


def _decisions(context: Context, view: ProjectView, scroll: Scroll) -> None:
    """All who wait for a decision in one go; those who were declined and are to be told."""
    to_tell = [row for row in view.applications if row.held == "to be told"]
    if to_tell:
        words = text.plural(len(to_tell), "person is", "people are") + " to be told that they were not chosen."
        scroll.body.addWidget(Notice(words, "Write…", opener(context, "telling", project_id=view.id)))
        scroll.body.addSpacing(8)
    waiting = [row for row in view.applications if row.state in ("applied", "shortlisted")]
    held = [row.id for row in view.applications if row.status == "not_selected" and row.held and not row.told]
    named = [row.id for row in view.applications if row.id in held and row.name is not None]
    at_once = opener(context, "telling", project_id=view.id, application_ids=named)
    offers = [row for row in view.applications if row.offer_state in ("drafted", "sent")]
    declined = [row for row in view.applications if row.status == "not_selected" and row.candidate_id]
    others = [row.candidate_id for row in declined if row.told or row.held in ("", "to be told")]
    to_others = opener(context, "bulk_letters", candidate_ids=others, project_id=view.id, key="letter-not-selected")
    several: dict[str, tuple[Sized, Run]] = {
        f"Not selected: several of {len(waiting)}…": (waiting, opener(context, "declining", project_id=view.id)),
        f"Take back: several of {len(held)}…": (held, opener(context, "taking_back", application_ids=held)),
        f"Tell all {len(named)} now…": (named if len(held) > len(to_tell) else (), at_once),
        f"Offer letters: all {len(offers)}…": (offers, opener(context, "many_letters", project_id=view.id)),
        f"Letters to {len(others)} not selected…": (others, to_others),
    }
    links = QWidget()
    line = Flow(links, 20)
    for words, (who, run) in several.items():
        if len(who) > 1:
            link = button(words, "link", run)
            link.setProperty("side", "flush")
            line.addWidget(link)
    if line.count():
        scroll.body.addWidget(links)
    else:
        links.deleteLater()


def summary(view: ProjectView) -> str:
    counts: dict[str, int] = {}
    for row in view.applications:
        counts[row.words] = counts.get(row.words, 0) + 1
    return " · ".join(f"{count} {words[0].lower()}{words[1:]}" for words, count in counts.items())


def _order(row: ApplicationRow) -> tuple[int, str]:
    """Who is still in the running first; by code, so that the order tells nothing."""
    rank = _RANK.index(row.state) if row.state in _RANK else len(_RANK) + (row.state == "invited")
    return (rank, row.code or row.who)


def _row(context: Context, view: ProjectView, row: ApplicationRow, to_work: Run) -> QWidget:
    made = QWidget()
    made.setAccessibleName(f"{row.who}: {row.words}")
    down = QVBoxLayout(made)
    down.setContentsMargins(0, 6, 0, 6)
    down.setSpacing(0)
    first = QHBoxLayout()
    first.setSpacing(8)
    if row.candidate_id is not None:
        first.addWidget(link_to(context, row.candidate_id, row.who), 1)
    else:
        first.addWidget(Elided(row.who, "subject"), 1)
    first.addWidget(Pill(row.words, _tone(row)), 0, Qt.AlignmentFlag.AlignVCenter)
    actions = steps(context, view, row, to_work)
    first.addWidget(menu_button(f"More for {row.who}", actions[1:]))
    down.addLayout(first)
    second = QHBoxLayout()
    second.setSpacing(8)
    second.addWidget(Elided(_detail(context, row), "muted"), 1)
    if actions:
        second.addWidget(
            button(actions[0].words, "link", actions[0].run, name=f"{actions[0].words} {row.who}"),
            0,
            Qt.AlignmentFlag.AlignRight,
        )
    down.addLayout(second)
    return made


def _tone(row: ApplicationRow) -> Tone:
    return row.kind  # type: ignore[return-value]


def _detail(context: Context, row: ApplicationRow) -> str:
    parts = [row.code] if row.name is not None and row.code else []
    if row.stage:
        parts.append(row.stage)
    if row.status == "not_selected" and row.held:
        parts.append(row.held)
    if row.applied_on is not None:
        parts.append(f"applied {text.short_day(row.applied_on, context.today())}")
    if row.overall is not None:
        parts.append(f"{row.overall} of 4")
    elif row.name is None:
        parts.append("your scores are not in yet")
    return " · ".join(parts)


def steps(context: Context, view: ProjectView, row: ApplicationRow, to_work: Run) -> list[Action]:
    """What can be done with an application now; the first is the next step."""
    store, today = context.store, context.today()

    def verb(run: Callable[[], object], done: str) -> Run:
        return lambda: attempt(context, run, done)

    shortlist = Action(
        "Shortlist", verb(lambda: select.shortlist(store, row.id, today=today), f"{row.who} is on the shortlist.")
    )
    declining = opener(context, "declining", project_id=view.id, application_ids=[row.id])
    not_selected = Action("Not selected…", declining)
    back = Action("Take it back…", opener(context, "taking_back", application_id=row.id))
    again = Action(
        "Reconsider",
        verb(lambda: select.reconsider(store, row.id, today=today), f"{row.who} is in the running again."),
    )
    talk = Action("Interview sheet…", interview_opener(context, row.id))
    if row.name is None:
        table: dict[str, list[Action]] = {
            "applied": [shortlist, talk, not_selected],
            "shortlisted": [Action("Off the shortlist", again.run), talk, not_selected],
        }
        return table.get(row.status, [back if row.status == "not_selected" else again])
    form = opener(context, "applications", row.id, candidate=row.name)
    answers = Action("Answers…", form)
    offer = Action("Offer…", opener(context, "offers", application_id=row.id, candidate=row.name))
    withdrew = Action(
        "They withdrew",
        verb(lambda: select.withdraw(store, row.id, today=today), f"Recorded: {row.name} withdrew."),
    )
    if row.status == "invited" or (row.status == "withdrawn" and not row.code):
        applied = opener(context, "applications", project_id=view.id, candidate_id=row.candidate_id, candidate=row.name)
        return [Action("They applied…", applied), *([withdrew] if row.status == "invited" else [])]
    if row.status == "not_selected":
        tell = Action("Tell them…", opener(context, "telling", project_id=view.id, application_ids=[row.id]))
        return [back, answers] if row.told or not row.held else [back, tell, answers]
    if row.status == "withdrawn":
        return [again, answers]
    if row.offer_id is not None and row.offer_state in ("drafted", "sent", "expired", "accepted"):
        return _offer_steps(context, row, offer, answers, to_work)
    if row.status == "shortlisted":
        return [offer, answers, talk, Action("Off the shortlist", again.run), not_selected, SEPARATOR, withdrew]
    return [shortlist, offer, answers, talk, not_selected, SEPARATOR, withdrew]


def _offer_steps(context: Context, row: ApplicationRow, offer: Action, answers: Action, to_work: Run) -> list[Action]:
    offer_id, name = row.offer_id or "", row.name or ""

    def answer(verb: str) -> Run:
        return opener(context, "offer_answered", offer_id=offer_id, verb=verb, candidate=name)

    person = row.candidate_id or ""
    letter = Action("Offer letter", offer_letter(context, offer_id, person))
    other = Action(
        "Letter…", opener(context, "letter", candidate_id=person, about="offer", about_id=offer_id, key="letter-offer")
    )
    signed = Action("Signed letter came back…", opener(context, "letter_signed", offer_id=offer_id))
    edit = opener(context, "offers", offer_id, candidate=name, application_id=row.id)
    sent = Action("Mark as sent…", opener(context, "offer_sent", offer_id=offer_id))
    accepted, declined = Action("Accepted…", answer("accept")), Action("Declined…", answer("decline"))
    withdraw = Action("Withdraw the offer…", answer("withdraw"))
    return {
        "drafted": [letter, sent, Action("Change the offer…", edit), other, answers, SEPARATOR, withdraw],
        "sent": [accepted, declined, signed, letter, other, Action("More time to answer…", edit), answers, SEPARATOR,
                 withdraw],
        "expired": [Action("Give more time…", edit), offer, letter, answers, SEPARATOR, withdraw],
        "accepted": [Action("To the work", to_work), letter, signed, other, answers],
    }[row.offer_state or "drafted"]  # fmt: skip


def interview_opener(context: Context, application_id: str) -> Run:
    """The sheet that a talk goes by, with the project's rubric to write on."""

    def show() -> None:
        from core.jobs import records

        store, today = context.store, context.today()

        def save(out: Path) -> object:
            return records.interview(store, application_id, out, today=today, overwrite=True)

        context.preview("Interview sheet", lambda: records.draw_interview(store, application_id, today=today), save)

    return show
