"""After both raters: the means, where they lie apart, how far they agree. Shown once one's own scores are in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QWidget

from core.insight.agreement import Agreement
from ui.theme import set_role
from ui.widgets.panel import Line, Panel
from ui.widgets.text import Elided, button, label, tip

_MOST_NAMED = 34


class RatersTable(Panel):
    def __init__(self, compare: Callable[[], object]) -> None:
        super().__init__("After both raters", margins=(16, 14), gap=10)
        self._compare = button("Compare…", "link", compare, name="Compare candidates side by side")
        self.heading.add(self._compare)
        self._inside: QWidget | None = None
        self.words = label("", "note", wrap=True)
        self.add(self.words)

    def show_table(self, table: Agreement | None, words: str, names: Mapping[str, str]) -> None:
        """`names`: code to name, of those that are revealed."""
        if self._inside is not None:
            self.body.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
            self._inside = None
        self.words.setText("\n".join(part for part in (words, names_under(names)) if part))
        self._compare.setVisible(table is not None and len(table.codes) >= 2)
        if table is not None:
            self._inside = _table(table, names)
            self.body.insertWidget(1, self._inside)


def _table(table: Agreement, names: Mapping[str, str]) -> QWidget:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    inner = QWidget()
    set_role(inner, "page")
    inner.setAccessibleName("Means by criterion and candidate")
    grid = QGridLayout(inner)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(0)
    grid.setColumnStretch(0, 1)
    wide = len(table.codes) + 1
    apart = {(gap.code, gap.criterion): gap for gap in table.gaps}
    for at, code in enumerate(table.codes, 1):
        head = _cell(code, "muted")
        if code in names:
            head.setToolTip(tip(names[code]))
            head.setAccessibleName(f"{code}, {names[code]}")
        grid.addWidget(head, 0, at)
    for line, one in enumerate(table.criteria):
        grid.addWidget(Line(), 2 * line + 1, 0, 1, wide)
        name = f"{one.name} ×{one.weight}" if len({c.weight for c in table.criteria}) > 1 else one.name
        grid.addWidget(_first(name), 2 * line + 2, 0)
        for at, (code, mean) in enumerate(zip(table.codes, one.means, strict=True), 1):
            cell = _cell("–" if mean is None else str(mean))
            gap = apart.get((code, one.name))
            if gap is not None:
                set_role(cell, "gap")
                cell.setAccessibleName(f"{cell.text()}, raters apart: {gap.low} against {gap.high}")
                cell.setToolTip(f"{gap.low} against {gap.high}")
            grid.addWidget(cell, 2 * line + 2, at)
    last = 2 * len(table.criteria) + 1
    grid.addWidget(Line(), last, 0, 1, wide)
    grid.addWidget(_first("Overall", "heading"), last + 1, 0)
    for at, mean in enumerate(table.overall, 1):
        grid.addWidget(_cell("–" if mean is None else str(mean), "heading"), last + 1, at)
    area.setWidget(inner)
    inner.ensurePolished()
    area.setFixedHeight(inner.sizeHint().height() + (14 if len(table.codes) > 6 else 2))
    return area


def _cell(words: str, role: str = "") -> QLabel:
    made = label(words, role)
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    made.setMargin(4)
    made.setMinimumSize(40, 32)
    return made


def _first(words: str, role: str = "") -> QLabel:
    made = Elided(words, role, least=110)
    made.setMinimumHeight(32)
    return made


def names_under(names: Mapping[str, str]) -> str:
    """K7 is Mateo Ruiz, ..."""
    cut = {code: name if len(name) <= _MOST_NAMED else name[: _MOST_NAMED - 1] + "…" for code, name in names.items()}
    return " · ".join(f"{code} {name}" for code, name in sorted(cut.items()))
