"""Puts the desk together: the only file that knows every part of the screen."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QFileDialog

import resources
from core import clock, formats
from core.errors import SystemFault, UserError
from ui import recovery
from ui.asking import AT_ONCE, Asking
from ui.bus import Bus
from ui.calendar_file import calendar_file
from ui.command import Command
from ui.context import Context
from ui.desk import Desk
from ui.folders import documents
from ui.lazy import LazyPlace, Places
from ui.tasks import Tasks
from ui.undoing import lay
from ui.widgets.palette import Hit

if TYPE_CHECKING:
    from core.insight.glance import Around, Glance
    from core.store import Store
    from ui.start import Opened

NAME = "Foothold"
PLACES = {
    "today": ("Today", "today", "Today"),
    "projects": ("Projects", "projects", "Projects"),
    "candidates": ("Candidates", "candidates", "Candidates"),
    "evaluations": ("Evaluations", "evaluations", "Evaluations"),
    "year": ("Year", "year", "Year"),
    "insights": ("Insights", "insights", "Insights"),
    "sharing": ("Sharing", "sharing", "Sharing"),
    "settings": ("Settings", "settings", "Settings"),
}
HEAVY = ("sqlalchemy", "sqlalchemy.orm", "core.model", "core.store.store", "core.insight.people", "core.insight.today")
"""What is loaded once a kept glance is painted, one a turn of the event loop."""
GROUPS = {"candidates": "Candidates", "projects": "Projects", "schools": "Schools", "to_dos": "To-dos"}


_PAGES = {
    "to_dos": ("projects", "To-dos"),
    "schools": ("candidates", "Schools"),
    "pipeline": ("candidates", "Pipeline"),
}
"""Nouns that stand on a page of a place: the place, and the word on the page's tab."""


