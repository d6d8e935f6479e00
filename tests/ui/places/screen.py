"""What stands on the screen, found as a person or a screen reader finds it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTextEdit, QToolButton, QWidget

from ui.app import App
from ui.tour import settle
from ui.widgets.sheet import Sheet


def seen(under: QWidget, kind: type[Any] = QWidget) -> list[Any]:
    return [one for one in under.findChildren(kind) if one.isVisible()]


def words(under: QWidget) -> str:
    """Every word on the screen, accessible names too."""
    settle(under)
    parts = [one.text() for one in seen(under, QLabel)] + [one.toPlainText() for one in seen(under, QTextEdit)]
    parts += [one.text() for one in seen(under, QAbstractButton)]
    parts += [one.accessibleName() for one in seen(under)]
    return "\n".join(part for part in parts if part)


def button(under: QWidget, name: str) -> QAbstractButton:
    settle(under)
    found = [one for one in seen(under, QAbstractButton) if name in (one.accessibleName(), one.text())]
    assert found, f"no {name!r} among {[one.accessibleName() for one in seen(under, QAbstractButton)]}"
    return found[0]


def press(under: QWidget, name: str) -> None:
    QTest.mouseClick(button(under, name), Qt.MouseButton.LeftButton)


def choose(under: QWidget, menu: str, entry: str) -> None:
    """An entry of a menu button."""
    tool = button(under, menu)
    assert isinstance(tool, QToolButton)
    entries = {one.text(): one for one in tool.menu().actions()}
    assert entry in entries, list(entries)
    entries[entry].trigger()


def sheet(app: App) -> Sheet:
    app.tasks.wait_all()
    assert app.desk.layer.sheet is not None, f"no sheet; said: {app.desk.foot.said.text()}"
    return app.desk.layer.sheet


def form(app: App) -> Any:
    return sheet(app).inside


def save(app: App, **values: Any) -> None:
    """Fills what is named and saves; what stands in the way fails."""
    made = form(app)
    made.form.set_values(values)
    assert made.try_save(), made.problem.words.text() or [row.error.text() for row in made.form.rows.values()]


def said(app: App) -> str:
    return app.desk.foot.said.text()


def key(name: str) -> None:
    """One key to whatever has the keyboard: "3", "Return", "Tab"."""
    held = QApplication.focusWidget()
    assert held is not None
    if len(name) == 1:
        QTest.keyClicks(held, name)
    else:
        QTest.keyClick(held, getattr(Qt.Key, f"Key_{name}"))
