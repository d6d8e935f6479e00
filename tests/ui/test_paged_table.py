"""A table of 100,000 rows holds ids and a few pages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.models.paged_table import PAGE, PAGES, TONE, Column, PagedTable
from ui.theme import Theme
from ui.widgets.table import ROW, Table

MANY = 100_000


class Asked:
    """Answers for rows and remembers what was asked."""

    def __init__(self) -> None:
        self.pages: list[int] = []

    def __call__(self, ids: Sequence[str]) -> dict[str, tuple[object, ...]]:
        self.pages.append(len(ids))
        return {one: (f"Name {one}", ("Offered", "green"), ("66 d", True), None) for one in ids}


COLUMNS = [
    Column("name", "Name", width=0),
    Column("stage", "Stage", "chip", width=120),
    Column("contact", "Last contact", "warn", width=90, right=True),
    Column("note", "Note", "muted", width=80, sorts=False),
]


@pytest.fixture
def asked(qapp: QApplication) -> Asked:
    Theme.apply(qapp, "light")
    return Asked()


def ids(count: int) -> list[str]:
    return [str(number) for number in range(count)]


def test_it_keeps_the_rules_of_a_model(asked: Asked) -> None:
    model = PagedTable(COLUMNS, asked)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for count in (0, 3, 1000, 0, 250):
        model.reset(ids(count))
    model.stale()
    model.ask_sort(0)
    assert tester.model() is model
    assert model.rowCount() == 250


def test_cells_in_words_and_tones(asked: Asked) -> None:
    model = PagedTable(COLUMNS, asked)
    model.reset(ids(5))
    assert [model.index(2, column).data() for column in range(4)] == ["Name 2", "Offered", "66 d", ""]
    assert model.index(2, 1).data(TONE) == "green"
    assert model.index(2, 2).data(TONE) is True
    assert model.index(2, 0).data(TONE) is None


def test_only_pages_that_are_looked_at_are_asked_for(asked: Asked, qtbot: QtBot) -> None:
    model = PagedTable(COLUMNS, asked)
    table = Table(model, "People")
    qtbot.addWidget(table)
    table.resize(700, 500)
    table.show_ids(ids(MANY))
    table.grab()
    assert asked.pages == [PAGE]
    table.choose(str(MANY - 1))
    table.grab()
    table.choose(str(MANY // 2))
    table.grab()
    assert len(asked.pages) <= 5
    assert max(asked.pages) <= PAGE


def test_no_more_than_some_pages_are_kept(asked: Asked) -> None:
    model = PagedTable(COLUMNS, asked)
    model.reset(ids(MANY))
    for page in range(PAGES + 5):
        model.cell(page * PAGE, 0)
    asked.pages.clear()
    model.cell(PAGE * (PAGES + 4), 0)
    assert asked.pages == []
    model.cell(0, 0)
    assert asked.pages == [PAGE]


def test_what_was_chosen_stays_chosen_by_id(asked: Asked, qtbot: QtBot) -> None:
    table = Table(PagedTable(COLUMNS, asked), "People")
    qtbot.addWidget(table)
    got: list[object] = []
    table.show_ids(ids(50))
    assert table.current_id() == "0"
    table.choose("20")
    table.picked.connect(got.append)
    table.show_ids([str(number) for number in reversed(range(10, 60))])
    assert table.current_id() == "20"
    assert table.chosen_ids() == ["20"]
    table.show_ids(["a", "b"])
    assert table.current_id() == "a"
    assert got[-1] == "a"
    table.show_ids([])
    assert table.current_id() is None
    assert got[-1] is None


def test_several_chosen_stay_chosen(asked: Asked, qtbot: QtBot) -> None:
    table = Table(PagedTable(COLUMNS, asked), "People")
    qtbot.addWidget(table)
    table.show_ids(ids(50))
    table.selectAll()
    assert len(table.chosen_ids()) == 50
    table.show_ids(ids(40))
    assert len(table.chosen_ids()) == 40


def test_a_click_on_the_header_asks_for_an_order(asked: Asked) -> None:
    model = PagedTable(COLUMNS, asked)
    model.reset(ids(10))
    wanted: list[tuple[str, bool]] = []
    model.sort_wanted.connect(lambda key, down: wanted.append((key, down)))
    for column in (0, 0, 1, 3):
        model.ask_sort(column)
    assert wanted == [("name", False), ("name", True), ("stage", False)]
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Stage ↑"
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Name"


def test_rows_have_one_height_and_no_header_at_the_left(asked: Asked, qtbot: QtBot) -> None:
    table = Table(PagedTable(COLUMNS, asked), "People")
    qtbot.addWidget(table)
    table.show_ids(ids(1000))
    assert {table.rowHeight(row) for row in (0, 1, 999)} == {ROW}
    assert not table.verticalHeader().isVisible()


def test_enter_and_ends(asked: Asked, qtbot: QtBot) -> None:
    table = Table(PagedTable(COLUMNS, asked), "People")
    qtbot.addWidget(table)
    table.show_ids(ids(1000))
    opened: list[str] = []
    table.opened.connect(opened.append)
    qtbot.keyClick(table, Qt.Key.Key_End)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.keyClick(table, Qt.Key.Key_Home)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == ["999", "0"]


def test_an_id_that_is_gone_shows_empty_cells(asked: Asked) -> None:
    model = PagedTable(COLUMNS, lambda _ids: {})
    model.reset(["gone"])
    assert model.index(0, 0).data() == ""
