"""The page of one person: story, skills, applications, history; what one can do for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from core import text
from core.errors import SystemFault, UserError
from core.insight import person
from core.insight.match import Fit
from core.insight.person import CandidateView
from core.work import gather
from ui.context import Context
from ui.places import candidate_files as files
from ui.places.history import history_page
from ui.theme import current
from ui.widgets.availability import Availability
from ui.widgets.avatar import Avatar
from ui.widgets.chips_field import Flow
from ui.widgets.empty import Empty
from ui.widgets.panel import Heading, Panel, Scroll
from ui.widgets.rows import Row, Rows
from ui.widgets.story import Link, Moment, Story
from ui.widgets.tabs import TabPages
from ui.widgets.text import Elided, IconButton, button, label


class CandidatePage(Panel):
    """`show_person(id)`; None shows that nobody is chosen."""

    def __init__(self, context: Context) -> None:
        super().__init__(margins=(18, 16), gap=12)
        self.context = context
        self._tab = 0
        self._inside: QWidget | None = None
        self.show_person(None)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(current().px(392), 0))

    def show_person(self, row_id: str | None) -> None:
        if self._inside is not None:
            self.body.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        view = self._find(row_id)
        self._inside = (
            self._page(view) if view else Empty("Nobody chosen", "Pick someone in the list to see their page.")
        )
        self.body.addWidget(self._inside, 1)

    def _find(self, row_id: str | None) -> CandidateView | None:
        if row_id is None:
            return None
        try:
            return person.candidate(self.context.store, row_id, today=self.context.today())
        except UserError:
            return None

    def _page(self, view: CandidateView) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Avatar(view.name))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Elided(view.name, "big"))
        words.addWidget(label(view.headline, "muted", wrap=True))
        head.addLayout(words, 1)
        column.addLayout(head)
        column.addWidget(self._buttons(view))
        pages = TabPages(
            [
                ("Story", self._story(view)),
                (_counted("Skills", len(view.skills)), self._skills(view)),
                (_counted("Applications", len(view.applications)), self._applications(view)),
                (_counted("Files", files.count(self.context, view)), files.page(self.context, view)),
                ("Details", self._details(view)),
                ("History", self._history(view)),
            ],
            "Pages of this person",
        )
        pages.tabs.choose(self._tab)
        pages.changed.connect(self._keep_tab)
        column.addWidget(pages, 1)
        return page

    def _keep_tab(self, at: int) -> None:
        self._tab = at

    def _buttons(self, view: CandidateView) -> QWidget:
        buttons = QWidget()
        row = Flow(buttons, 6)
        open_fits = [(fit.project_id, fit.project) for fit in view.fits]
        invite = button(
            "Invite to a project", "primary", self._form("invitation", candidate_id=view.id, projects=open_fits)
        )
        invite.setEnabled(bool(open_fits))
        if not open_fits:
            invite.setToolTip("No project takes applications now.")
        row.addWidget(invite)
        write = button("Write", "", lambda: self._write(view))
        write.setEnabled(bool(view.emails))
        row.addWidget(write)
        row.addWidget(button("Report…", "", lambda: self._report(view)))
        row.addWidget(self._more(view))
        return buttons

    def _more(self, view: CandidateView) -> IconButton:
        more = IconButton("chevron-down", "More for this person")
        menu = QMenu(more)
        school = next((one for one in view.enrolments if one.is_latest), None)
        live = next((entry for entry in view.pool if entry.live), None)

        def offer(words: str, run: Callable[[], object], enabled: bool = True) -> None:
            action = menu.addAction(words)
            action.triggered.connect(run)
            action.setEnabled(enabled)

        offer("Edit…", self._form("candidates", view.id))
        offer("Log a contact…", self._form("touches", candidate_id=view.id))
        offer("Plan a contact…", self._form("touches", candidate_id=view.id, planned=True))
        if live is None:
            offer("Keep in touch…", self._form("pool_entries", candidate_id=view.id))
        else:
            offer("No longer keep in touch", self._leaver(live.id))
        offer("What followed…", self._form("outcomes", candidate_id=view.id))
        offer("How they are paid…", self._form("payees", candidate_id=view.id))
        if school is not None:
            consent = self._form("consents", candidate_id=view.id, school_id=school.school_id, school=school.school)
            offer("Consent to share…", consent)
        menu.addSeparator()
        offer("Remove from the store", lambda: self._remove(view.id))
        more.setMenu(menu)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return more

    # --- the tabs ---------------------------------------------------------------------------------------------------

    def _story(self, view: CandidateView) -> QWidget:
        scroll = Scroll(gap=12)
        today = self.context.today()
        moments = []
        if view.next_touch is not None:
            moments.append(Moment("Next", [view.next_touch.words]))
        moments += [Moment(_when(item.on, today), self._linked(item)) for item in view.story]
        if moments:
            scroll.body.addWidget(Story(moments))
        else:
            scroll.body.addWidget(
                label("Nothing has happened yet. Log a first contact under More.", "muted", wrap=True)
            )
        scroll.body.addWidget(Heading("Available"))
        if view.availability.grid:
            grid = view.availability.grid
            cells = [(d, p) for d, day in enumerate(grid) for p, free in enumerate(day) if free]
            scroll.body.addWidget(Availability(cells))
        words = view.availability.words or "Nobody has asked yet when they are free."
        scroll.body.addWidget(label(words, "note", wrap=True))
        fits = [fit for fit in view.fits if fit.fits][:3]
        if fits:
            scroll.body.addWidget(Heading("Fits"))
            for fit in fits:
                scroll.body.addWidget(self._fit(fit))
        scroll.body.addStretch(1)
        return scroll

    def _fit(self, fit: Fit) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        link = button(fit.project, "link", lambda: self.context.show("projects", fit.project_id))
        row = QHBoxLayout()
        row.addWidget(link)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(label(fit.words, "muted", wrap=True))
        return box

    def _linked(self, item: object) -> list[str | Link]:
        words, link, inner = item.words, item.link, item.link_words  # type: ignore[attr-defined]
        if link is None or not inner or inner not in words or link[0] not in ("projects", "candidates"):
            return [words]
        before, _, after = words.partition(inner)
        parts: list[str | Link] = [before, Link(inner, lambda: self.context.show(*link)), after]
        return [part for part in parts if part]

    def _skills(self, view: CandidateView) -> QWidget:
        scroll = Scroll(gap=10)
        for skill in view.skills:
            scroll.body.addWidget(Heading(skill.name, skill.level_words))
            if skill.evidence:
                scroll.body.addWidget(label(skill.evidence, "muted", wrap=True))
        if not view.skills:
            scroll.body.addWidget(label("No skills noted yet. Add them with Edit.", "muted", wrap=True))
        scroll.body.addStretch(1)
        return scroll

    def _applications(self, view: CandidateView) -> QWidget:
        scroll = Scroll(gap=10)
        rows = [
            Row(
                one.project,
                one.number,
                one.words,
                one.kind,  # type: ignore[arg-type]
                "Open",
                self._shower(one.project_id),
            )
            for one in view.applications
        ]
        if rows:
            scroll.body.addWidget(Rows(rows, 120, 50))
        else:
            scroll.body.addWidget(label("No applications yet.", "muted"))
        scroll.body.addStretch(1)
        return scroll

    def _details(self, view: CandidateView) -> QWidget:
        scroll = Scroll(gap=6)
        today = self.context.today()
        consents = [
            f"{one.school}, signed {text.short_day(one.signed_on)}" + ("" if one.live else " (no longer)")
            for one in view.consents
        ]
        study = view.study
        facts = [
            ("Number", view.number),
            ("Called", view.nickname),
            ("E-mail", ", ".join(view.emails)),
            ("Phone", view.phone),
            ("Studies", ", ".join(part for part in (study.major, study.degree_level) if part)),
            ("Student number", study.student_number),
            ("Source", view.source),
            ("First contact", text.short_day(view.first_contact_on, today) if view.first_contact_on else ""),
            ("Kept because", "; ".join(entry.words for entry in view.pool if entry.live)),
            ("Consent", "; ".join(consents)),
            ("Paid as", view.payee.worker_words if view.payee else ""),
            ("Links", "\n".join(view.links)),
            ("Notes", view.notes),
        ]
        for name, value in facts:
            if value:
                scroll.body.addWidget(label(name, "note"))
                scroll.body.addWidget(label(value, wrap=True, select=True))
                scroll.body.addSpacing(4)
        row = QHBoxLayout()
        row.addWidget(button("Edit", "", self._form("candidates", view.id)))
        row.addStretch(1)
        scroll.body.addLayout(row)
        scroll.body.addStretch(1)
        return scroll

    def _history(self, view: CandidateView) -> QWidget:
        return history_page(self.context, "candidates", view.id)

    # --- what one can do --------------------------------------------------------------------------------------------

    def _form(self, name: str, row_id: str | None = None, **values: object) -> Callable[[], None]:
        return lambda: self.context.open_form(name, row_id, **values)

    def _shower(self, project_id: str) -> Callable[[], None]:
        return lambda: self.context.show("projects", project_id)

    def _leaver(self, entry_id: str) -> Callable[[], None]:
        from core.work import warm

        def leave() -> None:
            warm.leave_pool(self.context.store, entry_id, today=self.context.today())
            self.context.say("They are no longer in the pool. Undo puts them back.")

        return leave

    def _write(self, view: CandidateView) -> None:
        """A mail in the person's own mail program; whether it went is for them to say."""
        link = QUrl()
        link.setScheme("mailto")
        link.setPath(view.emails[0])
        if not QDesktopServices.openUrl(link):
            self.context.say(f"No mail program answered. The address is {view.emails[0]}.")
        self.context.open_form("touches", candidate_id=view.id)

    def _report(self, view: CandidateView) -> None:
        from core.jobs import papers

        store, today = self.context.store, self.context.today()
        self.context.preview(
            "Candidate report",
            lambda: papers.draw_report(store, view.id, today=today),
            lambda out: papers.report(store, view.id, out, today=today, overwrite=True),
        )

    def _remove(self, row_id: str) -> None:
        try:
            gather.remove_candidate(self.context.store, row_id, today=self.context.today())
        except (UserError, SystemFault) as error:
            self.context.say(str(error))
        else:
            self.context.say("Removed, with all that hung on them. Undo brings them back.")


def _counted(words: str, count: int) -> str:
    return f"{words} {count}" if count else words


def _when(day: date, today: date) -> str:
    return text.MONTHS[day.month - 1][:3] + ("" if (today - day).days < 330 else f" {day.year}")
