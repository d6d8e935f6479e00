"""What stands beside a project's fields: the ten points, project or job, who fits today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import fit
from core.insight import brief
from core.store import Store
from core.text import plural
from core.work.brief import ProjectDraft
from ui.forms.project_fields import FIT
from ui.widgets.checklist import Checklist, Point
from ui.widgets.panel import Panel, Scroll, clear
from ui.widgets.text import button, label

Goer = Callable[[str], Callable[[], object]]
"""Field to what brings the keyboard there."""


class Aside(Scroll):
    """`say(draft, today)` looks at the draft anew."""

    def __init__(self, store: Store, goer: Goer) -> None:
        super().__init__(gap=14, margins=(0, 0, 8, 0))
        self._store, self._goer = store, goer
        self._check_panel, self._check = Panel("A brief that tells the truth"), Checklist()
        self._check_panel.add(self._check)
        fit_panel, self._fit = Panel("A project or a job?"), QVBoxLayout()
        self._fit.setSpacing(6)
        fit_panel.add(self._fit)
        who_panel, self._who = Panel("Who fits today"), QVBoxLayout()
        self._who.setSpacing(10)
        who_panel.add(self._who)
        for panel in (self._check_panel, fit_panel, who_panel):
            self.body.addWidget(panel)
        self.body.addStretch(1)

    def say(self, draft: ProjectDraft, today: date) -> None:
        self._say_points(draft, today)
        self._say_fit(draft)
        self._say_who(draft, today)

    def _say_points(self, draft: ProjectDraft, today: date) -> None:
        points = [
            Point(one.words, one.done, one.note or ("" if one.done else one.why), "Fix", self._goer(one.field))
            for one in brief.check_brief(self._store, draft, today=today)
        ]
        self._check.set_points(points)
        done, of = self._check.score()
        self._check_panel.heading.say("A brief that tells the truth", f"{done} of {of}")

    def _say_fit(self, draft: ProjectDraft) -> None:
        found, answers = fit.judge(draft.fit_check), fit.picked(draft.fit_check)
        clear(self._fit)
        self._fit.addWidget(label(found.words, "subject" if found.cautions else "", wrap=True))
        for words in found.cautions:
            self._fit.addWidget(label(words, "muted", wrap=True))
        first = next((one.key for one in fit.QUESTIONS if one.key not in answers), "")
        if first:
            words = f"Answer {plural(len(fit.QUESTIONS) - len(answers), 'short question')}"
            link = button(words, "link", self._goer(FIT[first]))
            link.setProperty("side", "flush")
            self._fit.addWidget(link)

    def _say_who(self, draft: ProjectDraft, today: date) -> None:
        found = brief.who_fits_brief(self._store, draft, today=today, most=3)
        clear(self._who)
        for one in found.best:
            self._who.addWidget(_pair(one.name, one.words))
        if found.count > len(found.best):
            more = plural(found.count - len(found.best), "more", "more")
            new = f"{found.new} of all have never applied to you" if found.new else "all have applied to you before"
            self._who.addWidget(_pair(f"and {more}", new))
        if found.words:
            self._who.addWidget(label(found.words, "muted", wrap=True))


def _pair(words: str, note: str) -> QWidget:
    box = QWidget()
    down = QVBoxLayout(box)
    down.setContentsMargins(0, 0, 0, 0)
    down.setSpacing(0)
    down.addWidget(label(words, "subject", wrap=True))
    down.addWidget(label(note, "muted", wrap=True))
    return box
