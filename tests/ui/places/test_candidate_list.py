"""The list of candidates on the screen: chips and conditions, columns, groups, several chosen, lists with names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from core.errors import FieldErrors
from core.insight import people
from core.insight.filters import catalogue
from core.insight.lists import saved_lists
from core.insight.own_words import tag_rows
from core.store import Store
from core.work import custom_fields
from core.work.custom_fields import FieldDraft
from core.work.lists import ListDraft, save_list
from core.work.tags import remove_tag, set_tags
from tests.support import made
from tests.support.stores import TODAY
from tests.ui.places import screen
from ui.app import App
from ui.models.paged_table import HEAD
from ui.places.candidate_list import CandidateList
from ui.places.list_menu import list_menu
from ui.theme import current
from ui.tour import settle
from ui.widgets.filter_menu import filter_menu, switched, toggled
from ui.widgets.filter_tree import unwrapped, wrapped
from ui.widgets.side_bar import WIDEST
from ui.widgets.tick_list import TickList

PEOPLE = ("Ann Abt", "Bo Tran", "Cy Eze", "Dee Ruiz")
TAGGED = {"field": "tag", "is": "filled"}


@pytest.fixture
def ids(store: Store) -> dict[str, str]:
    found = {name: made.candidate(store, name) for name in PEOPLE}
    set_tags(store, [found["Ann Abt"], found["Bo Tran"]], ["Fair"], today=TODAY)
    set_tags(store, [found["Bo Tran"]], ["Evening"], today=TODAY)
    return found


def shown(app: App) -> CandidateList:
    app.desk.go("candidates")
    rest(app)
    found: CandidateList = app.places["candidates"].list_
    return found


def rest(app: App) -> None:
    app.tasks.wait_all()
    settle(app.desk)


def rows(page: CandidateList) -> list[str]:
    """The first words of each row."""
    model = page.table.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def entry(menu: QMenu, *path: str) -> QAction:
    for words in path[:-1]:
        menu = next(one for one in menu.findChildren(QMenu) if one.title() == words)
    return next(one for one in menu.actions() if one.text() == path[-1])


def offered(page: CandidateList, app: App) -> QMenu:
    return list_menu(page, app.context, page._view, page._show, page.table.selectAll)


# --- narrowing -------------------------------------------------------------------------------------------------------


def test_chips_say_and_take_away_what_narrows_the_list(app: App, ids: dict[str, str]) -> None:
    page = shown(app)
    page._narrow({"all": [TAGGED, {"field": "name", "is": "has", "value": "bo"}]})
    rest(app)
    assert rows(page) == ["Bo Tran"]
    words = screen.words(app.desk)
    assert "4 → 1" in words
    assert "Any tag" in words
    screen.press(app.desk, "Filter: Name: has “bo”. Press to remove")
    assert rows(page) == ["Ann Abt", "Bo Tran"]
    screen.press(app.desk, "Filter: Any tag. Press to remove")
    assert len(rows(page)) == len(PEOPLE)


def test_the_short_menu_switches_what_is_asked_for_most(app: App, store: Store, ids: dict[str, str]) -> None:
    page = shown(app)

    def menu() -> QMenu:
        return filter_menu(page, page._view.filter, catalogue(store), page._narrow, page._build)

    entry(menu(), "Tag", "Evening").trigger()
    assert rows(page) == ["Bo Tran"]
    entry(menu(), "Tag", "Fair").trigger()
    assert rows(page) == ["Ann Abt", "Bo Tran"]
    assert entry(menu(), "Tag", "Fair").isChecked()
    entry(menu(), "Tag", "Fair").trigger()
    entry(menu(), "Tag", "Evening").trigger()
    entry(menu(), "Never applied").trigger()
    assert len(rows(page)) == len(PEOPLE)
    entry(menu(), "All conditions…").trigger()
    assert screen.sheet(app).title.text() == "Filter"


def test_a_switch_leaves_all_other_parts_alone() -> None:
    other = {"any": [TAGGED]}
    one = switched({"all": [other]}, "stage", "hired")
    assert one == {"all": [other, {"field": "stage", "is": "any", "value": ["hired"]}]}
    assert switched(one, "stage", "hired") == {"all": [other]}
    assert toggled(toggled({}, TAGGED), TAGGED) == {"all": []}


def test_conditions_are_built_by_keys_alone_and_counted_at_once(app: App, ids: dict[str, str]) -> None:
    page = shown(app)
    page._build()
    rest(app)
    form = screen.form(app)
    assert form._found.text() == "4 of 4 people"
    screen.button(form, "Add a condition").setFocus()
    screen.key("Space")
    condition = form._field._root._parts[0]
    assert condition.field.hasFocus()
    QTest.keyClicks(condition.field, "Name")
    screen.key("Tab")
    assert condition.op.hasFocus()
    screen.key("Tab")
    for letter in "an":
        screen.key(letter)
    form._soon.timeout.emit()
    rest(app)
    assert form._found.text() == "2 of 4 people"
    assert form._field.value() == {"all": [{"field": "name", "is": "has", "value": "an"}]}
    assert form.try_save()
    rest(app)
    app.tasks.wait_all()
    page.refresh()
    assert rows(page) == ["Ann Abt", "Bo Tran"]


@pytest.mark.parametrize("mode", ["all", "any", "none", "not_all"])
def test_the_form_gives_back_the_tree_that_it_was_given(app: App, ids: dict[str, str], mode: str) -> None:
    page = shown(app)
    inner = wrapped(mode, [
        {"field": "graduates", "is": "next", "value": {"n": 6, "unit": "months"}},
        {"field": "first_contact", "is": "between", "value": ["2026-01-01", None]},
        {"field": "hours_a_week", "is": "between", "value": [None, 9]},
        {"field": "tag", "is": "none", "value": ["gone"]},
        {"field": "skill", "is": "any", "value": {"of": [], "level": "2"}},
        {"field": "week", "is": "every", "value": [0, 27]},
        {"field": "cold", "is": "no"},
        {"field": "custom:gone", "is": "has", "value": "x"},
        {"any": [{"all": [TAGGED]}]},
    ])  # fmt: skip
    page.context.open_form("list_filter", tree={"all": [inner]})
    form = screen.form(app)
    assert form._field.value() == {"all": [inner]}
    assert not form.try_save()
    assert "no longer there" in form.problem.words.text() or "choose at least one" in form.problem.words.text()


def test_a_tree_is_a_mode_and_parts() -> None:
    for tree in ({"all": [TAGGED]}, {"any": []}, {"not": {"any": [TAGGED]}}, {"not": {"all": []}}):
        assert wrapped(*unwrapped(tree)) == tree
    assert wrapped(*unwrapped(TAGGED)) == {"all": [TAGGED]}
    assert wrapped(*unwrapped({"not": TAGGED})) == {"not": {"any": [TAGGED]}}


def test_a_part_whose_field_was_removed_is_told_and_left_out(app: App, store: Store, ids: dict[str, str]) -> None:
    field = custom_fields.save_field(store, FieldDraft(name="Shirt"), today=TODAY)
    page = shown(app)
    page._narrow({"all": [{"field": f"custom:{field}", "is": "filled"}, TAGGED]})
    assert rows(page) == []
    custom_fields.remove_field(store, field, today=TODAY)
    rest(app)
    assert rows(page) == ["Ann Abt", "Bo Tran"]
    assert "no longer there" in screen.words(app.desk)
    store.undo()
    rest(app)
    assert rows(page) == []


@pytest.mark.parametrize("op", ["any", "none"])
def test_a_list_whose_tag_was_removed_says_so(app: App, store: Store, ids: dict[str, str], op: str) -> None:
    tags = {row.name: row.id for row in tag_rows(store)}
    page = shown(app)
    page._narrow({"all": [{"not": {"any": [{"field": "tag", "is": op, "value": [tags["Fair"], tags["Evening"]]}]}}]})
    assert "no longer there" not in screen.words(app.desk)
    remove_tag(store, tags["Fair"], today=TODAY)
    rest(app)
    words = "The condition on “Tag” asks for a tag that is no longer there."
    assert words in screen.words(app.desk)
    store.undo()
    rest(app)
    assert words not in screen.words(app.desk)


def test_the_skill_and_the_school_of_a_list_may_be_gone_too(app: App, store: Store, ids: dict[str, str]) -> None:
    page = shown(app)
    level = {"field": "skill", "is": "any", "value": {"of": ["gone", "lost"], "level": "2"}}
    page._narrow({"any": [level, {"field": "school", "is": "any", "value": ["gone"]}]})
    words = screen.words(app.desk)
    assert "asks for 2 skills that are no longer there" in words
    assert "asks for a school that is no longer there" in words
    assert rows(page) == []


@pytest.mark.parametrize(
    ("tree", "count"),
    [({"any": []}, 0), ({"all": []}, 4), ({"not": {"any": []}}, 4), ({"not": {"all": []}}, 0), ({"not": {}}, 0)],
)
def test_a_group_without_parts_is_everyone_or_nobody(
    app: App, ids: dict[str, str], tree: dict[str, Any], count: int
) -> None:
    page = shown(app)
    page._narrow(tree)
    rest(app)
    assert len(rows(page)) == count
    assert people.count(page.context.store, tree, today=TODAY) == count


HOSTILE = "<b>&File</b> {0} %s 🙂" + chr(0x202E) + "txt.exe " + "W" * 26


def test_a_name_that_means_harm_is_only_words(app: App, store: Store, ids: dict[str, str]) -> None:
    with pytest.raises(FieldErrors, match="at most 60"):
        save_list(store, ListDraft(name="W" * 300), today=TODAY)
    key = save_list(store, ListDraft(name=HOSTILE, filter={"all": [TAGGED]}), today=TODAY)
    page = shown(app)
    page.show_list(key)
    rest(app)
    assert rows(page) == ["Ann Abt", "Bo Tran"]
    kept = next(one.words for one in saved_lists(store, today=TODAY) if one.own)
    assert chr(0x202E) not in kept
    item = app.desk.side._lists[key]
    assert (item.text(), item.accessibleName()) == (kept, f"{kept}, 2")
    assert app.desk.side.width() <= current().px(WIDEST)
    menu = offered(page, app)
    assert entry(menu, f"Remove “{kept.replace('&', '&&')}”").isEnabled()
    assert menu.sizeHint().width() < app.desk.width()
    assert not app.desk.grab().isNull()


# --- columns, order, groups ------------------------------------------------------------------------------------------


def test_columns_are_ticked_and_put_in_order_by_keys(app: App, ids: dict[str, str]) -> None:
    page = shown(app)
    entry(offered(page, app), "Columns…").trigger()
    field = screen.form(app).findChild(TickList)
    field.setFocus()
    screen.key("End")
    for _ in range(3):
        QTest.keyClick(field, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    at = next(row for row in range(field.count()) if field.item(row).text() == "Tags")
    field.setCurrentRow(at)
    screen.key("Space")
    while field.currentRow() > 1:
        QTest.keyClick(field, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert field.value() == ["name", "tags", "school", "class_year", "stage", "last_contact"]
    assert screen.form(app).try_save()
    rest(app)
    app.desk.repaint()
    rest(app)
    wait_for(lambda: page._view.columns[1] == "tags")
    assert [one.title for one in page._model.columns][:2] == ["Name", "Tags"]
    assert page.table.model().index(1, 1).data() == "Evening, Fair"
    page._model.ask_sort(1)
    assert rows(page)[0] == "Bo Tran"
    page._model.ask_sort(1)
    assert rows(page) == ["Ann Abt", "Bo Tran", "Cy Eze", "Dee Ruiz"]


def wait_for(what: Callable[[], bool]) -> None:
    loop = QEventLoop()
    QTimer.singleShot(0, loop.quit)
    loop.exec()
    assert what()


def test_groups_count_fold_and_keep_everyone(app: App, ids: dict[str, str]) -> None:
    page = shown(app)
    entry(offered(page, app), "Group by", "Tag").trigger()
    assert rows(page) == [
        "Evening  1", "Bo Tran", "Fair  2", "Ann Abt", "Bo Tran", "No tag  2", "Cy Eze", "Dee Ruiz",
    ]  # fmt: skip
    table = page.table
    table.setFocus()
    table.selectRow(2)
    assert table.currentIndex().data(HEAD) == ("Fair", "2", True)
    screen.key("Left")
    assert rows(page) == ["Evening  1", "Bo Tran", "Fair  2", "No tag  2", "Cy Eze", "Dee Ruiz"]
    assert "folded" in str(table.model().index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    screen.key("Left")
    table.selectAll()
    assert sorted(table.chosen_ids()) == sorted(ids.values())
    table.selectRow(2)
    assert table.chosen_ids() == [ids["Ann Abt"], ids["Bo Tran"]]
    screen.key("Return")
    assert len(rows(page)) == 8
    app.show("candidates", ids["Ann Abt"])
    assert table.current_id() == ids["Ann Abt"]
    entry(offered(page, app), "Group by", "No groups").trigger()
    assert rows(page) == list(PEOPLE)


# --- several at once -------------------------------------------------------------------------------------------------


def test_several_chosen_can_be_done_something_with(app: App, ids: dict[str, str]) -> None:
    page = shown(app)
    assert not page.chosen.isVisible()
    QTest.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    rest(app)
    assert "4 chosen" in screen.words(page)
    screen.press(page, "Tag: the chosen people")
    assert screen.sheet(app).title.text() == "Tags"
    assert "Ann Abt" in screen.words(screen.sheet(app))
    app.desk.close_sheet()
    screen.press(page, "Choose none")
    rest(app)
    assert not page.chosen.isVisible()
    assert page.table.current_id() is not None


def test_what_was_chosen_stays_chosen_in_another_order(app: App, ids: dict[str, str]) -> None:
    page = shown(app)
    page.table.selectAll()
    page._sort_by("name", True)
    assert rows(page) == list(reversed(PEOPLE))
    assert sorted(page.table.chosen_ids()) == sorted(ids.values())


# --- lists with names ------------------------------------------------------------------------------------------------


def saved(app: App, store: Store) -> list[tuple[str, Any]]:
    return [(one.words, one.count) for one in saved_lists(store, today=TODAY) if one.own]


def test_a_list_gets_a_name_and_a_count_and_opens_as_it_was(app: App, store: Store, ids: dict[str, str]) -> None:
    page = shown(app)
    page._show(replace(page._view, filter={"all": [TAGGED]}, columns=("name", "tags"), descending=True))
    entry(offered(page, app), "Save as a list…").trigger()
    assert "Any tag" in screen.words(screen.sheet(app))
    screen.save(app, name="Tagged ones")
    wait_for(lambda: page._view.saved is not None)
    assert saved(app, store) == [("Tagged ones", 2)]
    assert list(app.desk.side._lists)[-1] == page._view.saved.key
    page._show(replace(page._view, filter={}, columns=("name",), descending=False))
    assert page._view.differs
    screen.press(app.desk, "Tagged ones, 2")
    assert rows(page) == ["Bo Tran", "Ann Abt"]
    assert [one.title for one in page._model.columns] == ["Name", "Tags"]
    page._narrow({"all": []})
    entry(offered(page, app), "Save what changed in “Tagged ones”").trigger()
    assert saved(app, store) == [("Tagged ones", 4)]
    assert not page._view.differs


def test_lists_are_renamed_moved_and_removed(app: App, store: Store, ids: dict[str, str]) -> None:
    for name in ("One", "Two"):
        save_list(store, ListDraft(name=name), today=TODAY)
    page = shown(app)
    page.show_list(next(one.key for one in saved_lists(store, today=TODAY) if one.words == "Two"))
    entry(offered(page, app), "Move up").trigger()
    assert saved(app, store) == [("Two", 4), ("One", 4)]
    entry(offered(page, app), "Rename…").trigger()
    screen.save(app, name="Zwei")
    entry(offered(page, app), "Remove “Two”").trigger()
    assert saved(app, store) == [("One", 4)]
    assert page._view.saved is None
    store.undo()
    assert saved(app, store) == [("Zwei", 4), ("One", 4)]
