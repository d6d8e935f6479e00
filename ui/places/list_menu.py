"""What one can do with a list as it stands: its columns and groups, a name for it, and what becomes of a saved one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from core.errors import UserError
from core.insight.filters import EVERYONE, Node
from core.insight.list_columns import USUAL
from core.insight.list_groups import group_fields
from core.insight.lists import PeopleList, find_list
from core.work import lists
from core.work.lists import ListDraft
from ui.context import Context
from ui.widgets.text import amp


@dataclass(frozen=True)
class View:
    """How a list is looked at. `saved`: the list that was opened, whether or not it was changed since."""

    filter: Node
    columns: tuple[str, ...] = USUAL
    sort: str = "name"
    descending: bool = False
    group_by: str = ""
    saved: PeopleList | None = None

    @property
    def draft(self) -> ListDraft:
        columns: Sequence[str] = () if self.columns == USUAL else self.columns
        name = self.saved.words if self.saved else ""
        return ListDraft(
            name=name, filter=self.filter, columns=columns, sort=self.sort, descending=self.descending,
            group_by=self.group_by,
        )  # fmt: skip

    @property
    def differs(self) -> bool:
        """From the list that it was opened as."""
        return self.saved is not None and replace_saved(self) != opened(self.saved)


def everyone() -> View:
    return View(EVERYONE)


def opened(one: PeopleList) -> View:
    return View(one.filter, one.columns or USUAL, one.sort, one.descending, one.group_by, replace(one, count=None))


def replace_saved(view: View) -> View:
    return replace(view, saved=replace(view.saved, count=None)) if view.saved else view


def list_menu(
    parent: QWidget, context: Context, view: View, show: Callable[[View], object], choose_all: Callable[[], object]
) -> QMenu:
    """`show(view)` takes the list as it is to be looked at from now on."""
    menu = QMenu(parent)
    menu.addAction("Columns…", lambda: context.open_form(
        "list_columns", chosen=list(view.columns), done=lambda keys: show(replace(view, columns=tuple(keys)))
    ))  # fmt: skip
    groups = menu.addMenu("Group by")
    for key, words in {"": "No groups", **group_fields(context.store)}.items():
        action = QAction(amp(words), groups, checkable=True, checked=key == view.group_by)
        action.triggered.connect(_shower(show, replace(view, group_by=key)))
        groups.addAction(action)
    menu.addAction("Choose all", choose_all)
    menu.addSeparator()
    menu.addAction(
        "Save as a list…", lambda: context.open_form("saved_lists", draft=view.draft, done=_after(context, show))
    )
    if view.saved is not None and view.saved.own:
        _own(menu, context, view, view.saved, show)
    return menu


def _own(menu: QMenu, context: Context, view: View, one: PeopleList, show: Callable[[View], object]) -> None:
    store, today = context.store, context.today()

    def run(work: Callable[[], Any], after: View | None = None) -> Callable[[], None]:
        def go() -> None:
            try:
                work()
            except UserError as error:
                context.say(str(error))
                return
            if after is not None:
                show(after)

        return go

    same = lists.save_list, store, view.draft, one.key
    name = amp(one.words)
    kept = replace(view, saved=replace(
        one, filter=view.filter, columns=tuple(view.draft.columns), sort=view.sort, descending=view.descending,
        group_by=view.group_by,
    ))  # fmt: skip
    save = menu.addAction(f"Save what changed in “{name}”", run(lambda: same[0](*same[1:], today=today), kept))
    save.setEnabled(view.differs)
    menu.addAction("Rename…", lambda: context.open_form("saved_lists", one.key))
    menu.addAction("Move up", run(lambda: lists.move_list(store, one.key, -1, today=today)))
    menu.addAction("Move down", run(lambda: lists.move_list(store, one.key, 1, today=today)))
    menu.addAction(f"Remove “{name}”", run(lambda: lists.remove_list(store, one.key, today=today), everyone()))


def _shower(show: Callable[[View], object], view: View) -> Callable[[], None]:
    return lambda: (show(view), None)[1]


def _after(context: Context, show: Callable[[View], object]) -> Callable[[str], None]:
    def saved(key: str) -> None:
        if (found := find_list(context.store, key)) is not None:
            show(opened(found))

    return saved
