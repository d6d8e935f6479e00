"""Forms that came back: what each is, whose, what it says; one button takes in all that can be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from core.errors import SystemFault, UserError
from core.jobs.returned import MOST_FILES, File, Returned, chosen, look_at, read_files, summary, take_in
from core.jobs.signed_pictures import signed_by_hand
from core.text import plural
from ui.context import Context
from ui.forms.base import NounForm
from ui.forms.returned_file import ReturnedFile
from ui.tasks import Task
from ui.widgets.drop_button import FORMS, DropButton, ask_files, files_of
from ui.widgets.panel import clear
from ui.widgets.progress_line import ProgressLine
from ui.widgets.text import button, label

_OPEN_UP_TO = 3
"""With more files, what they say is folded away unless somebody has to look at it."""
_WORDS = (
    "Drop the PDF files here as the students sent them back. Foothold says whose and what each is and shows what it "
    f"read. Up to {MOST_FILES} at once."
)


class ReturnedForm(NounForm):
    """`paths`: files that were dropped. What was read of them is kept no longer than the form is open."""

    width_wanted = 860

    def __init__(self, context: Context, paths: Sequence[Path] = (), **_: object) -> None:
        super().__init__(context, "Returned forms", "returned", None, "Take in")
        self.note_words = "Nothing is written until you take them in; one undo takes all of it back."
        self._files: list[File] = []
        self._task: Task | None = None
        self._gone = self._writing = False
        self.found: list[Returned] = []
        self.parts: list[ReturnedFile] = []
        self.confirmed: set[str] = set()
        self._build()
        self._show()
        if paths:
            self.add(paths)

    def _build(self) -> None:
        self.body.removeWidget(self.form)
        self.form.hide()
        self.setAcceptDrops(True)
        down = QVBoxLayout()
        down.setSpacing(12)
        self.body.addLayout(down, 1)
        self.drop = DropButton("Drop returned forms", FORMS, self.add)
        self.about = label(_WORDS, "muted", wrap=True)
        self.add_button = button("Add files…", "link", self.choose)
        down.addWidget(self.drop)
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(self.about, 1)
        across.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignTop)
        down.addLayout(across)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        down.addLayout(self._list)
        down.addStretch(1)
        self.progress = ProgressLine()
        self.progress.follow(self.context.tasks)
        self.buttons.addWidget(self.progress)

    # --- reading ----------------------------------------------------------------------------------------------------

    def choose(self) -> None:
        self.add(ask_files(self, "Choose the forms that came back", FORMS))

    def add(self, paths: Sequence[Path]) -> None:
        """Reads these beside those that are there already."""
        known = {one.path for one in self._files}
        fresh = [path for path in dict.fromkeys(paths) if path not in known]
        if not fresh or self._task is not None:
            return
        if len(fresh) + len(known) > MOST_FILES:
            self.say(f"{len(fresh) + len(known)} files are more than the {MOST_FILES} taken in at once. Take fewer.")
            return
        self.say("")
        self._run(
            lambda progress: read_files(fresh, progress=progress.step),
            self._read,
            words="Reading the forms" if len(fresh) > 1 else f"Reading {fresh[0].name}",
            database=False,
        )

    def _read(self, files: list[File]) -> None:
        self._files += files
        store, today, all_files = self.context.store, self.context.today(), list(self._files)
        self._run(
            lambda progress: look_at(store, all_files, today=today, progress=progress.step),
            self._looked,
            words="Looking at the forms",
        )

    def _looked(self, found: list[Returned]) -> None:
        self.found = found
        self.confirmed &= {one.sha256 for one in found}
        self._show()
        # What had the focus is gone, and the first thing to do is one of these.
        asked = next((part.tick for part in self.parts if part.tick is not None), None)
        (asked or (self.save_button if self.save_button.isEnabled() else self.add_button)).setFocus()

    # --- showing ----------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        clear(self._list)
        self.parts = []
        there = bool(self.found)
        self.drop.setVisible(not there)
        self.add_button.setVisible(there)
        self.about.setText(self._said() if there else _WORDS)
        order = sorted(self.found, key=lambda one: (not (one.takes and one.look), not one.takes))
        for one in order:
            open_now = bool(one.look) or len(self.found) <= _OPEN_UP_TO
            part = ReturnedFile(one, open_now=open_now, ticked=one.sha256 in self.confirmed)
            part.ticked.connect(self._ticked)
            self._list.addWidget(part)
            self.parts.append(part)
        self._count()

    def _said(self) -> str:
        takes = [one for one in self.found if one.takes]
        looks = sum(bool(one.look) for one in takes)
        ready, left = len(takes) - looks, len(self.found) - len(takes)
        said = [
            (ready, f"{ready} can be taken in as {'it is' if ready == 1 else 'they are'}"),
            (looks, f"{looks} once you have looked at {'it' if looks == 1 else 'them'}"),
            (left, f"{left} cannot be taken in"),
        ]
        return f"{plural(len(self.found), 'file')}: {', '.join(words for count, words in said if count)}."

    def _ticked(self, digest: str, on: bool) -> None:
        self.confirmed = self.confirmed | {digest} if on else self.confirmed - {digest}
        self._count()

    def _count(self) -> None:
        count = len(chosen(self.found, self.confirmed))
        self.save_button.say(f"Take in {plural(count, 'form')}" if count else "Take in")
        self.save_button.setEnabled(count > 0 and self._task is None)

    # --- taking in --------------------------------------------------------------------------------------------------

    def try_save(self) -> bool:
        """Starts it; the sheet closes when it is done. False, as nothing is saved yet."""
        if not self.save_button.isEnabled():
            return False
        store, today, found, confirmed = self.context.store, self.context.today(), self.found, frozenset(self.confirmed)
        self._writing = True
        self.say("")
        self._run(
            lambda progress: take_in(store, found, confirmed, today=today, progress=progress.step),
            self._done,
            words=f"Taking in {plural(len(chosen(found, confirmed)), 'form')}",
        )
        return False

    def _done(self, taken: list[Returned]) -> None:
        self._writing, self._gone = False, True
        self.context.say(summary(taken))
        self.saved.emit("")
        self.closed.emit()
        if len(taken) == 1 and (asked := signed_by_hand(self.context.store, taken[0])):
            # The sheet of this form closes first.
            values = {"offer_id": asked, "kept": taken[0].name}
            QTimer.singleShot(0, lambda: self.context.open_form("letter_signed", **values))

    # --- tasks, and leaving -----------------------------------------------------------------------------------------

    def _run(
        self, work: Callable[[Any], Any], then: Callable[[Any], None], *, words: str, database: bool = True
    ) -> None:
        def ended(answer: Any) -> None:
            self._task = None
            then(answer)
            self._count()

        self._task = self.context.tasks.run(
            work,
            done=self._while_here(ended),
            failed=self._while_here(self._failed),
            cancelled=self._while_here(self._stopped),
            words=words,
            cancellable=True,
            database=database,
        )
        self._count()

    def _forget_unread(self) -> None:
        """What was not looked at can be dropped once more."""
        there = {one.path for one in self.found}
        self._files = [one for one in self._files if one.path in there]

    def _failed(self, error: Exception) -> None:
        self._task, self._writing = None, False
        self._forget_unread()
        self._count()
        if not isinstance(error, UserError | SystemFault):
            raise error
        self.say(str(error))

    def _stopped(self) -> None:
        self._task = None
        self._forget_unread()
        self.say("Stopped. Nothing was written." if self._writing else "Stopped.")
        self._writing = False
        self._count()

    def keep(self) -> None:
        """What somebody answered lies in their file, and nowhere else until it is taken in."""

    def cancel(self) -> None:
        if self.leave():
            self.closed.emit()

    def leave(self) -> bool:
        if self._writing:
            self.say("The forms are being taken in. Cancel that first; then nothing of it is written.")
            return False
        if self._task is not None:
            self._task.progress.cancel()
        self._gone = True
        return True

    def _while_here(self, then: Callable[..., object]) -> Callable[..., object]:
        def call(*answer: object) -> None:
            if not self._gone:
                then(*answer)

        return call

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.add(files_of(event.mimeData()))
