"""What one can do with a row: a link for the next step, a menu for the rest, and words where it cannot be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QToolButton, QWidget

from core.errors import SystemFault, UserError
from ui.context import Context
from ui.widgets.sheet import Sheet
from ui.widgets.text import IconButton, amp, button, tip

Run = Callable[[], object]
_LONGEST = 34


@dataclass(frozen=True)
class Action:
    """`words` as they stand on the link or in the menu; "" makes a separator."""

    words: str
    run: Run = lambda: None


def menu_button(name: str, actions: Sequence[Action]) -> IconButton:
    """`name` is what a screen reader says: "More for Candidate K7"."""
    made = IconButton("chevron-down", name)
    menu = QMenu(made)
    for action in actions:
        if action.words:
            menu.addAction(amp(action.words)).triggered.connect(_dropping(action.run))
        else:
            menu.addSeparator()
    made.setMenu(menu)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    made.setEnabled(bool(actions))
    return made


def _dropping(run: Run) -> Run:
    """A menu hands over whether it is checked, which no step wants."""
    return lambda *_: run()


def attempt(context: Context, verb: Callable[[], object], done: str = "") -> bool:
    """Does a step that undo takes back; says what is in the way where it cannot be done."""
    try:
        verb()
    except (UserError, SystemFault) as error:
        context.say(str(error))
        return False
    if done:
        context.say(done)
    return True


def opener(context: Context, form: str, row_id: str | None = None, **values: object) -> Run:
    return lambda: context.open_form(form, row_id, **values)


def link_to(context: Context, candidate_id: str, name: str) -> QWidget:
    """A person's name that leads to their page, as wide as its words and flush with the words around it."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(0)
    shown = name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
    link = button(shown, "link", lambda: context.show("candidates", candidate_id), name=name)
    link.setProperty("side", "flush")
    link.setToolTip(tip(name) if shown != name else "")
    line.addWidget(link)
    line.addStretch(1)
    return holder


class FocusKeeper:
    """Keeps the keyboard's place by name while a page is built anew under it, also from under an open sheet."""

    def __init__(self, page: QWidget) -> None:
        self._page, self._name, self._still = page, "", False

    def note(self) -> None:
        """The keyboard went somewhere. Where a part goes that had it, Qt moves it on; that is nobody's wish."""
        held = QApplication.focusWidget()
        if self._still or held is None or _on_sheet(held):
            return
        self._name = held.accessibleName() if self._page.isAncestorOf(held) else ""

    def hold(self) -> None:
        """Call before the page goes."""
        self._still = True

    def give_back(self) -> None:
        """Call after the new page stands; done once what is going on is over, as a sheet may still be closing."""
        QTimer.singleShot(0, self._page, self._give)

    def forget(self) -> None:
        self._name = ""

    def _give(self) -> None:
        held = QApplication.focusWidget()
        self._still = False
        if not self._name or (held is not None and (_on_sheet(held) or self._page.isAncestorOf(held))):
            return
        for one in self._page.findChildren(QWidget):
            if one.accessibleName() == self._name and one.isVisible() and one.isEnabled():
                one.setFocus()
                return


def _on_sheet(widget: QWidget) -> bool:
    above: QWidget | None = widget
    while above is not None and not isinstance(above, Sheet):
        above = above.parentWidget()
    return above is not None
