"""The checks of the walk can fail: each is shown a window with one thing wrong, and the same window mended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import walking
from ui.models.paged_table import Column, PagedTable
from ui.theme import Theme
from ui.widgets.chips_field import Chip
from ui.widgets.fields import ChoiceField, LineField
from ui.widgets.form_row import Form
from ui.widgets.list_field import ListField
from ui.widgets.panel import Scroll
from ui.widgets.sheet import Sheet
from ui.widgets.table import Table
from ui.widgets.text import Elided, IconButton, button, label


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[QWidget]:
    Theme.apply(qapp, "light")
    made = QWidget()
    QVBoxLayout(made)
    made.resize(400, 300)
    yield made
    made.close()
    made.deleteLater()


def show(window: QWidget, qtbot: QtBot, *parts: QWidget) -> QWidget:
    for part in parts:
        window.layout().addWidget(part)
    with qtbot.waitActive(window):
        window.show()
    return window


def test_a_stop_without_a_name_is_found(window: QWidget, qtbot: QtBot) -> None:
    bare, icon = QLineEdit(), IconButton("x", "")
    show(window, qtbot, bare, icon, button("Save"))
    assert [one.split()[0] for one in walking.nameless(window)] == ["QLineEdit", "IconButton"]
    bare.setAccessibleName("Title")
    icon.setAccessibleName("Close")
    assert walking.nameless(window) == []


@pytest.mark.parametrize("name", ["LineField", "QLineEdit", "line edit", "…", "  "])
def test_a_kind_is_no_name(window: QWidget, qtbot: QtBot, name: str) -> None:
    field = LineField()
    field.setAccessibleName(name)
    assert walking.nameless(show(window, qtbot, field))


def test_one_letter_for_two_is_found(window: QWidget, qtbot: QtBot) -> None:
    show(window, qtbot, QPushButton("&Save"), QPushButton("&Send"))
    assert walking.doubled_letters(window) == ["Alt+S stands 2 times in the window"]


def test_an_and_sign_is_no_letter(window: QWidget, qtbot: QtBot) -> None:
    show(window, qtbot, Chip("Career & Self"), Chip("Equity & Inclusion"), button("Cats & dogs"), button("This & that"))
    assert walking.doubled_letters(window) == []


class Trap(QLineEdit):
    """Takes Tab and keeps it."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        self.setFocus()
        return True


def test_a_trap_for_tab_is_found(window: QWidget, qtbot: QtBot) -> None:
    show(window, qtbot, button("One"), Trap(), button("Two"))
    assert any("Two" in one for one in walking.stray(window))


def test_a_stop_that_tab_leaves_out_is_found(window: QWidget, qtbot: QtBot) -> None:
    class Forward(QPushButton):
        def focusNextPrevChild(self, forward: bool) -> bool:
            (last if forward else first).setFocus(Qt.FocusReason.TabFocusReason)
            return True

    first, last = Forward("First"), Forward("Last")
    show(window, qtbot, first, button("Left out"), last)
    assert "Tab never reaches Button “Left out”" in walking.stray(window)


def test_an_order_that_jumps_is_found(window: QWidget, qtbot: QtBot) -> None:
    scroll = Scroll()
    top, middle, low = button("Top"), button("Middle"), button("Low")
    for one in (top, middle, low):
        scroll.body.addWidget(one)
    show(window, qtbot, scroll)
    assert walking.stray(window) == []
    QWidget.setTabOrder(low, middle)
    assert any("stands before it" in one for one in walking.stray(window))


def test_a_walk_that_is_right_is_right(window: QWidget, qtbot: QtBot) -> None:
    form, lines = Form(), ListField("Thing", "Add a thing…")
    form.row("title", "Title", LineField())
    form.row("things", "Things", lines)
    form.row("kind", "Kind", ChoiceField([("a", "A")]))
    lines.set_value([("one", None), ("two", None)])
    sheet = Sheet(form, "Things", "", None, where="right", width=400, scroll=True)
    show(window, qtbot, sheet)
    assert len(walking.stops(sheet)) == 8
    assert walking.stray(sheet) == []
    lines.set_value([("other", None)])
    lines._add_one()
    assert walking.stray(sheet) == []


def narrow(part: QWidget, width: int) -> QWidget:
    part.setFixedWidth(width)
    return part


def words_cut(window: QWidget, qtbot: QtBot, part: QWidget) -> list[str]:
    row = QWidget()
    across = QHBoxLayout(row)
    across.addWidget(part)
    across.addStretch(1)
    return walking.cut(show(window, qtbot, row))


LONG = "Rather many words for so little room"


@pytest.mark.parametrize(
    "make",
    [
        lambda: label(LONG),
        lambda: label("Unbreakablewordofsomelength", wrap=True),
        lambda: button(LONG),
        lambda: Chip(LONG),
        lambda: LineField(hint=LONG),
    ],
    ids=["label", "paragraph", "button", "chip", "hint"],
)
def test_words_without_room_are_found(window: QWidget, qtbot: QtBot, make: object) -> None:
    part = make()  # type: ignore[operator]
    assert words_cut(window, qtbot, narrow(part, 60))
    part.setFixedWidth(380)
    part.parentWidget().resize(400, 60)
    qtbot.waitUntil(lambda: part.width() == 380)
    assert walking.cut(window) == []


def test_a_line_cut_with_a_tip_is_right_and_without_is_not(window: QWidget, qtbot: QtBot) -> None:
    part = Elided(LONG, wide=60)
    assert words_cut(window, qtbot, narrow(part, 60)) == []
    part.setToolTip("")
    assert walking.cut(window)


def test_a_column_that_cuts_its_header_is_found(window: QWidget, qtbot: QtBot) -> None:
    model = PagedTable([Column("a", "Name", width=0), Column("b", "Last contact", width=40)], lambda _ids: {})
    table = Table(model, "People")
    show(window, qtbot, table)
    assert walking.cut(window) == []
    table.setColumnWidth(1, 40)
    assert any("Last contact" in one for one in walking.cut(window))


def test_what_sticks_out_at_the_side_is_found(window: QWidget, qtbot: QtBot) -> None:
    scroll = Scroll()
    scroll.body.addWidget(narrow(QLabel("Wide"), 900))
    assert any("sticks out" in one for one in walking.cut(show(window, qtbot, scroll)))
