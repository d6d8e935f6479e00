"""A place of several pages behind tabs, each of them made when it is first looked at."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import cast

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from ui.command import Command
from ui.context import Context
from ui.places.base import PlaceBase
from ui.widgets.tabs import Tabs


class Tabbed(PlaceBase):
    """`pages`: the word on the tab to "module:Class" in ui.places. The page that is shown gives the head its words."""

    pages: Mapping[str, str] = {}

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._made: dict[str, PlaceBase] = {}
        self.tabs = Tabs(list(self.pages), f"Pages of {self.title}")
        self._stack = QStackedWidget()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(14)
        box.addWidget(self.tabs)
        box.addWidget(self._stack, 1)
        self.tabs.changed.connect(self._turn)

    def page(self, words: str) -> PlaceBase:
        """The page behind a tab."""
        if words not in self._made:
            module, _, name = self.pages[words].partition(":")
            made = cast("PlaceBase", getattr(import_module(f"ui.places.{module}"), name)(self.context))
            made.head_changed.connect(self.head_changed)
            self._stack.addWidget(made)
            self._made[words] = made
        return self._made[words]

    @property
    def shown(self) -> PlaceBase:
        return self.page(list(self.pages)[self.tabs.current()])

    def show_page(self, words: str) -> PlaceBase:
        self.tabs.choose(list(self.pages).index(words))
        return self.page(words)

    def _turn(self, _at: int) -> None:
        self._stack.setCurrentWidget(self.shown)
        self.refresh()
        self.head_changed.emit()

    def refresh(self) -> None:
        self._stack.setCurrentWidget(self.shown)
        self.shown.refresh()

    def changed(self) -> None:
        """Each page listens for itself."""

    def subtitle(self) -> str:
        return self.shown.subtitle()

    def primary(self) -> Command | None:
        return self.shown.primary()
