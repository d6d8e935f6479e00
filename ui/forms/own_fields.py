"""The fields of one's own in a form: one row each, whatever their kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from core.model.words import YES_NO
from core.work.custom_fields import Field, problem_field
from ui.forms.fields import choices, typed
from ui.widgets.date_field import DateField
from ui.widgets.fields import AreaField, ChoiceField
from ui.widgets.form_row import Form

NOT_SAID = "Not said"


def own_rows(form: Form, fields: Sequence[Field], today: date) -> None:
    """A row for each, under the key by which FieldErrors name it."""
    for field in fields:
        form.row(problem_field(field.id), field.name, _widget(field, today))


def _widget(field: Field, today: date) -> QWidget:
    if field.kind == "day":
        return DateField(today)
    if field.kind == "yes_no":
        return ChoiceField(choices(dict(YES_NO), NOT_SAID))
    if field.kind == "choice":
        return ChoiceField(choices(field.choices, NOT_SAID))
    return typed("12.5") if field.kind == "number" else AreaField(least=1)


def own_written(fields: Sequence[Field], values: Mapping[str, Any]) -> dict[str, str]:
    """What stands in the rows, as core.work.custom_fields reads it: field id to text."""
    written = {}
    for field in fields:
        value = values.get(problem_field(field.id))
        written[field.id] = value.isoformat() if isinstance(value, date) else str(value or "")
    return written


def own_shown(fields: Sequence[Field], custom: Mapping[str, str]) -> dict[str, Any]:
    """What is stored, as the rows take it; a field without a value is shown empty."""
    shown: dict[str, Any] = {}
    for field in fields:
        text = custom.get(field.id, "")
        empty = None if field.kind in ("day", "yes_no", "choice") else ""
        shown[problem_field(field.id)] = (date.fromisoformat(text) if field.kind == "day" else text) if text else empty
    return shown
