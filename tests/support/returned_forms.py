"""Forms that went out, and the files in which they come back, made with the least that a form has."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pypdf import PdfWriter

from core.form_fields import FormField, Pages, Placed, layout
from core.model.words import SELF_IDENTIFICATION
from core.store import Label, Store
from core.work.forms import new_code, new_form
from tests.support.stores import TODAY

MARKS = tuple((str(level), f"{level} of 4") for level in range(1, 5))
FIT = (
    FormField("overall", "choice", "Overall", MARKS),
    FormField("clarity", "choice", "Clear brief", MARKS),
    FormField("reflection", "long", "In your words", most=2000),
)
MID = (
    FormField("clarity", "choice", "Clear brief", MARKS),
    FormField("hours", "text", "Hours so far", most=4),
    FormField("going_well", "long", "What goes well", most=2000),
)
TIME = (
    FormField("hours_a_week", "text", "Hours a week", most=4),
    *(FormField(f"free_{at}", "check", f"Free {at}") for at in range(28)),
)
CONSENT = (
    FormField("records", "long", "Which records", most=500),
    FormField("purpose", "long", "What for", most=500),
    FormField("signed", "text", "Your name, as your signature", most=100),
    FormField("signed_on", "text", "Date", most=20),
)
APART = tuple(
    FormField(key, "choice", words, tuple((one, one) for one in answers))
    for key, (words, answers) in SELF_IDENTIFICATION.items()
)


def applying(question_ids: Sequence[str]) -> tuple[FormField, ...]:
    person = (("first_name", "First name"), ("last_name", "Last name"), ("email", "E-mail"), ("school_name", "School"))
    lines = [FormField(name, "text", words, most=100) for name, words in person]
    return (*lines, *(FormField(f"answer_{one}", "long", "How would you do it?", most=800) for one in question_ids))


def form(store: Store, kind: str, fields: Sequence[FormField], **of: Any) -> tuple[bytes, str]:
    """The blank file and the form's id."""
    code = new_code()
    data, placed = _drawn(code, fields)
    told = layout(kind, Pages(1 + max(one.page for one in placed), (595, 842)), placed)
    with store.change(Label.FORMS_MADE) as session:
        return data, new_form(session, kind, today=TODAY, code=code, layout=told, **of).id


def _drawn(code: str, fields: Sequence[FormField]) -> tuple[bytes, list[Placed]]:
    from reportlab.pdfgen.canvas import Canvas

    out, placed = io.BytesIO(), list[Placed]()
    canvas = Canvas(out, pagesize=(595, 842))
    made, y, page = canvas.acroForm, 800.0, 0
    canvas.drawString(50, 20, f"Foothold {code}")
    made.textfield(name="code", value=code, x=400, y=20, width=150, height=12, fieldFlags="readOnly", maxlen=40)
    for field in fields:
        height = 60.0 if field.kind == "long" else 18.0
        if y - height < 60:
            canvas.showPage()
            canvas.drawString(50, 20, f"Foothold {code}")
            y, page = 800.0, page + 1
        y -= height + 6
        canvas.drawString(50, y + 4, field.words[:24])
        rects: tuple[tuple[float, float, float, float], ...] = ()
        if field.kind == "choice":
            for at, (value, _) in enumerate(field.options):
                made.radio(name=field.name, value=value, x=220 + 45 * at, y=y, size=14, selected=False)
            rects = tuple((220 + 45 * at, y, 234 + 45 * at, y + 14) for at in range(len(field.options)))
        elif field.kind == "check":
            made.checkbox(name=field.name, x=220, y=y, size=14)
        else:
            flags = "multiline" if field.kind == "long" else ""
            made.textfield(name=field.name, x=220, y=y, width=330, height=height, fieldFlags=flags, maxlen=field.most)
        right = 234.0 if field.kind == "check" else 550.0
        placed.append(Placed(field, page, (220, y, right, y + height), rects))
    canvas.showPage()
    canvas.save()
    return out.getvalue(), placed


def filled(data: bytes, values: Mapping[str, str]) -> bytes:
    writer, out = PdfWriter(clone_from=io.BytesIO(data)), io.BytesIO()
    for page in writer.pages:
        writer.update_page_form_field_values(page, dict(values), auto_regenerate=False)
    writer.write(out)
    return out.getvalue()


def kept(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path
