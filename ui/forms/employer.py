"""The form of the employer: what stands on papers, and the bounds that pay is held against."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core import formats
from core.errors import UserError
from core.jobs.logos import logo_from
from core.work.office import EmployerDraft, change_employer, employer_draft
from ui.context import Context
from ui.forms.base import NounForm
from ui.forms.fields import choices, typed
from ui.widgets.fields import AreaField, ChoiceField, LineField, MoneyField, NumberField
from ui.widgets.text import button, label


class LogoField(QWidget):
    """A PNG or JPEG, made small. value() -> bytes or None. `refused`: why the one that was chosen is not taken."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._bytes = context, b""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._picture = label("No logo", "muted")
        self._choose = button("Choose a picture…", "", self.choose)
        self._remove = button("Remove", "quiet", lambda: self.take(b""))
        row.addWidget(self._picture, 1)
        row.addWidget(self._choose)
        row.addWidget(self._remove)
        self.setFocusProxy(self._choose)
        self._draw()

    def value(self) -> bytes | None:
        return self._bytes or None

    def set_value(self, value: bytes | None) -> None:
        self._bytes = value or b""
        self._draw()

    def choose(self) -> None:
        path = self._context.ask_file("Choose a logo", "Pictures (*.png *.jpg *.jpeg)")
        if path is None:
            return
        try:
            data = logo_from(path)
        except UserError as error:
            self.refused.emit(str(error))
        else:
            self.take(data)

    def take(self, data: bytes) -> None:
        self._bytes = data
        self._draw()
        self.changed.emit()

    def _draw(self) -> None:
        picture = QPixmap()
        if self._bytes and picture.loadFromData(self._bytes):
            self._picture.setPixmap(_on_paper(picture, self.devicePixelRatioF()))
            self._picture.setAccessibleName("The logo")
        else:
            self._picture.setPixmap(QPixmap())
            self._picture.setText("No logo")
        self._remove.setVisible(bool(self._bytes))


class EmployerForm(NounForm):
    def __init__(self, context: Context, row_id: str | None = None, **_: object) -> None:
        super().__init__(context, "Your business", "employers", row_id)
        form = self.form
        form.row("name", "Name", typed())
        form.row("address", "Address", AreaField(500, least=1))
        form.part("Place", [("city", "City", typed()), ("state", "State", typed())])
        form.part("Reach", [("email", "E-mail", typed()), ("phone", "Phone", typed())])
        form.row("website", "Website", typed())
        logo = LogoField(context)
        row = form.row("logo", "Logo", logo, hint="PNG or JPEG. It stands at the top of every paper.")
        logo.refused.connect(row.set_error)
        logo.changed.connect(row.set_error)
        form.part("Who signs", [("signatory_name", "Name", typed()), ("signatory_title", "Title", typed())])
        form.part(
            "Pay an hour",
            [
                ("pay_floor", "Your floor", MoneyField()),
                ("legal_minimum", "Legal minimum", MoneyField()),
                ("currency", "Currency", LineField(3)),
            ],
            hint="A project under either is held until you mend it or write why. Check the minimum where you are.",
        )
        form.part(
            "Rules",
            [
                ("head_count", "People employed", NumberField(0, 1_000_000)),
                ("retention_months", "Keep records, months", NumberField(1, 600)),
                ("decline_hold_days", "Hold a “not selected”, days", NumberField(0, 60)),
            ],
            hint="Some record-keeping rules bind from 15 people on; check which bind you.",
        )
        form.row("paper_size", "Paper", ChoiceField(choices({"letter": "US Letter", "a4": "A4"})))
        ways = {"": "As Foothold does: 14 Dec 2026"} | dict(formats.offered())
        form.row(
            "country",
            "Days and money",
            ChoiceField(choices(ways)),
            hint="As that country writes them, on papers and on the screen. The words stay English.",
        )
        form.row("time_zone", "Time zone", typed("America/Chicago"))
        self._draft = employer_draft(context.store)
        self.begin({name: getattr(self._draft, name) for name in self.form.rows})

    def save(self, values: dict[str, Any], reason: str) -> str:
        draft = EmployerDraft(**values)
        return str(change_employer(self.context.store, draft, today=self.context.today()) or "")


def _on_paper(picture: QPixmap, scale: float) -> QPixmap:
    """The picture on white, as papers show it: a logo with dark letters would not be seen on a dark screen."""
    wide, high, edge = round(240 * scale), round(40 * scale), round(6 * scale)
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    small = picture.scaled(wide, high, keep, smooth)
    sheet = QPixmap(small.width() + 2 * edge, small.height() + 2 * edge)
    sheet.fill(Qt.GlobalColor.white)
    painter = QPainter(sheet)
    painter.drawPixmap(edge, edge, small)
    painter.end()
    sheet.setDevicePixelRatio(scale)
    return sheet
