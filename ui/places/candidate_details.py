"""What is known of a person beside their story: addresses, studies, tags, links, notes, fields of one's own."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core import text
from core.insight.person import CandidateView
from core.insight.person_rows import EnrolmentRow, LinkRow
from ui.context import Context
from ui.places.actions import Run, opener
from ui.widgets.panel import Scroll
from ui.widgets.text import button, copied, label, tip

_LONGEST = 44


def page(context: Context, view: CandidateView) -> QWidget:
    scroll = Scroll(gap=2)
    for name, value in facts(context, view):
        if value:
            scroll.body.addWidget(label(name, "note"))
            scroll.body.addWidget(copied(value))
            scroll.body.addSpacing(8)
    if view.links:
        scroll.body.addWidget(label("Links", "note"))
        for link in view.links:
            scroll.body.addWidget(_link(context, link))
        scroll.body.addSpacing(8)
    row = QHBoxLayout()
    row.addWidget(button("Edit", "", opener(context, "candidates", view.id)))
    row.addStretch(1)
    scroll.body.addLayout(row)
    scroll.body.addStretch(1)
    return scroll


def facts(context: Context, view: CandidateView) -> list[tuple[str, str]]:
    """(name, value); an empty one is left out of the page."""
    today, study = context.today(), view.study
    consents = [
        f"{one.school}, signed {text.short_day(one.signed_on)}" + ("" if one.live else " (no longer)")
        for one in view.consents
    ]
    asked = f" (asked {text.short_day(view.work_asked_on, today)})" if view.work_asked_on else ""
    return [
        ("Number", view.number),
        ("Called", view.nickname),
        ("E-mail", ", ".join(view.emails)),
        ("Phone", view.phone),
        ("No contact since", text.short_day(view.do_not_contact_on, today) if view.do_not_contact_on else ""),
        ("Tags", ", ".join(view.tags)),
        ("Studies", ", ".join(part for part in (study.major, study.degree_level) if part)),
        ("Student number", study.student_number),
        ("Before", "\n".join(map(_before, (one for one in view.enrolments if not one.is_latest)))),
        ("Source", view.source),
        ("First contact", text.short_day(view.first_contact_on, today) if view.first_contact_on else ""),
        ("Kept because", "; ".join(entry.words for entry in view.pool if entry.live)),
        *((one.name, one.words) for one in view.own),
        ("Work", f"{view.work_answers}{asked}" if view.work_answers else ""),
        ("Consent", "; ".join(consents)),
        ("Paid as", view.payee.worker_words if view.payee else ""),
        ("Notes", view.notes),
    ]


def _before(one: EnrolmentRow) -> str:
    return ", ".join(part for part in (one.school, one.major, one.degree_level) if part)


def _link(context: Context, link: LinkRow) -> QWidget:
    """Shown as it was written, so that one sees where it leads before it is opened."""
    if not link.target:
        return copied(link.words)
    shown = link.words if len(link.words) <= _LONGEST else link.words[: _LONGEST - 1] + "…"
    made = button(shown, "link", _opener(context, link), name=f"Open {link.words}")
    made.setProperty("side", "flush")
    made.setToolTip(tip(link.target))
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(made)
    row.addStretch(1)
    return holder


def _opener(context: Context, link: LinkRow) -> Run:
    def go() -> None:
        url = QUrl(link.target, QUrl.ParsingMode.StrictMode)
        if not url.isValid() or not QDesktopServices.openUrl(url):
            context.say(f"No program answered. The address is {link.words}")

    return go
