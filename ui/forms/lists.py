"""A list of candidates to one's liking: what it is narrowed by, its columns, its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer

from core.errors import UserError
from core.insight import filters, lists, people
from core.insight.list_columns import USUAL, columns
from core.text import in_digits, plural
from core.work.lists import ListDraft, rename_list, save_list
from ui.context import Context
from ui.forms.base import NounForm
from ui.forms.fields import typed
from ui.forms.step import Item, StepForm
from ui.widgets.fields import Unreadable
from ui.widgets.filter_tree import FilterTree
from ui.widgets.text import label
from ui.widgets.tick_list import TickList

_SOON_MS = 250


class FilterForm(NounForm):
    """Conditions in groups, with how many people they find as one types. `done(tree)` takes what was built."""

    width_wanted = 860

    def __init__(
        self,
        context: Context,
        tree: Mapping[str, Any] | None = None,
        done: Callable[[Mapping[str, Any]], object] | None = None,
        **_: object,
    ) -> None:
        super().__init__(context, "Filter", "candidate-filter", None, "Show these")
        self._done, self._asked = done, 0
        self._field = FilterTree(filters.catalogue(context.store), context.today())
        self._field.setAccessibleName("Conditions")
        self._found = label("", "muted")
        self.buttons.insertWidget(2, self._found)
        self.form.tall("tree", "Who is to be on the list?", self._field)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._count)
        self.begin({"tree": dict(tree or {})})
        self.form.changed.connect(lambda _key: self._soon.start())
        self._count()

    def save(self, values: dict[str, Any], _reason: str) -> str:
        tree = values["tree"]
        filters.checked(self.context.store, tree, self.context.today())
        if (done := self._done) is not None:
            QTimer.singleShot(0, lambda: done(tree))
        return ""

    def _count(self) -> None:
        """Asked beside the screen: among a hundred thousand it may take a moment, and typing goes on."""
        try:
            tree = self._field.value()
        except Unreadable as error:
            self._found.setText(str(error))
            return
        self._asked += 1
        asked, store, today = self._asked, self.context.store, self.context.today()

        def show(found: Any) -> None:
            if asked == self._asked:
                self._found.setText(f"{in_digits(found[0])} of {plural(found[1], 'person', 'people')}")

        def wrong(error: Exception) -> None:
            if asked == self._asked:
                self._found.setText("" if isinstance(error, UserError) else str(error))

        def ask(_progress: object) -> tuple[int, int]:
            return people.count(store, tree, today=today), people.count(store, {}, today=today)

        self.context.tasks.run(ask, done=show, failed=wrong)


def columns_form(
    context: Context,
    chosen: Sequence[str] = USUAL,
    done: Callable[[list[str]], object] | None = None,
    **_: object,
) -> StepForm:
    """Which columns stand in the list, and in which order."""
    offered = [(one.key, one.words) for one in columns(context.store).values()]

    def save(values: dict[str, Any], _why: str) -> str:
        wanted = values["columns"]
        if done is not None:
            QTimer.singleShot(0, lambda: done(wanted))
        return ""

    field = TickList(offered, always=("name",))
    field.setAccessibleName("Columns")
    items = [Item("columns", "In this order", field, "Space ticks one. Alt with an arrow moves it.")]
    return StepForm(
        context, "Columns", ("columns", None), items, save, values={"columns": list(chosen)}, save_words="Show these"
    )


def saved_list(
    context: Context,
    row_id: str | None = None,
    draft: ListDraft | None = None,
    done: Callable[[str], object] | None = None,
    **_: object,
) -> StepForm:
    """A name for a list: a new one, or another name."""
    store, today = context.store, context.today()
    this = lists.find_list(store, row_id) if row_id else None
    if row_id is not None and this is None:
        raise UserError("This list is no longer in the store. It was removed, or saving it was undone.")
    wanted = draft or ListDraft()

    def save(values: dict[str, Any], _why: str) -> str:
        name = values["name"]
        if row_id is not None:
            return rename_list(store, row_id, name, today=today)
        made = ListDraft(
            name=name, filter=wanted.filter, columns=wanted.columns, sort=wanted.sort, descending=wanted.descending,
            group_by=wanted.group_by,
        )  # fmt: skip
        saved = save_list(store, made, today=today)
        if done is not None:
            QTimer.singleShot(0, lambda: done(saved))
        return saved

    said = filters.in_words(store, this.filter if this else wanted.filter, today)
    return StepForm(
        context,
        "List",
        ("saved-lists", row_id),
        [Item("name", "Name", typed("Free in December"))],
        save,
        values={"name": this.words if this else ""},
        note=said or "Everyone",
    )
