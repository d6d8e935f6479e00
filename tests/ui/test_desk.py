"""The frame: places, head, sheets, search, undo line; named, reachable, uncut, at any size of words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, QSize, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import gallery
from ui.command import Command
from ui.desk import Desk
from ui.theme import MODES, TARGET, Theme
from ui.widgets.side_bar import SideItem
from ui.widgets.text import Elided, button


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot) -> Desk:
    Theme.apply(qapp, "light")
    made = gallery.build()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def press(widget: QWidget, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
    how = Qt.KeyboardModifier.NoModifier
    for one in held:
        how |= one
    QTest.keyClick(widget, key, how)


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def stops(desk: Desk) -> list[QWidget]:
    """Everything on the screen that Tab reaches."""
    return [
        one
        for one in desk.findChildren(QWidget)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


@pytest.mark.parametrize("place", ["today", "projects", "candidates", "evaluations"])
def test_every_stop_of_the_keyboard_has_a_name_and_room(desk: Desk, place: str) -> None:
    desk.go(place)
    desk.grab()
    nameless = [
        f"{type(one).__name__} in {type(one.parentWidget()).__name__}"
        for one in stops(desk)
        if not QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name).strip()
    ]
    assert not nameless
    small = {
        f"{type(one).__name__} {one.accessibleName()}: {one.width()} x {one.height()}"
        for one in stops(desk)
        if min(one.width(), one.height()) < TARGET and not isinstance(one, QLabel)
    }
    assert not small


def test_no_two_menus_share_a_letter(desk: Desk) -> None:
    letters = Counter(action.text().partition("&")[2][:1] for action in desk.menuBar().actions())
    assert max(letters.values()) == 1
    assert list(letters) == ["F", "E", "G", "V", "H"]


def test_the_head_asks_the_place(desk: Desk) -> None:
    assert desk.place() == "today"
    assert desk.head.title.text() == "Today"
    assert desk.head.primary.text() == "New project"
    desk.go("evaluations")
    assert desk.head.title.text() == "Menu redesign"
    assert desk.head.subtitle.text().startswith("5 applications")
    assert not desk.go("nowhere")
    assert desk.place() == "evaluations"
    lit = [item.text() for item in desk.side.findChildren(SideItem) if item.isChecked()]
    assert lit == ["Evaluations"]


def test_a_saved_list_lights_up_alone(desk: Desk) -> None:
    wanted: list[str] = []
    desk.saved_list_wanted.connect(wanted.append)
    desk.saved_list_wanted.connect(lambda key: desk.go("candidates", key))
    next(item for item in desk.side.findChildren(SideItem) if item.text() == "Near-miss interns").click()
    assert wanted == ["near"]
    assert [item.text() for item in desk.side.findChildren(SideItem) if item.isChecked()] == ["Near-miss interns"]


def test_counts_are_spoken(desk: Desk) -> None:
    item = next(item for item in desk.side.findChildren(SideItem) if item.text() == "Candidates")
    assert item.accessibleName() == "Candidates, 384"
    desk.set_counts({"candidates": 1385})
    assert item.accessibleName() == "Candidates, 1,385"


def test_keys_go_to_places_and_theme(desk: Desk, qtbot: QtBot) -> None:
    press(desk, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert desk.place() == "candidates"
    keys = {command.key: command for command in desk.offered()}
    assert {f"theme-{mode}" for mode in MODES} <= set(keys)
    chosen: list[str] = []
    desk.theme_chosen.connect(chosen.append)
    keys["theme-dark"].run()
    assert chosen == ["dark"]
    checked = keys["theme-dark"].checked
    assert checked is not None
    assert checked()
    keys["theme-light"].run()


def test_undo_and_redo(desk: Desk) -> None:
    asked: list[str] = []
    desk.undo_wanted.connect(lambda: asked.append("undo"))
    desk.redo_wanted.connect(lambda: asked.append("redo"))
    desk.setFocus()
    press(desk, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    press(desk, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    assert asked == ["undo"]  # nothing to redo
    desk.set_undo("", "Marked offer as sent")
    assert desk.foot.undo.isHidden()
    desk.foot.redo.click()
    assert asked == ["undo", "redo"]
    desk.set_undo("Imported “40 & more”", "")
    assert desk.foot.undo.accessibleName() == "Undo: Imported “40 & more”"


def test_a_message_goes_by_itself(desk: Desk) -> None:
    desk.say("Imported 40 candidates")
    assert desk.foot.said.text() == "Imported 40 candidates"
    assert desk.foot._quiet.isActive()
    desk.foot._quiet.timeout.emit()
    assert desk.foot.said.text() == ""


def form() -> tuple[QWidget, QLineEdit, QLineEdit]:
    inside = QWidget()
    box = QVBoxLayout(inside)
    one, two = QLineEdit(), QLineEdit()
    one.setAccessibleName("One")
    two.setAccessibleName("Two")
    box.addWidget(one)
    box.addWidget(two)
    return inside, one, two


def test_a_sheet_keeps_the_focus_and_gives_it_back(desk: Desk) -> None:
    desk.head.search.setFocus()
    inside, one, two = form()
    sheet = desk.open_sheet(inside, "New project", foot=button("Save", "primary"))
    assert sheet is not None
    assert focus() is one
    seen = []
    for _ in range(4):
        press(focus(), Qt.Key.Key_Tab)
        seen.append(focus().accessibleName())
    assert set(seen) == {"Two", "Save", "Close", "One"}
    assert seen[-1] == "One"
    press(focus(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert focus().accessibleName() == seen[-2]
    two.setFocus()
    press(two, Qt.Key.Key_Escape)
    assert desk.layer.sheet is None
    assert not desk.layer.isVisible()
    assert focus() is desk.head.search


class Stubborn(QWidget):
    """A form that does not want to close."""

    def __init__(self) -> None:
        super().__init__()
        self.may_leave = False

    def leave(self) -> bool:
        return self.may_leave


def test_a_sheet_that_wants_to_stay_stays(desk: Desk) -> None:
    first = Stubborn()
    sheet = desk.open_sheet(first, "First")
    assert sheet is not None
    closed: list[int] = []
    sheet.closed.connect(lambda: closed.append(1))
    assert desk.open_sheet(QWidget(), "Second") is None
    assert not desk.go("candidates")
    assert not desk.close()
    assert desk.place() == "today"
    first.may_leave = True
    assert desk.open_sheet(QWidget(), "Second", where="center", scroll=False) is not None
    assert closed == [1]
    assert desk.layer.sheet is not None
    assert desk.layer.sheet.title.text() == "Second"


def test_search_finds_and_does(desk: Desk) -> None:
    before = desk.head.search
    before.setFocus()
    press(desk, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    box = desk.palette_.text
    assert focus() is box
    QTest.keyClicks(box, "candidates")
    press(box, Qt.Key.Key_Return)  # also before the short wait is over
    assert desk.place() == "candidates"
    assert desk.palette_.isHidden()
    ran: list[str] = []
    desk.set_commands([
        Command("a", "Record payment", "", lambda: ran.append("a")),
        Command("b", "Record delivery", "", lambda: ran.append("b")),
        Command("c", "Record nothing", "", lambda: ran.append("c"), enabled=lambda: False),
    ])  # fmt: skip
    desk.search("record")
    assert [row if isinstance(row, str) else row.title for row in desk.palette_.model.rows] == [
        "Do",
        "Record payment",
        "Record delivery",
    ]
    press(box, Qt.Key.Key_Down)
    press(box, Qt.Key.Key_Return)
    assert ran == ["b"]
    desk.search("zzz")
    assert not desk.palette_.none.isHidden()
    press(box, Qt.Key.Key_Escape)
    assert desk.palette_.isHidden()


def test_a_hit_runs_what_it_stands_for(desk: Desk) -> None:
    desk.search("dana")
    rows = desk.palette_.model.rows
    assert rows[0] == "Candidates"
    assert not desk.palette_.model.flags(desk.palette_.model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    desk.palette_.close_palette()


def test_files_that_are_dropped(desk: Desk, tmp_path: Path) -> None:
    got: list[list[Path]] = []
    desk.files_dropped.connect(got.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.csv")), QUrl("https://example.org/b.csv")])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(5, 5), copy, data, left, none)
    desk.dragEnterEvent(enter)
    assert enter.isAccepted()
    desk.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
    assert got == [[tmp_path / "a.csv"]]


def test_the_window_remembers_its_place_and_nobody(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    Theme.apply(qapp, "light")
    file = tmp_path / "desk.ini"
    for size in (QSize(780, 560), QSize(780, 560)):
        settings = QSettings(str(file), QSettings.Format.IniFormat)
        desk = Desk("Foothold", settings=settings)
        qtbot.addWidget(desk)
        desk.show()
        if file.exists():
            assert desk.size() == size
        desk.resize(size)
        desk.close()
        settings.sync()
    assert QSettings(str(file), QSettings.Format.IniFormat).allKeys() == ["desk/geometry"]


HOSTILE = '<img src="/etc/passwd"><b>bold</b> & <a href="x">y</a>'


def test_words_from_people_are_never_markup(qapp: QApplication, qtbot: QtBot) -> None:
    Theme.apply(qapp, "light")
    desk = gallery.build(lambda _words: HOSTILE)
    qtbot.addWidget(desk)
    desk.set_undo(HOSTILE * 3)
    desk.set_foot(HOSTILE, HOSTILE)
    desk.set_saved_lists([("a", HOSTILE, 1)])
    desk.show()
    for place in ("today", "projects", "candidates", "evaluations"):
        desk.go(place)
        desk.grab()
    labels = [one for one in desk.findChildren(QLabel) if "img" in one.text()]
    assert len(labels) > 20
    for one in labels:
        assert one.textFormat() == Qt.TextFormat.PlainText or "<img" not in one.text()
    tips = [one.toolTip() for one in desk.findChildren(QWidget) if "img" in one.toolTip()]
    assert tips
    assert not [one for one in tips if "<img" in one or "<a" in one]


def longer(words: str) -> str:
    """As a translation may be: two fifths longer."""
    return words + "·" * (2 * len(words) // 5)


def cut(desk: Desk) -> list[str]:
    """Words of the frame that are cut without a tip to read them whole."""
    found = []
    for one in desk.findChildren(QWidget):
        if not one.isVisible():
            continue
        if isinstance(one, QAbstractButton) and one.text() and not isinstance(one, SideItem):
            short = one.fontMetrics().horizontalAdvance(one.text().replace("&&", "&")) > one.width()
        elif isinstance(one, Elided):
            short = one.cut() and one.toolTip() != one.text()
        elif isinstance(one, SideItem):
            short = one.height() < one.fontMetrics().height() or one.width() < 80
        elif isinstance(one, QLabel) and not one.wordWrap() and type(one) is QLabel and one.text():
            short = one.width() < one.sizeHint().width() or one.height() < one.fontMetrics().height()
        elif isinstance(one, QLabel) and one.hasHeightForWidth():
            short = one.height() < one.heightForWidth(one.width())
        else:
            continue
        if short:
            found.append(f"{type(one).__name__}: {getattr(one, 'text', str)()}")
    return found


@pytest.mark.parametrize(("width", "height", "text"), [(1280, 800, 1.0), (1024, 640, 1.0), (1600, 1000, 2.0)])
def test_no_words_are_cut(qapp: QApplication, qtbot: QtBot, width: int, height: int, text: float) -> None:
    Theme.apply(qapp, "light", text)
    try:
        desk = gallery.build(longer)
        qtbot.addWidget(desk)
        desk.resize(width, height)
        desk.set_undo(longer("Marked offer as sent"), longer("Opened a project"))
        desk.set_banner(longer("This is a sample program: everything in it is invented."))
        with qtbot.waitExposed(desk):
            desk.show()
        for _ in range(4):
            QApplication.sendPostedEvents()
        assert not cut(desk)
    finally:
        Theme.apply(qapp, "light", 1.0)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_gallery_can_be_looked_at(qapp: QApplication, tmp_path: Path, mode: str) -> None:
    Theme.apply(qapp, "dark" if mode == "dark" else "light")
    made = gallery.pictures(tmp_path, mode)
    assert len({path.read_bytes() for path in made}) == len(made) == 6
    Theme.apply(qapp, "light")
