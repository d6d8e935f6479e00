"""Fields take what people type, give values, and keep both in step."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget
from pytestqt.qtbot import QtBot

from core import money
from core.chart import Chart, ChartBar
from ui.theme import Theme
from ui.widgets.availability import Availability, in_words
from ui.widgets.bars import Bars
from ui.widgets.chips_field import ChipsField
from ui.widgets.date_field import DateField, read_day, show_day
from ui.widgets.fields import AreaField, ChoiceField, LineField, MoneyField, NumberField, Unreadable
from ui.widgets.form_row import Form
from ui.widgets.level_picker import LevelPicker
from ui.widgets.list_field import ListField

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
SLOW = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    Theme.apply(qapp, "light")


@given(DAYS, DAYS)
def test_a_day_shown_is_read_as_the_same_day(day: date, today: date) -> None:
    assert read_day(show_day(day, today), today) == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("4 Dec", date(2026, 12, 4)), ("4 december", date(2026, 12, 4)), ("Dec 4", date(2026, 12, 4)),
        ("2026-12-04", date(2026, 12, 4)), ("12/4", date(2026, 12, 4)), ("12/4/2027", date(2027, 12, 4)),
        ("8 Jan", date(2027, 1, 8)), ("20 Nov", date(2026, 11, 20)), ("1 Mar 2026", date(2026, 3, 1)),
        ("29 Feb", date(2028, 2, 29)), ("Fri 4 Dec", date(2026, 12, 4)), ("December 4th, 2026", date(2026, 12, 4)),
        ("  ", None), ("", None),
    ],
)  # fmt: skip
def test_days_as_people_write_them(typed: str, day: date | None) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["soon", "31 Feb", "2026-13-01", "4 Foo", "99/99", "4 Dec 0001", "٤ Dec x", "1/2/3"])
def test_no_day_is_said_with_what_would_be_one(typed: str) -> None:
    with pytest.raises(Unreadable, match=r"Type|There is no such day"):
        read_day(typed, TODAY)


@given(st.integers(0, 10_000_000_000))
@SLOW
def test_money_shown_is_read_as_the_same_cents(qapp: QApplication, cents: int) -> None:
    for currency in ("USD", "EUR", "CHF"):
        field = MoneyField(currency)
        field.set_value(cents)
        assert field.value() == cents
        assert field.text() == money.show(cents, currency)


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("$400", 40000), ("400.5", 40050), ("1,250", 125000), ("$ 0.05", 5), (" ", None), ("USD 3", 300)],
)
def test_amounts_as_people_write_them(typed: str, cents: int | None) -> None:
    field = MoneyField()
    field.setText(typed)
    assert field.value() == cents


@pytest.mark.parametrize("typed", ["-4", "4.005", "forty", "1,25", "1e5", "400 €", "999999999999"])
def test_no_amount_is_said(typed: str) -> None:
    field = MoneyField()
    field.setText(typed)
    with pytest.raises(Unreadable, match="Type an amount"):
        field.value()


def test_numbers(qtbot: QtBot) -> None:
    field = NumberField(1, 120)
    qtbot.addWidget(field)
    assert field.value() is None
    qtbot.keyClicks(field, "18")
    assert field.value() == 18
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.value() == 19
    for typed, words in (("400", "1 to 120"), ("many", "whole number"), ("0", "1 to 120"), ("٣x", "whole number")):
        field.setText(typed)
        with pytest.raises(Unreadable, match=words):
            field.value()


def test_a_line_is_cleaned_and_cut(qtbot: QtBot) -> None:
    field = LineField(10)
    qtbot.addWidget(field)
    told: list[int] = []
    field.changed.connect(lambda: told.append(1))
    qtbot.keyClicks(field, "  a b" + "c" * 20)
    assert field.value() == "a bccccc"
    assert told
    told.clear()
    field.set_value("by program")
    assert not told


def test_an_area_grows_and_is_limited(qtbot: QtBot) -> None:
    field = AreaField(100)
    qtbot.addWidget(field)
    field.resize(300, 60)
    field.show()
    small = field.height()
    field.set_value("line\n" * 6)
    assert field.height() > small
    field.set_value("")
    assert field.height() == small
    data = QMimeData()
    data.setText("x" * 500)
    field.insertFromMimeData(data)
    assert len(field.value()) == 100
    qtbot.keyClicks(field, "more")
    assert len(field.value()) == 100


def test_a_choice_keeps_its_value_when_choices_change() -> None:
    field = ChoiceField([("a", "A"), ("b", "B")])
    field.set_value("b")
    field.set_choices([("c", "C"), ("b", "B")])
    assert field.value() == "b"
    field.set_choices([("c", "C")])
    assert field.value() == "c"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_day_is_typed_or_picked(qtbot: QtBot) -> None:
    field = DateField(TODAY)
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    qtbot.keyClicks(field, "14 dec")
    field.clearFocus()
    assert field.value() == date(2026, 12, 14)
    field.set_value(date(2026, 12, 14))
    assert field.text() == "Mon 14 Dec"
    qtbot.keyClick(field, Qt.Key.Key_Down)
    calendar = field.findChild(QCalendarWidget)
    assert calendar.selectedDate().day() == 14
    calendar.activated.emit(calendar.selectedDate().addDays(7))
    assert field.value() == date(2026, 12, 21)


def test_chips(qtbot: QtBot) -> None:
    field = ChipsField([("a", "Excel"), ("b", "Photos")], "Another…")
    qtbot.addWidget(field)
    told: list[int] = []
    field.changed.connect(lambda: told.append(1))
    field.set_value(["b", "own"])
    assert field.value() == ["b", "own"]
    assert not told
    more = field._more
    assert more is not None
    qtbot.keyClicks(more, "excel")
    qtbot.keyClick(more, Qt.Key.Key_Return)
    assert field.value() == ["a", "b", "own"]
    qtbot.keyClicks(more, "Welding")
    qtbot.keyClick(more, Qt.Key.Key_Return)
    assert field.value() == ["a", "b", "own", "Welding"]
    assert len(told) == 2


def test_a_list_of_lines(qtbot: QtBot) -> None:
    field = ListField("Deliverable", "Add a deliverable…", aside=lambda: DateField(TODAY), aside_name="Due day")
    qtbot.addWidget(field)
    field.resize(500, 300)
    with qtbot.waitActive(field):
        field.show()
    lines = [("One", TODAY), ("Two", TODAY + timedelta(7)), ("Three", None)]
    field.set_value(lines)
    assert field.value() == lines
    field.add.click()
    assert field.value() == lines  # an empty line drops out
    first = field._entries[0]
    first.words.setFocus()
    QTest.keyClick(first.words, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [words for words, _ in field.value()] == ["Two", "One", "Three"]
    assert first.words.accessibleName() == "Deliverable 2"
    assert first.aside is not None
    assert first.aside.accessibleName() == "Due day of deliverable 2"
    field.remove(first)
    assert [words for words, _ in field.value()] == ["Two", "Three"]


def test_levels_by_key_and_click(qtbot: QtBot) -> None:
    picker = LevelPicker(["No reason", "A reason", "A clear one", "Clear, and more"], "Communication", "how it is put")
    qtbot.addWidget(picker)
    picker.show()
    assert picker.value() is None
    got: list[int] = []
    picker.chosen.connect(got.append)
    QTest.keyClick(picker.cards[0], Qt.Key.Key_3)
    QTest.keyClick(picker.cards[2], Qt.Key.Key_Right)
    QTest.keyClick(picker.cards[3], Qt.Key.Key_Right)
    QTest.keyClick(picker.cards[3], Qt.Key.Key_Left)
    picker.cards[0].click()
    assert got == [3, 4, 4, 3, 1]
    QTest.keyClick(picker.cards[0], Qt.Key.Key_Delete)
    assert picker.value() is None
    name = QAccessible.queryAccessibleInterface(picker.cards[2]).text(QAccessible.Text.Name)
    assert name == "Communication, level 3: A clear one"


def test_availability_by_mouse_and_key(qtbot: QtBot) -> None:
    grid = Availability([(0, 0)], editable=True)
    qtbot.addWidget(grid)
    grid.resize(grid.sizeHint())
    grid.show()
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid._rect((6, 3)).center().toPoint())
    assert grid.value() == {(0, 0), (6, 3)}
    grid._at = (0, 0)
    QTest.keyClick(grid, Qt.Key.Key_Space)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_Down)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert grid.value() == {(6, 3), (1, 1)}
    assert "Tuesday afternoon; Sunday night" in grid.accessibleDescription()
    still = Availability([(0, 0)])
    qtbot.addWidget(still)
    QTest.mouseClick(still, Qt.MouseButton.LeftButton, pos=still._rect((1, 1)).center().toPoint())
    assert still.value() == {(0, 0)}


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 3))))
def test_availability_in_words_names_each_free_day(cells: set[tuple[int, int]]) -> None:
    assert len([part for part in in_words(cells).split("; ") if part]) == len({day for day, _ in cells})


def test_bars_open_what_is_behind_them(qtbot: QtBot) -> None:
    said = ChartBar("J", 2, "January: 2"), ChartBar("F", 0, "February: 0"), ChartBar("M", 5, "March: 5")
    bars = Bars(Chart("Projects", said))
    qtbot.addWidget(bars)
    bars.resize(300, 74)
    bars.show()
    got: list[int] = []
    bars.opened.connect(got.append)
    QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=bars.slot(1).center().toPoint())
    QTest.keyClick(bars, Qt.Key.Key_Right)
    QTest.keyClick(bars, Qt.Key.Key_Return)
    assert got == [1, 2]
    assert bars.accessibleDescription() == "January: 2; February: 0; March: 5"
    bars.set_chart(Chart("Projects", ()))
    bars.grab()


def test_a_row_names_its_field_and_its_error(qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    row = form.row("title", "Title & more", LineField(), hint="What will be done")
    form.row("hours", "Hours", NumberField(), unit="h")
    form.part("Dates", [("due", "Due", DateField(TODAY))])
    form.show()
    spoken = QAccessible.queryAccessibleInterface(row.field)
    assert spoken.text(QAccessible.Text.Name) == "Title & more"
    assert spoken.text(QAccessible.Text.Description) == "What will be done"
    assert form.rows["due"].field.accessibleName() == "Dates: Due"
    left = form.set_errors({"title": "Write a title.", "other": "No such field."})
    assert left == ["No such field."]
    assert row.error.text() == "Write a title."
    assert spoken.text(QAccessible.Text.Description) == "Write a title. What will be done"
    assert row.field.property("wrong") is True
    qtbot.keyClicks(row.field, "x")
    assert row.error.isHidden()
    form.set_values({"title": "T", "hours": 3, "due": TODAY, "unknown": 1})
    assert form.values() == {"title": "T", "hours": 3, "due": TODAY}
