"""Which column of the file is which field, each mended by hand."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from core.exchange.columns import fields
from core.jobs.intake_plan import ImportPlan
from ui.widgets.fields import ChoiceField
from ui.widgets.form_row import Form
from ui.widgets.panel import Heading

_BESIDE = 3


class ColumnsChooser(QWidget):
    """`changed` when another column was chosen for a field."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self._box.addWidget(Heading("Columns", "which column of the file is which field"))
        self.form: Form | None = None

    def mapping(self) -> dict[str, str]:
        """Field to header."""
        values = self.form.values() if self.form is not None else {}
        return {name: header for name, header in values.items() if header is not None}

    def show_plan(self, plan: ImportPlan) -> None:
        if self.form is not None:
            self._box.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        made = self.form = Form(labels=0)
        grid = made.layout()
        if isinstance(grid, QGridLayout):
            grid.setHorizontalSpacing(0)
        headers = [(None, "Not in the file"), *((header, header[:60]) for header in plan.headers)]
        specs = fields(plan.noun, plan.own)
        for at in range(0, len(specs), _BESIDE):
            group = specs[at : at + _BESIDE]
            parts: list[Any] = [(one.name, one.label, ChoiceField(headers)) for one in group]
            made.part("", [*parts, *(QWidget() for _ in range(_BESIDE - len(group)))])
        made.set_values(plan.mapping)
        made.changed.connect(lambda _key: self.changed.emit())
        self._box.addWidget(made)
