"""What is wrong with a window on the screen: nameless stops, traps for Tab, doubled Alt letters, cut words.

Each check returns sentences that name the widget; an empty list is a window that is right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from types import UnionType
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QMenuBar,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QTableView,
    QToolButton,
    QWidget,
)

from ui.models.paged_table import KIND
from ui.theme import NOTE, font
from ui.widgets.chips import FilterChip, Pill, pill_width
from ui.widgets.chips_field import Chip
from ui.widgets.date_field import DateField
from ui.widgets.fields import LineField, MoneyField, NumberField
from ui.widgets.form_row import Form
from ui.widgets.side_bar import SideItem
from ui.widgets.tabs import Tabs
from ui.widgets.text import Elided, Paragraph

SLACK = 1


def ground(window: QWidget) -> QWidget:
    """The part of a desk that has the keyboard: the search or a sheet where one lies over it, else the whole."""
    palette, layer = getattr(window, "palette_", None), getattr(window, "layer", None)
    if isinstance(palette, QWidget) and palette.isVisible():
        return palette
    sheet = getattr(layer, "sheet", None)
    return sheet if isinstance(sheet, QWidget) else window


def parts(under: QWidget) -> list[QWidget]:
    """Every widget on the screen of this window, its own parts of Qt's making left out."""
    return [one for one in under.findChildren(QWidget) if one.isVisible() and not _of_qt(one)]


def stops(under: QWidget) -> list[QWidget]:
    """What Tab must reach."""
    return [
        one
        for one in parts(under)
        if one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None
    ]


def _of_qt(one: QWidget) -> bool:
    """The viewport, the bar or the button inside a widget of Qt's: it is spoken and reached with the whole."""
    return one.objectName().startswith("qt_") or isinstance(one.parentWidget(), QLineEdit | QComboBox)


def called(one: QWidget) -> str:
    """What a screen reader says first."""
    spoken = QAccessible.queryAccessibleInterface(one)
    return str(spoken.text(QAccessible.Text.Name)).strip() if spoken is not None else ""


def where(one: QWidget) -> str:
    """Words that find the widget again."""
    words = one.text() if isinstance(one, QLabel | QAbstractButton | QLineEdit) else ""
    return f"{type(one).__name__} “{words or called(one)}”"


# --- names ----------------------------------------------------------------------------------------------------------


def nameless(under: QWidget) -> list[str]:
    """Stops that a screen reader could only call by their kind, or not at all."""
    return [f"{where(one)} is called “{called(one)}”" for one in stops(under) if not _is_name(one, called(one))]


def _is_name(one: QWidget, words: str) -> bool:
    kinds = {kind.__name__.casefold().strip("_") for kind in type(one).__mro__}
    plain = words.casefold().replace(" ", "")
    return any(sign.isalnum() for sign in plain) and plain not in kinds and f"q{plain}" not in kinds


def doubled_letters(window: QWidget) -> list[str]:
    """Alt and a letter that would mean two things in one window or in one menu."""
    under = ground(window)
    keys = [one.shortcut().toString() for one in parts(under) if isinstance(one, QAbstractButton)]
    words = [one.text() for one in parts(under) if isinstance(one, QLabel) and one.buddy() is not None]
    words += [one.title() for one in parts(under) if isinstance(one, QGroupBox)]
    bars = [one for one in window.findChildren(QMenuBar) if one.isVisible()] if under is window else []
    words += [action.text() for bar in bars for action in bar.actions() if action.isVisible()]
    found = _twice([*keys, *_letters(words)], "the window")
    for menu in window.findChildren(QMenu):
        inside = [action.text() for action in menu.actions() if action.isVisible()]
        found += _twice(_letters(inside), f"menu “{menu.title()}”")
    return found


def _letters(words: Sequence[str]) -> list[str]:
    return [QKeySequence.mnemonic(text).toString() for text in words]


def _twice(keys: Sequence[str], what: str) -> list[str]:
    letters = Counter(key for key in keys if key)
    return [f"{key} stands {count} times in {what}" for key, count in letters.items() if count > 1]


# --- Tab ------------------------------------------------------------------------------------------------------------


