"""The menu behind "+ Filter": what is asked for most, on or off by a click, and a way to all the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from core.insight.filter_fields import FIELDS
from core.insight.filters import parts
from ui.widgets.filter_tree import Catalogue
from ui.widgets.text import amp

_QUICK = ("class_year", "school", "stage", "tag")
_MOST = 40
_YEARS = 5
_SINGLE: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("Going cold", {"field": "cold", "is": "yes"}),
    ("Just missed the internship", {"field": "pool", "is": "any", "value": ["near_miss_intern"]}),
    ("First and second years", {"field": "class_year", "is": "between", "value": [1, 2]}),
    ("Graduating within a year", {"field": "graduates", "is": "next", "value": {"n": 12, "unit": "months"}}),
    ("Never applied", {"field": "applied", "is": "empty"}),
)
Change = Callable[[Mapping[str, Any]], object]


def switched(tree: Mapping[str, Any], key: str, value: str) -> dict[str, Any]:
    """With one choice of a field more, or one less."""
    found, there = [], False
    for part in parts(tree):
        if part.get("field") == key and part.get("is") == "any":
            there = True
            left = [one for one in part["value"] if one != value]
            wanted = left if value in part["value"] else [*left, value]
            if wanted:
                found.append({**part, "value": wanted})
        else:
            found.append(dict(part))
    return {"all": found if there else [*found, {"field": key, "is": "any", "value": [value]}]}


def toggled(tree: Mapping[str, Any], part: Mapping[str, Any]) -> dict[str, Any]:
    """With a part, or without it where it stands already."""
    there = parts(tree)
    return {"all": [one for one in there if one != part] if part in there else [*there, dict(part)]}


def filter_menu(
    parent: QWidget, tree: Mapping[str, Any], catalogue: Catalogue, change: Change, more: Callable[[], object]
) -> QMenu:
    """`change(tree)` takes the new tree; `more()` opens the form for the rest."""
    menu = QMenu(parent)

    def offer(under: QMenu, words: str, on: bool, new: Mapping[str, Any]) -> None:
        action = QAction(amp(words), under, checkable=True, checked=on)
        action.triggered.connect(lambda: change(new))
        under.addAction(action)

    def chosen(key: str) -> list[str]:
        return [one for part in parts(tree) if part.get("field") == key and part.get("is") == "any"
                for one in part["value"]]  # fmt: skip

    for key in _QUICK:
        offered = catalogue[key][1]
        if not offered:
            continue
        under = menu.addMenu(FIELDS[key].words)
        for value, words in offered[: _YEARS if key == "class_year" else _MOST]:
            offer(under, words, value in chosen(key), switched(tree, key, value))
    menu.addSeparator()
    for words, part in _SINGLE:
        offer(menu, words, part in parts(tree), toggled(tree, part))
    menu.addSeparator()
    menu.addAction("All conditions…", more)
    return menu
