"""What can be done with several chosen people at once; each button opens the form that says whom it touches."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui import registry
from ui.context import Context
from ui.widgets.text import appear, button, label

_FORMS = {
    "bulk_tag": "Tag",
    "bulk_stage": "Stage",
    "bulk_touch": "Log contact",
    "bulk_invite": "Invite",
    "message": "Write",
    "bulk_export": "Export",
}


class ChosenBar(QWidget):
    """Hidden until two are chosen. `ids()` is asked when a button is pressed, not before."""

    def __init__(self, context: Context, ids: Callable[[], Sequence[str]], clear: Callable[[], object]) -> None:
        super().__init__()
        self._context, self._ids = context, ids
        self._count = label("", "subject")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(4)
        row.addWidget(self._count)
        row.addSpacing(8)
        known = registry.names()
        for name, words in _FORMS.items():
            if name in known:
                row.addWidget(button(words, "link", self._opener(name), name=f"{words}: the chosen people"))
        row.addStretch(1)
        row.addWidget(button("Choose none", "link-small", clear))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        appear(self, False)

    def say(self, count: int) -> None:
        self._count.setText(f"{count:,} chosen")
        appear(self, count > 1)

    def _opener(self, name: str) -> Callable[[], None]:
        return lambda: self._context.open_form(name, candidate_ids=list(self._ids()))
