"""A form filled in as a viewer would: its values and nothing of how they look. For the made-up year and its tour."""

from __future__ import annotations

import io
from collections.abc import Mapping


def filled(data: bytes, values: Mapping[str, str]) -> bytes:
    """`values`: by field; of circles and squares the value of the one that is on."""
    from pypdf import PdfWriter
    from pypdf.generic import NameObject, TextStringObject

    writer, out = PdfWriter(clone_from=io.BytesIO(data)), io.BytesIO()
    for page in writer.pages:
        for reference in page.get("/Annots", ()):
            note = reference.get_object()
            field = note["/Parent"].get_object() if "/Parent" in note else note
            value = values.get(str(field.get("/T")))
            if value is None:
                continue
            if field.get("/FT") != "/Btn":
                field[NameObject("/V")] = TextStringObject(value)
            elif f"/{value}" in note["/AP"]["/N"]:
                field[NameObject("/V")] = note[NameObject("/AS")] = NameObject(f"/{value}")
    writer.write(out)
    return out.getvalue()
