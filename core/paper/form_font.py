"""The typeface inside the fields of a form: what people type is drawn with letters of the papers' own font.

ReportLab's fields know the 14 fonts that every viewer has, which have no letters for Nguyễn or Łukasz. Here the form's
font is embedded, and by its ToUnicode map viewers find the letters for what is typed. ISO 32000-1, 9.7 and 12.7.3.3.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from reportlab.pdfbase.acroform import AcroForm
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfbase.ttfonts import TTFontFile

import resources
from core.paper.packed import Written, numbers, stream

NAME = "Noto"
_BASE = "FOOTHL+NotoSans-Regular"
_RANGES = ((0x20, 0x7E), (0xA0, 0x24F), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x52F), (0x1E00, 0x1EFF),
           (0x2010, 0x2027), (0x2030, 0x203A), (0x20A0, 0x20BF), (0x2116, 0x2122))  # fmt: skip
"""Latin with all its marks, Greek, Cyrillic, and what stands between words."""


@cache
def _font() -> tuple[bytes, tuple[int, ...], dict[int, int], dict[str, float]]:
    """The font with these letters alone, the widths of its glyphs, each letter's glyph, and the font's measures."""
    font = TTFontFile(str(resources.path("fonts/NotoSans-Regular.ttf")))
    codes = [code for first, last in _RANGES for code in range(first, last + 1) if code in font.charToGlyph]
    made = font.makeSubset(codes)
    # As makeSubset numbers them: in this order, a glyph that two letters share once.
    places: dict[int, int] = {0: 0}
    glyphs: dict[int, int] = {}
    widths = [round(font.defaultWidth)]
    for code in codes:
        original = font.charToGlyph[code]
        if original not in places:
            places[original] = len(widths)
            widths.append(round(font.charWidths[code]))
        glyphs[code] = places[original]
    measures = {"Ascent": font.ascent, "Descent": font.descent, "CapHeight": font.capHeight, "StemV": font.stemV}
    return made, tuple(widths), glyphs, measures


@cache
def _to_unicode() -> bytes:
    glyphs = _font()[2]
    pairs = sorted({glyph: code for code, glyph in reversed(glyphs.items())}.items())
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    for start in range(0, len(pairs), 100):
        part = pairs[start : start + 100]
        lines.append(f"{len(part)} beginbfchar")
        lines += [f"<{glyph:04X}> <{code:04X}>" for glyph, code in part]
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")


@cache
def _widths() -> Written:
    return Written(b"[0 " + numbers(_font()[1]).data + b"]")


def _type0(doc: Any) -> Any:
    """A reference to the font as an object of this document."""
    data, widths, _, measures = _font()
    file = doc.Reference(stream(data, Length1=len(data)))
    descriptor = doc.Reference(
        PDFDictionary(
            {
                "Type": PDFName("FontDescriptor"),
                "FontName": PDFName(_BASE),
                "Flags": 32,
                "FontBBox": PDFArray([-600, -400, 3000, 1200]),
                "ItalicAngle": 0,
                "FontFile2": file,
                **{name: round(value) for name, value in measures.items()},
            }
        )
    )
    system = PDFDictionary({"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0})
    descendant = doc.Reference(
        PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": PDFName(_BASE),
                "CIDSystemInfo": system,
                "FontDescriptor": descriptor,
                "DW": widths[0],
                "W": _widths(),
                "CIDToGIDMap": PDFName("Identity"),
            }
        )
    )
    return doc.Reference(
        PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("Type0"),
                "BaseFont": PDFName(_BASE),
                "Encoding": PDFName("Identity-H"),
                "DescendantFonts": PDFArray([descendant]),
                "ToUnicode": doc.Reference(stream(_to_unicode())),
            }
        )
    )


class Fields(AcroForm):
    """ReportLab's form, with the one embedded font for all that is typed."""

    def __init__(self, canvas: Any) -> None:
        super().__init__(canvas)
        self._type0: Any = None
        self._looks = 0

    def makeStream(self, width: float, height: float, stream: Any, **entries: Any) -> Any:
        """Each field of text has a look of its own: what draws one anew would change all that share it."""
        made: Any = super().makeStream(width, height, stream, **entries)
        if "/Tx BMC" in stream:
            self._looks += 1
            made._af_refstr = f"look {self._looks}"  # noqa: SLF001 - by which ReportLab finds the same look again
        return made

    @staticmethod
    def circleArcStream(size: float, r: float, arcs: tuple[int, ...] = (0, 1, 2, 3), rotated: bool = False) -> str:
        """ReportLab draws circles of another size than 20 too small and off their middle: it shrinks by size / 20."""
        made: str = AcroForm.circleArcStream(20, r, arcs, rotated)
        off = f"{size / 2 - 10:g}"
        return f"1 0 0 1 {off} {off} cm\n{made}"

    def makeFont(self, _name: str | None) -> tuple[str, str]:
        """As ReportLab asks for it: the font's reference, and its name within the form."""
        canvas: Any = self.canv
        doc = canvas._doc  # noqa: SLF001 - ReportLab has no other way to a document's objects
        if self._type0 is None:
            self._type0 = _type0(doc)
            self.fonts[NAME] = self._type0.format(doc).decode("ascii")
        return self.fonts[NAME], NAME
