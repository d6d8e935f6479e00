"""The page of one person: who they are, what one can do for them, and its tabs, one file each."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import text
from core.errors import UserError
from core.insight import person
from core.insight.person import CandidateView
from ui.context import Context
from ui.places import candidate_applications as applications
from ui.places import candidate_details as details
from ui.places import candidate_files as files
from ui.places import candidate_fit as fit
from ui.places import candidate_skills as skills
from ui.places import candidate_story as story
from ui.places.candidate_more import buttons
from ui.places.history import history_page
from ui.theme import current
from ui.widgets.avatar import Avatar
from ui.widgets.empty import Empty
from ui.widgets.notice import Notice
from ui.widgets.panel import Panel
from ui.widgets.tabs import TabPages
from ui.widgets.text import Elided, label


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
        if view.do_not_contact_on is not None:
            since = text.short_day(view.do_not_contact_on, self.context.today())
            column.addWidget(Notice(f"Do not contact: they asked on {since} not to be written to."))
        column.addWidget(buttons(self.context, view))
        context = self.context
        pages = TabPages(
            [
                ("Story", story.page(context, view)),
                (_counted("Skills", skills.count(context, view)), skills.page(context, view)),
                (_counted("Applications", applications.count(context, view)), applications.page(context, view)),
                *([("Fit", fit.page(context, view))] if fit.count(view) else []),
                (_counted("Files", files.count(context, view)), files.page(context, view)),
                ("Details", details.page(context, view)),
                ("History", history_page(context, "candidates", view.id)),
            ],
            "Pages of this person",
        )
        pages.tabs.choose(self._tab)
        pages.changed.connect(self._keep_tab)
        column.addWidget(pages, 1)
        return page

    def _keep_tab(self, at: int) -> None:
        self._tab = at


def _counted(words: str, count: int) -> str:
    return f"{words} {count}" if count else words