class App:
    """One store on one desk. `sample`: the store is a sample program, and closing asks whether to keep it.

    With a `glance` kept from before, `store` may be a way to open it: it is opened once the glance is painted.
    """

    def __init__(
        self,
        store: Store | Callable[[], Store],
        settings: QSettings | None,
        *,
        sample: bool = False,
        begin: bool = True,
        glance: Glance | None = None,
    ) -> None:
        self._store: Store | None = None
        self._open = store if callable(store) else lambda: store
        self.settings, self.sample, self._glance, self._closed = settings, sample, glance, False
        self.bus, self.tasks = Bus(), Tasks()
        self.desk = Desk(NAME, self.find, settings)
        self.desk.setObjectName("desk")
        self.desk.watch(self.tasks)
        self.tasks.broke.connect(self._broke)
        self.context = Context(
            opened=lambda: self.store,
            glance=lambda: self._glance,
            tasks=self.tasks,
            bus=self.bus,
            today=clock.today,
            open_sheet=lambda widget: self._open_sheet(widget, widget.accessibleName()),
            close_sheet=self.desk.close_sheet,
            say=self.desk.say,
            show=self.show,
            open_form=self.open_form,
            preview=self.preview,
            ask_file=self._ask_file,
            ask_folder=self._ask_folder,
        )
        self._counts: dict[str, int] = {}
        self._around = Asking(self.context, self.desk)
        self._reading: Any = None
        self.places = self._places()
        for place in self.places.lazy.values():
            self.desk.add_place(place)
        self.desk.set_commands(self._commands())
        self.desk.undo_wanted.connect(lambda: lay(self.context, forward=False))
        self.desk.redo_wanted.connect(lambda: lay(self.context, forward=True))
        self.desk.saved_list_wanted.connect(self._saved_list)
        self.desk.files_dropped.connect(self._dropped)
        self.desk.theme_chosen.connect(lambda mode: settings.setValue("theme", mode) if settings else None)
        self.desk.may_close = self._may_close
        self.desk.closing.connect(self.close)
        self.bus.changed.connect(lambda _nouns: self._renew())
        if not callable(store):
            self._take(store, sample=sample)
        if begin:
            self.begin()

    @property
    def store(self) -> Store:
        """Opened when it is first asked for. UserError or SystemFault where it cannot be."""
        return self._store or self._take(self._open())

    def _take(self, store: Store, *, sample: bool = False) -> Store:
        self._store, self._glance, self.sample = store, None, sample
        from ui import writing

        writing.follow(store, self.bus)
        if sample:
            from ui.sample import BANNER, keep_as

            self.desk.set_banner(BANNER, [Command("keep", "Keep it as your own…", "", lambda: keep_as(self))])
        else:
            recovery.offer(self)
        return store

    def begin_with(self, glance: Glance, ask: Callable[[], Opened | None]) -> None:
        """The kept glance first; then the store is opened. `ask`: where it cannot be, what to open instead."""
        formats.use(glance.around.country)
        self.desk.go("today")
        self._surround(glance.around)
        # What is painted is on the screen when the loop comes round again.
        self.places["today"].painted.connect(
            lambda: QTimer.singleShot(0, self.desk, lambda: self._load(list(HEAVY), ask))
        )
        self.desk.show()

    def _load(self, modules: list[str], ask: Callable[[], Opened | None]) -> None:
        if modules and self._store is None:
            import_module(modules.pop(0))
            QTimer.singleShot(0, self.desk, lambda: self._load(modules, ask))
            return
        try:
            _ = self.store
        except (UserError, SystemFault):
            self.desk.hide()
            if (found := ask()) is None:
                self._closed = True
                QApplication.exit(0)
                return
            self._take(found.store, sample=found.sample)
            self.desk.show()
        self.places["today"].changed()
        self._started()

    def begin_soon(self) -> None:
        """Today's rows first; what stands around them once they are painted."""
        self.desk.go("today")
        QTimer.singleShot(0, self.desk, self._started)

    def _started(self) -> None:
        self._renew()
        self.desk.setWindowIcon(QIcon(str(resources.path("foothold.svg"))))
        gc.freeze()
        gc.enable()
        QTimer.singleShot(1_000, self.desk, self._read_files)

    def _read_files(self) -> None:
        """What was kept and not looked into when the desk was last closed, and whatever comes from now on."""
        from ui.reading import Reading

        if self._closed:
            return
        self._reading = Reading(self.context)
        self._reading.start()

    def begin(self) -> None:
        """Reads and shows Today, then all that stands around it."""
        self.desk.go("today")
        self._renew()

    def _places(self) -> Places:
        lazy = {}
        for key, (title, module, name) in PLACES.items():
            lazy[key] = LazyPlace(key, title, self._maker(module, name), self._counter(key))
        return Places(lazy)

    def _maker(self, module: str, name: str) -> Callable[[], Any]:
        return lambda: getattr(import_module(f"ui.places.{module}"), name)(self.context)

    def _counter(self, key: str) -> Callable[[], int | None]:
        return lambda: self._counts.get(key)

    # --- what only the desk can do ----------------------------------------------------------------------------------

    def open_form(self, name: str, row_id: str | None = None, **values: object) -> None:
        from ui import registry

        try:
            form = registry.make(self.context, name, row_id, **values)
        except (UserError, SystemFault) as error:
            self.desk.say(str(error))
            return
        form.closed.connect(self.desk.close_sheet)
        form.saved.connect(lambda saved: self._saved(name, saved))
        note = getattr(form, "note_words", "")
        across, scroll = form.width_wanted, form.scroll_wanted
        self.desk.open_sheet(form, form.title_words, note=note, foot=form.foot, width=across, scroll=scroll)

    def _saved(self, name: str, row_id: str) -> None:
        self.desk.close_sheet()
        if name in ("candidates", "projects") and row_id:
            QTimer.singleShot(0, self.desk, lambda: self.show(name, row_id))

    def _open_sheet(self, widget: Any, title: str) -> None:
        self.desk.open_sheet(widget, title, width=getattr(widget, "width_wanted", 760), scroll=False)

    def show(self, noun: str, row_id: str) -> None:
        """Goes to the noun's place and picks the row."""
        if noun in ("colleagues", "employers"):
            if self.desk.go("settings"):
                self.open_form(noun, row_id)
        elif noun == "engagements":
            from core.insight.records import record

            if self.desk.go("projects"):
                project_id = str(record(self.store, noun, row_id).fields["project_id"])
                self.places["projects"].choose_work(project_id)
        elif noun == "keeping":
            if self.desk.go("candidates"):
                self.places["candidates"].show_page("Keep in touch").show_view(row_id)
        elif noun in _PAGES:
            place, page = _PAGES[noun]
            if self.desk.go(place):
                self.places[place].show_page(page).choose(row_id)
        elif noun in self.places and self.desk.go(noun):
            self.places[noun].choose(row_id)

    def preview(
        self,
        title: str,
        draw: Callable[[], bytes],
        save: Callable[[Path], object],
        mail: Callable[[], object] | None = None,
        **more: Any,
    ) -> None:
        """The paper is drawn as a task and shown in the program; it lies in no file until the person saves it."""
        from ui.widgets.preview import Preview

        def show(pdf: bytes) -> None:
            paper = Preview(pdf, title, save, documents(), mail=mail, tasks=self.tasks, **more)
            self.desk.open_sheet(paper, title, width=900, scroll=False)

        self.tasks.run(lambda _progress: draw(), done=show, words=f"Drawing: {title}")

    def find(self, words: str) -> list[Hit]:
        return [
            Hit(hit.title, hit.detail, self._goer(hit.noun, hit.row_id), GROUPS.get(hit.noun, ""))
            for hit in self.store.search(words, 40)
        ]

    def _goer(self, noun: str, row_id: str) -> Callable[[], None]:
        return lambda: self.show(noun, row_id)

    def _commands(self) -> list[Command]:
        def form(key: str, words: str, name: str, shortcut: str = "", menu: str = "File") -> Command:
            return Command(key, words, shortcut, lambda: self.open_form(name), menu=menu)

        return [
            form("new-project", "New project", "projects", "Ctrl+N"),
            form("new-candidate", "New candidate", "candidates", "Ctrl+Shift+N"),
            form("new-todos", "New to-dos", "to_dos", "Ctrl+T"),
            form("import", "Import candidates…", "import", "Ctrl+I"),
            form("applying", "Application from a mail…", "applying"),
            form("returned", "Take in returned forms…", "returned"),
            form("letters", "Offer letters…", "many_letters"),
            Command("calendar", "Calendar file…", "", calendar_file(self.context), menu="File"),
            Command("print", "Print this list…", "Ctrl+P", self._print_list, self._has_list, "File"),
            Command("recovery", "Recovery sheet…", "", lambda: recovery.show(self), menu="File"),
            Command("backup", "Back up…", "", self._back_up, menu="File"),
            form("new-school", "New school", "schools", menu=""),
            form("new-colleague", "New colleague", "colleagues", menu=""),
            form("employer", "Your business", "employers", menu="File"),
            Command("about", "About Foothold", "", self._about, menu="Help"),
            Command("notices", "Third-party notices", "", lambda: self._about(notices=True), menu="Help"),
            Command("quit", "Quit", "Ctrl+Q", self.desk.close, menu="File"),
        ]

    def _about(self, *, notices: bool = False) -> None:
        from ui import about

        (about.show_notices if notices else about.show)(self)

    # --- the desk's own lines ---------------------------------------------------------------------------------------

    def _renew(self) -> None:
        """Undo line, counts, saved lists and the foot, after each change."""
        from core.insight.filters import EVERYONE
        from core.insight.glance import around
        from core.insight.people import count

        store, today = self.store, clock.today()
        many = count(store, EVERYONE, today=today) > AT_ONCE
        if many:
            undo, redo = store.can_undo(), store.can_redo()
            self.desk.set_undo(undo.words if undo else "", redo.words if redo else "")
        self._around.ask(lambda: around(store, today=today), self._surround, beside=many)

    def _surround(self, around: Around) -> None:
        self._counts = {key: getattr(around.counts, key) for key in ("today", "projects", "candidates", "evaluations")}
        self.desk.set_undo(around.undo, around.redo)
        self.desk.set_saved_lists(list(around.lists))
        self.desk.set_foot(around.business, "Encrypted · on this computer")
        self.desk.refresh_head()

    def _saved_list(self, key: str) -> None:
        if self.desk.go("candidates", key):
            self.places["candidates"].show_list(key)
            self.desk.refresh_head()

    def _broke(self, error: BaseException) -> None:
        if isinstance(error, UserError | SystemFault):
            self.desk.say(str(error))
        else:
            sys.excepthook(type(error), error, error.__traceback__)

    def _has_list(self) -> bool:
        return hasattr(self._page_shown(), "print_list")

    def _print_list(self) -> None:
        self._page_shown().print_list()

    def _page_shown(self) -> Any:
        place = self.places.get(self.desk.place())
        return getattr(place, "shown", place)

    def _dropped(self, files: list[Path]) -> None:
        if not getattr(self._page_shown(), "take_files", lambda _files: False)(files):
            from ui.dropping import form_for

            name, values, left = form_for(files)
            self.open_form(name, **values)
            if left:
                self.desk.say(left)

    def _ask_file(self, title: str, kinds: str) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(self.desk, title, str(documents()), kinds)
        return Path(name) if name else None

    def _ask_folder(self, title: str) -> Path | None:
        name = QFileDialog.getExistingDirectory(self.desk, title, str(documents()))
        return Path(name) if name else None

    def _back_up(self) -> None:
        stem = f"{self.store.path.stem} {clock.today().isoformat()}.foothold"
        name, _ = QFileDialog.getSaveFileName(self.desk, "Back up to", str(documents() / stem), "*.foothold")
        if name:
            self.tasks.run(
                lambda _progress: self.store.backup(Path(name)),
                done=lambda _none: self.desk.say(f"Backed up to {Path(name).name}"),
                words="Backing up",
            )

    # --- closing ----------------------------------------------------------------------------------------------------

    def _may_close(self) -> bool:
        if not self.sample:
            return True
        from ui.sample import ask_to_keep

        return ask_to_keep(self)

    def close(self) -> None:
        self.tasks.cancel_all()
        self.tasks.wait_all()
        if self._closed or self._store is None:
            return
        self._closed = True
        if not self.sample:
            from core.insight import glance

            # The next start is slower without it, and no more.
            with suppress(UserError, SystemFault):
                glance.keep(self._store, today=clock.today())
        self._store.close()
        if self.sample:
            from ui.sample import sweep

            sweep(self._store.path)
