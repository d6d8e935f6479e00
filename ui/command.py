"""A thing that can be done: one object feeds the menu, the shortcut, the primary button and Ctrl+K."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def always() -> bool:
    return True


@dataclass(eq=False)
class Command:
    """`words` stand on the menu and the button. `menu` is File, Edit, Go, View or Help; "" keeps it to Ctrl+K."""

    key: str
    words: str
    shortcut: str
    run: Callable[[], object]
    enabled: Callable[[], bool] = always
    menu: str = ""
    checked: Callable[[], bool] | None = None
    detail: str = ""