def stray(under: QWidget) -> list[str]:
    """Walks by Tab, then back: each stop once, in reading order, until the first comes round again."""
    wanted = stops(under)
    if not wanted:
        return []
    found: list[str] = []
    there: list[QWidget] = []
    for key, way in ((Qt.Key.Key_Tab, "Tab"), (Qt.Key.Key_Backtab, "Shift+Tab")):
        first = there[0] if there else _first(under, wanted)
        first.setFocus(Qt.FocusReason.TabFocusReason)
        seen = [first]
        for _ in range(2 * len(wanted) + 5):
            held = QApplication.focusWidget()
            if held is None:
                found.append(f"{way} leaves the keyboard nowhere after {where(seen[-1])}")
                break
            QTest.keyClick(held, key)
            held = QApplication.focusWidget()
            if held is None or (held is first and len(seen) > 1):
                break
            if held is seen[-1] and isinstance(held, QLabel):
                continue  # from link to link within its words
            if held in seen:
                found.append(f"{way} goes round without the first, at {where(held)}")
                break
            seen.append(held)
        missed = [where(one) for one in stops(under) if one not in seen and one in wanted]
        extra = [where(one) for one in seen if one not in wanted and one not in stops(under)]
        found += [f"{way} never reaches {one}" for one in missed] + [f"{way} stops at {one}" for one in extra]
        if key == Qt.Key.Key_Tab:
            there = seen
        elif not found and [there[0], *reversed(there[1:])] != seen:
            found.append("Shift+Tab is not the way back")
    return found + _out_of_order(there)


def _first(under: QWidget, wanted: Sequence[QWidget]) -> QWidget:
    held = QApplication.focusWidget()
    return held if held in wanted and held is not None else wanted[0]


def _out_of_order(seen: Sequence[QWidget]) -> list[str]:
    """Within one form or one scrolling column, from top to bottom and on a line from left to right."""
    found = []
    for one, after in pairwise(seen):
        home = _home(one)
        if home is None or home is not _home(after):
            continue
        a, b = _place(one, home), _place(after, home)
        # Up is only right to the head of the next column.
        if (b.bottom() < a.top() and b.left() <= a.right()) or (_on_a_line(a, b) and b.left() < a.left()):
            found.append(f"{where(after)} comes after {where(one)}, but stands before it")
    return found


def _home(one: QWidget) -> QWidget | None:
    above = one.parentWidget()
    while above is not None:
        holder = above.parentWidget()
        scrolled = holder is not None and isinstance(holder.parentWidget(), QScrollArea)
        if isinstance(above, Form) or scrolled:
            return above
        above = holder
    return None


def _place(one: QWidget, home: QWidget) -> QRect:
    return QRect(one.mapTo(home, QPoint(0, 0)), one.size())


def _on_a_line(a: QRect, b: QRect) -> bool:
    return abs(a.center().y() - b.center().y()) < min(a.height(), b.height()) / 2


# --- words that do not fit ------------------------------------------------------------------------------------------


def cut(under: QWidget) -> list[str]:
    """Words that are cut off, or that lie outside of what shows them.

    What people typed may end in dots where one line must do, as long as its tip says the whole.
    """
    found = []
    for one in parts(under):
        if one.width() <= 0 or one.height() <= 0:
            if _words(one):
                found.append(f"{where(one)} has no room at all")
            continue
        found += [f"{where(one)} {why}" for why in (*_short(one), *_outside(one, under))]
    return found


def _words(one: QWidget) -> str:
    return one.text().strip() if isinstance(one, QLabel | QAbstractButton) else ""


def _short(one: QWidget) -> Iterator[str]:
    """The first kind that fits; a widget that shows no words of its own has none to cut."""
    for kind, check in CHECKS:
        if isinstance(one, kind):
            yield from check(one)
            return


def _elided(one: Elided) -> Iterator[str]:
    if one.cut() and not one.toolTip():
        yield "is cut and has no tip"
    if one.height() + SLACK < one.fontMetrics().height():
        yield f"is {one.height()} px high for a line of {one.fontMetrics().height()}"


def _paragraph(one: Paragraph) -> Iterator[str]:
    if one.heightForWidth(one.width()) > one.height() + SLACK:
        yield f"needs {one.heightForWidth(one.width())} px of height and has {one.height()}"
    longest = max((one.fontMetrics().horizontalAdvance(word) for word in one.text().split()), default=0)
    if longest > one.contentsRect().width() + SLACK and len(one.text()) < 40:
        yield f"breaks a word of {longest} px in {one.contentsRect().width()}"


def _typed(one: QLineEdit) -> Iterator[str]:
    """Words that are longer than the line scroll; its hint, a number, a day and an amount stand whole."""
    short = isinstance(one, DateField | MoneyField | NumberField)
    hint = one.placeholderText() if not one.text() and (short or isinstance(one, LineField)) else ""
    words = (one.text() if short else "") or hint
    edges = 8 if one.property("role") == "bare" else 22
    need = one.fontMetrics().horizontalAdvance(words) + edges
    if words and need > one.width() + SLACK:
        yield f"cuts “{words}”: needs {need} px and has {one.width()}"
    if one.height() < one.fontMetrics().height():
        yield f"is {one.height()} px high for a line of {one.fontMetrics().height()}"


def _drawn(one: QAbstractButton | Pill) -> Iterator[str]:
    need = one.needed() if isinstance(one, SideItem) else one.sizeHint().width()
    if need > one.width() + SLACK and not (isinstance(one, Pill) and one.toolTip()):
        yield f"needs {need} px and has {one.width()}"


