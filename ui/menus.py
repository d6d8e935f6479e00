"""The native menu bar, made from commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from ui.command import Command
from ui.widgets.text import amp

ORDER = ("File", "Edit", "Go", "View", "Help")


class Menus:
    """Fills the window's menu bar; each command's shortcut works wherever the focus is."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._menus: dict[str, QMenu] = {}
        self._actions: list[tuple[QAction, Command]] = []

    def fill(self, commands: Sequence[Command]) -> None:
        """Replaces all menus. A Command of the key "" is a separator."""
        bar = self._window.menuBar()
        bar.clear()
        for action, _ in self._actions:
            self._window.removeAction(action)
            action.deleteLater()
        self._menus, self._actions = {}, []
        for title in ORDER:
            mine = [command for command in commands if command.menu == title]
            if mine:
                menu = bar.addMenu(f"&{title}")
                menu.aboutToShow.connect(self.refresh)
                # A command greyed in an open menu must not stay deaf to its shortcut once things have changed.
                menu.aboutToHide.connect(self._wake)
                self._menus[title] = menu
                for command in mine:
                    self._add(menu, command)
        for command in commands:
            if not command.menu and command.shortcut:
                self._add(None, command)

    def _add(self, menu: QMenu | None, command: Command) -> None:
        if not command.key:
            if menu is not None:
                menu.addSeparator()
            return
        action = QAction(amp(command.words), self._window)
        if command.shortcut:
            action.setShortcut(QKeySequence(command.shortcut))
        if command.key == "quit":
            action.setMenuRole(QAction.MenuRole.QuitRole)
        elif command.key in {"settings", "about"}:
            role = QAction.MenuRole.PreferencesRole if command.key == "settings" else QAction.MenuRole.AboutRole
            action.setMenuRole(role)
        else:
            action.setMenuRole(QAction.MenuRole.NoRole)
        action.setCheckable(command.checked is not None)
        action.triggered.connect(self._runner(command))
        (menu if menu is not None else self._window).addAction(action)
        self._actions.append((action, command))

    def refresh(self) -> None:
        """Asks every command whether it can run now."""
        for action, command in self._actions:
            action.setEnabled(command.enabled())
            action.setText(amp(command.words))
            if command.checked is not None:
                action.setChecked(command.checked())

    def refresh_words(self) -> None:
        """New words only; what can run is asked when it runs."""
        for action, command in self._actions:
            action.setText(amp(command.words))

    def _wake(self) -> None:
        for action, _ in self._actions:
            action.setEnabled(True)

    @staticmethod
    def _runner(command: Command) -> Callable[[], None]:
        def run() -> None:
            if command.enabled():
                command.run()

        return run
