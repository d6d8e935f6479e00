"""The files of a person: added by button or by dropping, looked at inside the program, saved out, removed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core import text
from core.errors import FieldErrors, SystemFault, UserError
from core.insight import files
from core.insight.files import KeptFile
from core.insight.person import CandidateView
from core.store import texts
from core.work import documents
from ui.context import Context
from ui.folders import documents as documents_folder
from ui.places.actions import Action, FocusKeeper, attempt, menu_button
from ui.places.looking import ask_save, look_at
from ui.theme import set_role, set_state
from ui.widgets.chips import Pill
from ui.widgets.notice import Notice
from ui.widgets.panel import Line, Scroll, clear
from ui.widgets.text import Elided, button, label

NOT_YET = "Its words are being read, so that it can be searched."
_LETTERS = {"letter": "As it was sent", "signed": "Signed"}
_NOUNS = frozenset({"documents", "document_texts"})


def page(context: Context, view: CandidateView) -> QWidget:
    scroll = Scroll(gap=0)
    scroll.body.addWidget(Files(context, view.id))
    scroll.body.addStretch(1)
    return scroll


def count(context: Context, view: CandidateView) -> int:
    return files.file_count(context.store, "candidates", view.id)


class Files(QFrame):
    """`add(paths)` is what the button and a drop do."""

    def __init__(self, context: Context, candidate_id: str) -> None:
        super().__init__()
        self.context, self._owner = context, candidate_id
        self._keeper = FocusKeeper(self)
        set_role(self, "drop")
        self.setAcceptDrops(True)
        self.setAccessibleName("Files")
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 10, 14, 10)
        box.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.add_button = button("Add files…", "", self.choose)
        head.addWidget(self.add_button)
        head.addWidget(label("or drop them here, up to 25 MB each", "note", wrap=True), 1)
        box.addLayout(head)
        self.problem = Notice()
        box.addWidget(self.problem)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        box.addLayout(self._list)
        context.bus.listen(_NOUNS, self._again, self)
        self._draw()

    # --- shown ------------------------------------------------------------------------------------------------------

    def _again(self) -> None:
        self._keeper.note()
        self._keeper.hold()
        self._draw()
        self._keeper.give_back()

    def _draw(self) -> None:
        clear(self._list)
        found = files.files_of(self.context.store, "candidates", self._owner)
        if not found:
            words = "A résumé or anything else that they sent is kept inside the store, encrypted like all the rest."
            self._list.addWidget(label(words, "muted", wrap=True))
        for file in found:
            self._list.addWidget(Line())
            self._list.addWidget(self._row(file))
        self.add_button.setAccessibleDescription(text.plural(len(found), "file") if found else "none yet")

    def _row(self, file: KeptFile) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Elided(file.name, "subject", least=60), 1)
        if file.shown:
            head.addWidget(button("Look", "link-small", lambda: self.look(file), name=f"Look at {file.name}"))
        head.addWidget(menu_button(f"More for {file.name}", self._actions(file)))
        column.addLayout(head)
        today = self.context.today()
        about = f"{documents.size_words(file.size)} · added {text.short_day(file.added_on, today)}"
        under = QHBoxLayout()
        under.setSpacing(8)
        if file.is_resume:
            under.addWidget(Pill("Résumé", "green"), 0, Qt.AlignmentFlag.AlignTop)
        if file.purpose in _LETTERS:
            under.addWidget(Pill(_LETTERS[file.purpose], "neutral"), 0, Qt.AlignmentFlag.AlignTop)
        under.addWidget(label(about, "note", wrap=True), 1)
        column.addLayout(under)
        said = file.why or (NOT_YET if not file.state and file.purpose not in _LETTERS else "")
        if said:
            column.addWidget(label(said, "warn" if file.state == "refused" else "note", wrap=True))
        return made

    def _actions(self, file: KeptFile) -> list[Action]:
        context, today = self.context, self.context.today()
        found = [Action("Save a copy…", lambda: ask_save(context, file.id, file.name))]
        if not file.purpose:
            found.append(
                Action(
                    "This is the résumé",
                    lambda: attempt(context, lambda: documents.make_resume(context.store, file.id, today=today)),
                )
            )
        if file.state == "refused":
            found.append(Action("Try to read it again", lambda: texts.ask_again(context.store, file.id)))
        removed = "The file is removed. Undo brings it back."
        return [
            *found,
            Action(""),
            Action(
                "Remove",
                lambda: attempt(context, lambda: documents.remove_file(context.store, file.id, today=today), removed),
            ),
        ]

    # --- looked at --------------------------------------------------------------------------------------------------

    def look(self, file: KeptFile) -> None:
        title = "Résumé" if file.is_resume else "Picture" if file.shown == "picture" else "File"
        look_at(self.context, file.id, file.name, file.shown, title)

    # --- added ------------------------------------------------------------------------------------------------------

    def choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, "Choose files", str(documents_folder()))
        if chosen:
            self.add([Path(name) for name in chosen])

    def add(self, paths: list[Path]) -> None:
        """All of them in one change, or words about the one that is in the way."""
        from core.jobs.files import read_files

        context, today = self.context, self.context.today()
        self.problem.say("")
        try:
            ids = documents.keep_files(context.store, "candidates", self._owner, read_files(paths), today=today)
        except FieldErrors as errors:
            self.problem.say(" ".join(errors.fields.values()))
        except (UserError, SystemFault) as error:
            self.problem.say(str(error))
        else:
            context.say(f"{text.plural(len(ids), 'file')} kept.")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _paths(event.mimeData()):
            set_state(self, "over", True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        set_state(self, "over", False)

    def dropEvent(self, event: QDropEvent) -> None:
        set_state(self, "over", False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.add(_paths(event.mimeData()))


def _paths(data: QMimeData) -> list[Path]:
    """A link or a picture out of a browser is no file, and is left out."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
