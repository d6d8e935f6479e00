"""Evaluations: blind scoring question by question, the raters' table after it, the student's side of work done."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import text
from core.errors import SystemFault, UserError
from core.insight.agreement import Agreement, agreement
from core.insight.blind_files import AnswerFile
from core.insight.comparing import FEWEST
from core.insight.office import ColleagueRow, colleagues
from core.insight.scoring import ScoringProject, scoring_projects, scoring_queue
from core.work import evaluate
from ui.command import Command
from ui.context import Context
from ui.paper_form import rater_pack
from ui.places.actions import Action, menu_button, opener
from ui.places.base import PlaceBase
from ui.places.comparing import CompareSheet
from ui.places.handing_in import HandIn
from ui.places.looking import ask_save, look_at
from ui.places.raters_table import RatersTable
from ui.places.scoring import ScoringPanel
from ui.places.scoring_way import Way, changed_marks, hidden_names
from ui.places.their_side import TheirSidePanel
from ui.places.two_sides import TwoSides
from ui.widgets.empty import Empty
from ui.widgets.fields import ChoiceField
from ui.widgets.panel import Panel, Scroll, clear
from ui.widgets.text import button, label

KEEP_MS = 400


class Evaluations(PlaceBase):
    key, title, icon = "evaluations", "Evaluations", "clipboard-check"
    nouns = frozenset({
        "projects", "questions", "applications", "answers", "offers", "rubrics", "criteria", "evaluations", "scores",
        "colleagues", "engagements", "fit_reviews", "mid_checks", "competency_marks", "documents", "document_texts",
    })  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._projects: list[ScoringProject] = []
        self._project_id: str | None = None
        self._way: Way | None = None
        self._at = 0
        self._table: Agreement | None = None
        self._saving = False
        self._why_not = ""
        self._inside: QWidget | None = None
        self._looked = QElapsedTimer()
        self._keep = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._keep.timeout.connect(self._keep_draft)
        self._build()

    def _build(self) -> None:
        self.project_field, self.rater_field = ChoiceField(), ChoiceField()
        self.project_field.setAccessibleName("Project to score")
        self.rater_field.setAccessibleName("I am")
        self.rater_field.setMinimumContentsLength(12)
        self.project_field.changed.connect(lambda: self.choose(self.project_field.value()))
        self.rater_field.changed.connect(self._rater_chosen)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.project_field, 1)
        bar.addSpacing(8)
        i_am = label("I am", "muted")
        i_am.setBuddy(self.rater_field)
        bar.addWidget(i_am)
        bar.addWidget(self.rater_field)
        self._packs = QHBoxLayout()
        bar.addLayout(self._packs)
        left = QWidget()
        self._left = QVBoxLayout(left)
        self._left.setContentsMargins(0, 0, 0, 0)
        self._left.setSpacing(12)
        self._left.addLayout(bar)
        self.raters = RatersTable(self._compare)
        self.theirs = TheirSidePanel(self.context)
        right = Scroll(gap=16)
        right.body.addWidget(self.raters)
        right.body.addWidget(self.theirs)
        right.body.addStretch(1)
        right.setMinimumWidth(300)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(TwoSides(left, right, (616, 392)))

    # --- what the desk asks -----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        if not self._saving:
            self._keep_draft_now()
            self.ask()

    def ask(self) -> None:
        store = self.context.store
        key = self._key()
        self._projects = scoring_projects(store, store.me)
        if self._project_id is None and self._projects:
            self._project_id = self._projects[0].id
        self._load()
        self._offer_choices()
        if self._way is not None:
            found = self._way.find(key) if key else None
            self._at = self._way.resume() if found is None else found
        self._show_step(focus=False)
        self._show_right()

    def headline(self) -> str:
        return self._way.queue.title if self._way else self.title

    def subtitle(self) -> str:
        if self._way is None:
            return ""
        queue = self._way.queue
        blind = "scored blind, one question at a time" if hidden_names(queue.applications) else "names are revealed"
        parts = [text.plural(len(queue.applications), "application"), blind]
        if queue.raters:
            parts.append(text.plural(queue.raters, "rater"))
        return " · ".join(parts)

    def primary(self) -> Command | None:
        if self._way is None or self._table is None:
            return None
        queue, context = self._way.queue, self.context
        names = hidden_names(queue.applications)
        if names:
            return Command(
                "reveal",
                "Reveal and decide",
                "",
                lambda: context.open_form("reveal", project_id=queue.project_id, names=names),
            )
        return Command("decide", "Decide and offer", "", lambda: context.show("projects", queue.project_id))

    def count(self) -> int | None:
        """Applications that wait for my scores."""
        store = self.context.store
        return sum(one.left for one in scoring_projects(store, store.me)) or None

    def choose(self, project_id: str) -> None:
        """Goes to a project's scoring."""
        self._keep_draft_now()
        if project_id != self._project_id:
            self._way = None
        self._project_id = project_id
        self.ask()
        self.head_changed.emit()

    # --- reading ----------------------------------------------------------------------------------------------------

    def _load(self) -> None:
        self._way, self._why_not = None, ""
        store = self.context.store
        if self._project_id is None or store.me is None:
            return
        try:
            self._way = Way(scoring_queue(store, self._project_id, store.me))
        except UserError as error:
            self._why_not = str(error)

    def _offer_choices(self) -> None:
        offered: list[tuple[Any, str]] = [
            (one.id, f"{one.title} · {one.applications - one.left} of {one.applications}") for one in self._projects
        ]
        if self._way is not None and self._project_id not in {row_id for row_id, _ in offered}:
            offered.append((self._project_id, self._way.queue.title))
        self.project_field.set_choices(offered or [(None, "No project to score")])
        self.project_field.set_value(self._project_id)
        self.project_field.setEnabled(bool(offered))
        people = colleagues(self.context.store)
        self.rater_field.set_choices([(one.id, one.name) for one in people])
        self._offer_packs([one for one in people if one.id != self.context.store.me])
        self.rater_field.set_value(self.context.store.me)

    def _offer_packs(self, others: list[ColleagueRow]) -> None:
        """For whoever rates at another machine."""
        clear(self._packs)
        way, context = self._way, self.context
        if way is None or not others:
            return
        project = way.queue.project_id
        packs = [
            Action(f"Rater’s pack for {one.name}…", rater_pack(context, project, one.id, f"Pack for {one.name}"))
            for one in others
        ]
        self._packs.addWidget(menu_button("For a colleague at another computer", packs))

    def _rater_chosen(self) -> None:
        self._keep_draft_now()
        self.context.store.me = self.rater_field.value()
        self._way = None
        self.ask()
        self.head_changed.emit()

    def _show_right(self) -> None:
        if self._project_id is None or self._way is None:
            self._table = None
            words = "Choose a project with applications to see how its raters agree."
            self.raters.show_table(None, words, {})
        else:
            self._table, words = agreement(self.context.store, self._project_id, self.context.store.me)
            names = {one.code: one.name for one in self._way.queue.applications if one.name}
            self.raters.show_table(self._table, words, names)
        self.theirs.ask()

    # --- the step at hand -------------------------------------------------------------------------------------------

    def _show_step(self, *, focus: bool) -> None:
        made = self._made()
        if self._inside is not None:
            self._left.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = made
        self._looked.start()
        self._left.addWidget(made, 1)
        if focus and isinstance(made, ScoringPanel | HandIn):
            made.focus_first()

    def _made(self) -> QWidget:
        way = self._way
        if way is None:
            return _in_panel(self._nothing())
        if not way.pending:
            panel = _in_panel(self._all_in())
            mine = [(one.id, one.code) for one in way.queue.applications if one.submitted and one.name is None]
            if mine:
                again = opener(self.context, "second_thoughts", applications=mine)
                panel.add(button("Second thoughts…", "link", again))
            return panel
        if self._at >= len(way.steps):
            page = HandIn(way.queue, way.pending)
            page.back.setEnabled(bool(way.steps))
            page.back_wanted.connect(lambda: self._go(len(way.steps) - 1))
            page.go_wanted.connect(lambda row_id: self._go(way.first_of(row_id)))
            page.hand_in_wanted.connect(self.hand_in)
            return page
        step = way.steps[self._at]
        panel = ScoringPanel(step.question, step.application, step.criteria, way.answers(self._at), way.words(self._at))
        kept = self.context.store.draft(self._draft_key()) or {}
        stored = {key: one.level for key, one in step.application.scores.items()}
        panel.show_values(kept.get("levels") or stored, str(kept.get("evidence", step.evidence)))
        panel.back.setEnabled(self._at > 0)
        panel.back_wanted.connect(self.back)
        panel.next_wanted.connect(self.next)
        panel.changed.connect(self._keep.start)
        panel.look_wanted.connect(self._look)
        return panel

    def _look(self, file: AnswerFile) -> None:
        """At a file whose owner's name is revealed."""
        if file.document_id is None:
            return
        if file.shown:
            look_at(self.context, file.document_id, file.name, file.shown, file.name)
        else:
            ask_save(self.context, file.document_id, file.name)

    def _all_in(self) -> Empty:
        way = self._way
        blind = way is not None and hidden_names(way.queue.applications)
        words = "They stay as they are. Compare candidates, or wait for the other rater."
        if not blind:
            words = "They stay as they are, and the names are revealed: compare candidates, then decide."
        other = next((one for one in self._projects if one.left and one.id != self._project_id), None)
        steps: list[Any] = ["Compare candidates", self._compare]
        if other is not None:
            steps += ["Score the next project", lambda: self.choose(other.id)]
        return Empty("Your scores are in", words, *steps)

    def _nothing(self) -> Empty:
        context, project_id = self.context, self._project_id
        if project_id is not None and self._why_not:
            rubric = opener(context, "rubrics", project_id=project_id)
            return Empty("Nothing to score with", self._why_not, "Make the rubric", rubric)
        words = (
            "Applications come here once a project is open, has a rubric with worded levels, and someone has applied. "
            "They are scored under a code, question by question, by each rater alone."
        )
        return Empty("Nothing to score", words, "New project", lambda: context.open_form("projects"))

    def next(self) -> None:
        """Keeps what stands in the step and goes on."""
        if self._save():
            self._go(self._at + 1)

    def back(self) -> None:
        if self._at > 0 and self._save():
            self._go(self._at - 1)

    def _go(self, at: int) -> None:
        self._at = at
        self._show_step(focus=True)

    def _save(self) -> bool:
        """Writes what is new in the step; False where something is in the way, which is said."""
        way, panel, rater = self._way, self._inside, self.context.store.me
        if way is None or rater is None or not isinstance(panel, ScoringPanel):
            return True
        step, levels, evidence = way.steps[self._at], panel.levels(), panel.evidence()
        key = self._draft_key()
        self._keep.stop()
        marks = changed_marks(step, levels, evidence)
        if marks:
            self._saving = True
            try:
                evaluate.score(
                    self.context.store, step.application.id, rater, marks, today=self.context.today(),
                    seconds=self._looked.elapsed() // 1000,
                )  # fmt: skip
            except (UserError, SystemFault) as error:
                panel.say(str(error))
                return False
            finally:
                self._saving = False
            self._load()
            self.head_changed.emit()
        if evidence and all(level is None for level in levels.values()):
            self.context.store.keep_draft(key, {"levels": {}, "evidence": evidence})
        else:
            self.context.store.drop_draft(key)
        return True

    def hand_in(self) -> None:
        """Each complete application, with the gut's answer; the first that is refused says why."""
        page, rater = self._inside, self.context.store.me
        if not isinstance(page, HandIn) or rater is None:
            return
        self._saving = True
        try:
            for row_id, vote in page.votes.items():
                evaluate.submit(self.context.store, row_id, rater, today=self.context.today(), recommend=vote.value())
        except (UserError, SystemFault) as error:
            page.say(str(error))
            return
        finally:
            self._saving = False
        handed = len(page.votes)
        self.ask()
        self.head_changed.emit()
        self.context.say(f"Handed in: {text.plural(handed, 'application')}.")

    # --- nothing typed is lost --------------------------------------------------------------------------------------

    def _key(self) -> tuple[str, str] | None:
        if self._way is None or self._at >= len(self._way.steps):
            return None
        return self._way.steps[self._at].key

    def _draft_key(self) -> str:
        question, application = self._key() or ("", "")
        return f"scores:{self.context.store.me}:{application}:{question or 'whole'}"

    def _keep_draft(self) -> None:
        panel = self._inside
        if self._way is not None and isinstance(panel, ScoringPanel):
            kept = {"levels": panel.levels(), "evidence": panel.evidence()}
            self.context.store.keep_draft(self._draft_key(), kept)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.window().removeEventFilter(self)
        self.window().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The desk is about to close, and the store with it."""
        if event.type() == QEvent.Type.Close:
            self._keep_draft_now()
        return False

    def _keep_draft_now(self) -> None:
        if self._keep.isActive():
            self._keep.stop()
            self._keep_draft()

    # --- what else one can do ---------------------------------------------------------------------------------------

    def _compare(self) -> None:
        if self._table is None or len(self._table.codes) < FEWEST:
            self.context.say("There are not two candidates with scores to compare yet.")
        else:
            self.context.open_sheet(CompareSheet(self.context, self._table))


def _in_panel(inside: QWidget) -> Panel:
    panel = Panel()
    panel.add(inside, 1)
    return panel
