"""The frame: places at the left, the page with its head, the undo line, sheets over it. It knows no place and no noun.

    desk = Desk("Foothold", find=search.hits)
    desk.add_place(Today(...))                  # a QWidget that is a Place
    desk.set_commands([Command("quit", "Quit", "Ctrl+Q", desk.close, menu="File"), ...])
    desk.go("today"); desk.show()

The head belongs to the desk: whenever a place's words change it calls `desk.refresh_head()` (or sends `head_changed`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol, cast

from PySide6.QtCore import QByteArray, QSettings, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ui.command import Command
from ui.menus import Menus
from ui.tasks import Tasks
from ui.theme import MODES, Mode, current, set_role
from ui.widgets.banner import Banner
from ui.widgets.header import Header
from ui.widgets.palette import Hit, Palette
from ui.widgets.sheet import Sheet, SheetLayer, Where
from ui.widgets.side_bar import SideBar
from ui.widgets.undo_line import UndoLine


class Place(Protocol):
    """What the desk asks of a place; the object is a QWidget too.

    `refresh()` is called each time the place is shown. It may have a signal `head_changed` of its own, and
    `headline() -> str` where the page's title is another than the place's ("Menu redesign for the spring card").
    """

    key: str
    title: str

    def refresh(self) -> None: ...
    def subtitle(self) -> str: ...
    def primary(self) -> Command | None: ...
    def count(self) -> int | None: ...


def nothing(_text: str) -> Sequence[Hit]:
    return ()


class Desk(QMainWindow):
    """One window. Signals carry what the person asked for; whoever builds the desk answers."""

    went = Signal(str)
    saved_list_wanted = Signal(str)
    files_dropped = Signal(list)
    undo_wanted = Signal()
    redo_wanted = Signal()
    theme_chosen = Signal(str)
    closing = Signal()

    def __init__(
        self, name: str, find: Callable[[str], Sequence[Hit]] = nothing, settings: QSettings | None = None
    ) -> None:
        """`find` feeds Ctrl+K. `settings` keeps the window's place and nothing about anyone; None keeps nothing."""
        super().__init__()
        self.setWindowTitle(name)
        self.setAcceptDrops(True)
        self._name, self._settings = name, settings
        self._places: dict[str, Place] = {}
        self._at = ""
        self._list = ""
        self._commands: list[Command] = []
        self._undo_words, self._redo_words = "", ""
        self.may_close: Callable[[], bool] = lambda: True
        self._build(name)
        self._menus = Menus(self)
        self.layer = SheetLayer(self._ground)
        self.palette_ = Palette(self._ground, find, self.offered)
        self._menus.fill(self.offered())
        self._restore()

    def _build(self, name: str) -> None:
        self._ground = QWidget()
        set_role(self._ground, "ground")
        across = QHBoxLayout(self._ground)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self.side = SideBar(name)
        self.banner, self.head, self.foot, self.pages = Banner(), Header(), UndoLine(), QStackedWidget()
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.head)
        page = QVBoxLayout()
        page.setContentsMargins(24, 0, 24, 14)
        page.addWidget(self.pages)
        column.addLayout(page, 1)
        column.addWidget(self.foot)
        across.addWidget(self.side)
        across.addLayout(column, 1)
        self.setCentralWidget(self._ground)
        self.setMinimumSize(760, 480)
        self.side.go.connect(self.go)
        self.side.list_wanted.connect(self.saved_list_wanted)
        self.head.search_wanted.connect(self.search)
        self.foot.undo_wanted.connect(self.undo_wanted)
        self.foot.redo_wanted.connect(self.redo_wanted)

    # Places

    def add_place(self, place: Place) -> None:
        """The first one added is shown."""
        self._places[place.key] = place
        self.pages.addWidget(cast("QWidget", place))
        self.side.add_place(place.key, place.title)
        changed = getattr(place, "head_changed", None)
        if changed is not None:
            changed.connect(self.refresh_head)
        self._menus.fill(self.offered())

    def go(self, key: str, saved_list: str = "") -> bool:
        """Shows a place; False if an open sheet wants to stay. `saved_list` lights up its line at the left instead."""
        if key not in self._places or not self.layer.close_sheet():
            self.side.choose(self._at, self._list)
            return False
        place = self._places[key]
        self._at, self._list = key, saved_list
        self.side.choose(key, saved_list)
        self.pages.setCurrentWidget(cast("QWidget", place))
        place.refresh()
        self.refresh_head()
        self.went.emit(key)
        return True

    def place(self) -> str:
        """The key of the place that is shown, "" before the first."""
        return self._at

    def refresh_head(self) -> None:
        """Asks the shown place for its title, subtitle and button, and every place for its count."""
        place = self._places.get(self._at)
        if place is None:
            return
        headline = getattr(place, "headline", None)
        self.head.say(headline() if headline is not None else place.title, place.subtitle())
        self.head.show_primary(place.primary())
        self.set_counts({key: one.count() for key, one in self._places.items()})

    def set_counts(self, counts: Mapping[str, int | None]) -> None:
        self.side.set_counts(counts)

    def set_saved_lists(self, lists: Sequence[tuple[str, str, int | None]]) -> None:
        """(key, words, count); a click sends `saved_list_wanted(key)`."""
        self.side.set_lists(lists)
        self.side.choose(self._at, self._list)

    def set_foot(self, business: str, state: str) -> None:
        """At the foot of the side bar: whose program it is, "Encrypted · backed up 9:02"."""
        self.side.set_foot(business, state)

    # Words to the person

    def set_undo(self, undo_words: str, redo_words: str = "") -> None:
        """What Ctrl+Z and Ctrl+Shift+Z would do, "" for nothing."""
        self._undo_words, self._redo_words = undo_words, redo_words
        self.foot.set_undo(undo_words, redo_words)
        self._menus.refresh_words()

    def say(self, words: str) -> None:
        """A passing message in the bottom line."""
        self.foot.say(words)

    def set_banner(self, words: str, commands: Sequence[Command] = ()) -> None:
        self.banner.say(words, commands)

    def watch(self, tasks: Tasks) -> None:
        """Shows in the bottom line whatever takes longer than 300 ms, with Cancel."""
        self.foot.progress.follow(tasks)

    # Sheets and search

    def open_sheet(
        self,
        widget: QWidget,
        title: str,
        *,
        note: str = "",
        foot: QWidget | None = None,
        where: Where = "right",
        width: int = 760,
        scroll: bool = True,
    ) -> Sheet | None:
        """Lays `widget` over the place; None if the sheet that is open wants to stay. See ui/widgets/sheet.py."""
        sheet = Sheet(widget, title, note, foot, where=where, width=width, scroll=scroll)
        if self.layer.open(sheet):
            return sheet
        sheet.deleteLater()
        return None

    def close_sheet(self) -> bool:
        return self.layer.close_sheet()

    def search(self, text: str = "") -> None:
        self.palette_.open(text)

    # Commands

    def set_commands(self, commands: Sequence[Command]) -> None:
        """All that can be done beside going places and choosing a theme; feeds menus, shortcuts and Ctrl+K."""
        self._commands = list(commands)
        self._menus.fill(self.offered())

    def offered(self) -> list[Command]:
        own = [
            Command("undo", f"Undo: {self._undo_words}" if self._undo_words else "Undo", "Ctrl+Z",
                    self.undo_wanted.emit, lambda: bool(self._undo_words), "Edit"),
            Command("redo", f"Redo: {self._redo_words}" if self._redo_words else "Redo", "Ctrl+Shift+Z",
                    self.redo_wanted.emit, lambda: bool(self._redo_words), "Edit"),
            Command("search", "Search everything", "Ctrl+K", self.search, menu="Edit"),
        ]  # fmt: skip
        for number, (key, place) in enumerate(self._places.items(), 1):
            own.append(Command(f"go-{key}", place.title, f"Ctrl+{number}" if number < 10 else "",
                               self._goer(key), menu="Go", detail="Go"))  # fmt: skip
        words = {"light": "Light", "dark": "Dark", "system": "As the system"}
        own += [
            Command(f"theme-{mode}", words[mode], "", self._themer(mode), menu="View", detail="Theme",
                    checked=self._mode_asker(mode))
            for mode in MODES
        ]  # fmt: skip
        return [*self._commands, *own]

    def _goer(self, key: str) -> Callable[[], object]:
        return lambda: self.go(key)

    @staticmethod
    def _mode_asker(mode: Mode) -> Callable[[], bool]:
        return lambda: current().mode == mode

    def _themer(self, mode: Mode) -> Callable[[], None]:
        def choose() -> None:
            current().set_mode(mode)
            self.theme_chosen.emit(mode)

        return choose

    # The window

    def _restore(self) -> None:
        self.resize(1280, 800)
        if self._settings is not None:
            kept = self._settings.value("desk/geometry")
            if isinstance(kept, QByteArray):
                self.restoreGeometry(kept)

    def closeEvent(self, event: QCloseEvent) -> None:
        """`may_close` may keep the window open (a question of the sample program)."""
        if not self.layer.close_sheet() or not self.may_close():
            event.ignore()
            return
        if self._settings is not None:
            self._settings.setValue("desk/geometry", self.saveGeometry())
        # What is written on closing takes a moment that nobody should have to watch.
        self.hide()
        self.closing.emit()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.files_dropped.emit(files)
