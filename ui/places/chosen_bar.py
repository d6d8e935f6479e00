"""What can be done with several chosen people at once; each button opens the form that says whom it touches."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from core.text import in_digits
from ui import registry
from ui.context import Context
from ui.widgets.chips_field import Flow
from ui.widgets.text import IconButton, appear, button, label

_FORMS = {
    "bulk_tag": "Tag",
    "bulk_stage": "Stage",
    "bulk_touch": "Log contact",
    "bulk_invite": "Invite",
    "message": "Write",
    "bulk_letters": "Letters",
    "bulk_export": "Export",
}


class ChosenBar(QWidget):
    """Hidden until two are chosen. `ids()` is asked when a button is pressed, not before."""

    def __init__(self, context: Context, ids: Callable[[], Sequence[str]], clear: Callable[[], object]) -> None:
        super().__init__()
        self._context, self._ids = context, ids
        self._count = label("", "subject")
        box, inside = QVBoxLayout(self), QWidget()
        box.setContentsMargins(16, 4, 12, 4)
        box.addWidget(inside)
        row = Flow(inside, 6)
        row.addWidget(self._count)
        known = registry.names()
        for name, words in _FORMS.items():
            if name in known:
                row.addWidget(button(words, "link", self._opener(name), name=f"{words}: the chosen people"))
        row.addWidget(IconButton("x", "Choose none", clear))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        for part in (self, inside):
            part.setSizePolicy(policy)
        appear(self, False)

    def say(self, count: int) -> None:
        self._count.setText(f"{in_digits(count)} chosen")
        appear(self, count > 1)

    def _opener(self, name: str) -> Callable[[], None]:
        return lambda: self._context.open_form(name, candidate_ids=list(self._ids()))
