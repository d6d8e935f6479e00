"""A typeface of papers, as ReportLab draws with it, written so that letters to many share what is alike.

ReportLab says of codes that it has left free that they stand for U+0000, which PDF/UA-1 (ISO 14289-1, 7.21.7) forbids;
and it makes the same part of a typeface anew for each paper, a sixth of what a letter costs.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName
from reportlab.pdfbase.ttfonts import FF_NONSYMBOLIC, FF_SYMBOLIC, SUBSETN, TTFont

from core.paper.packed import Written, numbers, stream

_SUBSETS = 24
_LINES = 100


class Typeface(TTFont):
    """Registered as any; it rests on ReportLab's `state` of a document: its subsets are the letters by their codes."""

    face: Any
    state: Any

    def addObjects(self, doc: Any) -> None:
        state = self.state[doc]
        state.frozen = 1
        for number, codes in enumerate(state.subsets):
            name = self.getSubsetInternalName(number, doc)[1:]
            letters = tuple(codes)
            base = f"{SUBSETN(number).decode('ascii')}+{self.face.name.decode('ascii')}"
            font = PDFDictionary(
                {
                    "Type": PDFName("Font"),
                    "Subtype": PDFName("TrueType"),
                    "Name": PDFName(name),
                    "BaseFont": PDFName(base),
                    "FirstChar": 0,
                    "LastChar": len(letters) - 1,
                    "Widths": _widths(self, letters),
                    "FontDescriptor": doc.Reference(self._descriptor(doc, base, letters)),
                    "ToUnicode": doc.Reference(stream(_to_unicode(base, letters))),
                }
            )
            doc.idToObject["BasicFonts"].dict[name] = doc.Reference(font, name)
        del self.state[doc]

    def _descriptor(self, doc: Any, base: str, letters: tuple[int, ...]) -> PDFDictionary:
        face, file = self.face, _subset(self, letters)
        return PDFDictionary(
            {
                "Type": PDFName("FontDescriptor"),
                "FontName": PDFName(base),
                # Symbolic: its codes are its own, and no encoding of letters is meant.
                "Flags": face.flags & ~FF_NONSYMBOLIC | FF_SYMBOLIC,
                "FontBBox": numbers(face.bbox),
                "ItalicAngle": face.italicAngle,
                "Ascent": face.ascent,
                "Descent": face.descent,
                "CapHeight": face.capHeight,
                "StemV": face.stemV,
                "MissingWidth": face.defaultWidth,
                "FontFile2": doc.Reference(stream(file, Length1=len(file))),
            }
        )


@lru_cache(_SUBSETS)
def _subset(typeface: Typeface, letters: tuple[int, ...]) -> bytes:
    made: bytes = typeface.face.makeSubset(list(letters))
    return made


@lru_cache(_SUBSETS)
def _widths(typeface: Typeface, letters: tuple[int, ...]) -> Written:
    return numbers(map(typeface.face.getCharWidth, letters))


@lru_cache(_SUBSETS)
def _to_unicode(base: str, letters: tuple[int, ...]) -> bytes:
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        f"/CIDSystemInfo << /Registry ({base}) /Ordering ({base}) /Supplement 0 >> def",
        f"/CMapName /{base} def /CMapType 2 def",
        f"1 begincodespacerange <00> <{len(letters) - 1:02X}> endcodespacerange",
    ]
    pairs = [(code, letter) for code, letter in enumerate(letters) if letter]
    for start in range(0, len(pairs), _LINES):
        part = pairs[start : start + _LINES]
        lines.append(f"{len(part)} beginbfchar")
        lines += [f"<{code:02X}> <{chr(letter).encode('utf-16-be').hex().upper()}>" for code, letter in part]
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")