def _label(one: QLabel) -> Iterator[str]:
    if not one.text():
        return
    face, inside = one.fontMetrics(), one.contentsRect()
    if one.wordWrap():
        if one.heightForWidth(one.width()) > one.height() + SLACK:
            yield f"needs {one.heightForWidth(one.width())} px of height and has {one.height()}"
        return
    need = max(face.horizontalAdvance(part) for part in one.text().split("\n"))
    if need > inside.width() + SLACK:
        yield f"needs {need} px and has {inside.width()}"
    if face.height() * len(one.text().split("\n")) > inside.height() + 2 * SLACK:
        yield f"is {inside.height()} px high for a line of {face.height()}"


def _header(one: QHeaderView) -> Iterator[str]:
    if one.orientation() == Qt.Orientation.Vertical:
        return
    model = one.model()
    for at in range(one.count()):
        if one.isSectionHidden(at):
            continue
        words = str(model.headerData(at, Qt.Orientation.Horizontal) or "")
        need = one.fontMetrics().horizontalAdvance(words) + (24 if one.visualIndex(at) == 0 else 16)
        if need > one.sectionSize(at) + SLACK:
            yield f"cuts its column “{words}”: needs {need} px and has {one.sectionSize(at)}"


def _cells(one: QTableView) -> Iterator[str]:
    """A chip, a day, a sum, a number stand whole; what people typed may end in dots, and its tip says the rest."""
    model, seen = one.model(), one.viewport().rect()
    for row in range(model.rowCount(QModelIndex())):
        for column in range(model.columnCount(QModelIndex())):
            index = model.index(row, column)
            room = one.visualRect(index)
            if one.isColumnHidden(column) or not seen.intersects(room):
                continue
            words, chip = str(index.data() or ""), index.data(KIND) == "chip"
            need = pill_width(words, font(NOTE)) if chip else QFontMetrics(font()).horizontalAdvance(words)
            inside = room.width() - (24 if column == 0 else 16)
            if words and need > inside + SLACK and (chip or " " not in words or index.data(KIND) == "warn"):
                yield f"cuts “{words}”: needs {need} px and has {inside}"


def _combo(one: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    one.initStyleOption(option)
    room = one.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, one
    )
    need = one.fontMetrics().horizontalAdvance(one.currentText())
    if need > room.width() + SLACK and not one.toolTip():
        yield f"cuts “{one.currentText()}”: needs {need} px and has {room.width()}"


def _crowded(one: Tabs) -> Iterator[str]:
    for tab in one.findChildren(QAbstractButton):
        if tab.sizeHint().width() > tab.width() + SLACK:
            yield f"cuts the tab “{tab.text()}”: needs {tab.sizeHint().width()} px and has {tab.width()}"


def _button(one: QAbstractButton) -> Iterator[str]:
    words = one.text().replace("&&", "&").strip()
    if not words or (isinstance(one, QToolButton) and one.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly):
        return
    need = one.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, words)
    room = _inside(one)
    if not one.icon().isNull():
        need += QSize(one.iconSize().width() + 4, 0)
    if need.width() > room.width() + SLACK:
        yield f"needs {need.width()} px and has {room.width()}"
    if one.fontMetrics().height() > one.height():
        yield f"is {one.height()} px high for a line of {one.fontMetrics().height()}"


def _inside(one: QAbstractButton) -> QRect:
    if isinstance(one, QPushButton):
        option = QStyleOptionButton()
        one.initStyleOption(option)
        return one.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, one)
    return one.rect()


def _scrolls_aside(above: QWidget) -> bool:
    """Whether it is the window onto something wider that one may scroll to."""
    area = above.parentWidget()
    if not isinstance(area, QScrollArea) or area.viewport() is not above:
        return False
    return area.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def _outside(one: QWidget, under: QWidget) -> Iterator[str]:
    """Sticks out at the side of something that it lies in, and that does not scroll to the side."""
    if not (_words(one) or one.focusPolicy() & Qt.FocusPolicy.TabFocus):
        return
    above = one.parentWidget()
    while above is not None and one is not under:
        if _scrolls_aside(above):
            return
        left = one.mapTo(above, QPoint(0, 0)).x()
        if left < -SLACK or left + one.width() > above.width() + SLACK:
            yield f"sticks out of its {type(above).__name__}: {left} to {left + one.width()} of {above.width()} px"
            return
        if above is under or isinstance(above, QMainWindow):
            return
        above = above.parentWidget()


CHECKS: tuple[tuple[type | UnionType, Callable[[Any], Iterator[str]]], ...] = (
    (Elided, _elided),
    (Paragraph, _paragraph),
    (QLabel, _label),
    (QHeaderView, _header),
    (QTableView, _cells),
    (QComboBox, _combo),
    (QLineEdit, _typed),
    (Pill | SideItem | Chip | FilterChip, _drawn),
    (Tabs, _crowded),
    (QPushButton | QToolButton | QCheckBox, _button),
)
