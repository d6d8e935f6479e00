"""Files inside a paper: the data behind its figures, so that one file serves eyes and spreadsheets.

ISO 32000-1, 7.11.4 (embedded files), and ISO 32000-2, 14.13 (which of the paper's data a file is).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFStream,
    PDFStreamFilterZCompress,
    PDFString,
)


@dataclass(frozen=True, slots=True)
class Attached:
    """`name`: an ASCII file name, its ending `kind` ("text/csv"). `words`: what it is."""

    name: str
    kind: str
    words: str
    data: bytes


def attach(doc: Any, files: Sequence[Attached], day: date) -> None:
    """Into the document that is about to be written; `day`: the paper's, as the clock would make two papers differ."""
    names: list[Any] = []
    refs = []
    for one in sorted(files, key=lambda each: each.name):
        ref = doc.Reference(_file(doc, one, day))
        names += [PDFString(one.name), ref]
        refs.append(ref)
    catalog = doc.Catalog
    catalog.Names = PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": PDFArray(names)})})
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF"]
    catalog.AF = PDFArray(refs)


def _file(doc: Any, one: Attached, day: date) -> Any:
    when = f"D:{day:%Y%m%d}000000Z"
    stream = PDFStream(
        PDFDictionary(
            {
                "Type": PDFName("EmbeddedFile"),
                "Subtype": "/" + one.kind.replace("/", "#2F"),
                "Params": PDFDictionary(
                    {
                        "Size": len(one.data),
                        "CreationDate": PDFString(when),
                        "ModDate": PDFString(when),
                        "CheckSum": f"<{hashlib.md5(one.data, usedforsecurity=False).hexdigest()}>",
                    }
                ),
            }
        ),
        one.data,
        filters=[PDFStreamFilterZCompress()],
    )
    kept = doc.Reference(stream)
    return PDFDictionary(
        {
            "Type": PDFName("Filespec"),
            "F": PDFString(one.name),
            "UF": PDFString(one.name),
            "Desc": PDFString(one.words),
            "AFRelationship": PDFName("Data"),
            "EF": PDFDictionary({"F": kept, "UF": kept}),
        }
    )
