"""Fonts for shaped text: one for each face that a paper uses, with the glyphs drawn and no other.

ReportLab's own fonts are asked for letters; shaped text is drawn by glyphs, of which many have no letter. A code stands
for a glyph and what is copied for it, so that a glyph drawn for two texts is given back rightly. ISO 32000-1, 9.7.4
(Type 0 fonts), 9.10.3 (ToUnicode).
"""

from __future__ import annotations

from functools import cache
from typing import Any

import uharfbuzz as hb
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

from core.paper.packed import stream
from core.paper.shaping import Face, face

BLANK = -1
_HAIR = 1
"""What has no width at all is left out by readers that look where letters stand."""
_LINES = 100
_MOST = 0xE000
_UNUSED = (
    "GSUB", "GPOS", "GDEF", "cmap", "name", "post", "OS/2", "DSIG", "STAT", "gasp", "vhea", "vmtx", "VORG", "BASE",
    "kern", "hdmx", "VDMX", "LTSH", "meta",
)  # fmt: skip
"""What a viewer has no use for: the document says which glyph stands where."""
_DROPPED = [int.from_bytes(tag.encode(), "big") for tag in _UNUSED]


class GlyphFont:
    """The glyphs of one face that one document draws."""

    def __init__(self, made_of: Face, name: str) -> None:
        self.face, self.name = made_of, name
        self._codes: dict[tuple[int, str], int] = {}

    def code(self, glyph: int, text: str) -> str:
        """The code for a glyph that is copied as `text`, for a page's content. BLANK: nothing, a hair wide."""
        return f"{self._codes.setdefault((glyph, text), len(self._codes) + 1):04X}"

    @property
    def full(self) -> bool:
        """Whether the codes, of two bytes each, may not be enough for one more line."""
        return len(self._codes) > _MOST

    def width(self, glyph: int) -> int:
        """As the document says it, in thousandths of the type size."""
        return _HAIR if glyph == BLANK else round(self.face.font.get_glyph_h_advance(glyph) * 1000 / self.face.units)

    def write(self, doc: Any) -> Any:
        """A reference to the font as an object of the document."""
        file, places = self._subset()
        drawn = list(self._codes)
        places_of_codes = b"\0\0" + b"".join(places[self._drawn(glyph)].to_bytes(2, "big") for glyph, _ in drawn)
        scale = 1000 / self.face.units
        widths = [self.width(glyph) for glyph, _ in drawn]
        base = "FOOTHL+" + self.face.file.partition(".")[0]
        extents = self.face.font.get_font_extents("ltr")
        up, down = round(extents.ascender * scale), round(extents.descender * scale)
        descriptor = PDFDictionary(
            {
                "Type": PDFName("FontDescriptor"),
                "FontName": PDFName(base),
                "Flags": 4,
                "FontBBox": PDFArray([-1000, down, 3000, up]),
                "ItalicAngle": 0,
                "Ascent": up,
                "Descent": down,
                "CapHeight": 714,
                "StemV": 80,
                "FontFile2": doc.Reference(stream(file, Length1=len(file))),
            }
        )
        system = PDFDictionary({"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0})
        descendant = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": PDFName(base),
                "CIDSystemInfo": system,
                "FontDescriptor": doc.Reference(descriptor),
                "DW": 1000,
                "W": PDFArray([1, PDFArray(widths)]),
                "CIDToGIDMap": doc.Reference(stream(places_of_codes)),
            }
        )
        return doc.Reference(
            PDFDictionary(
                {
                    "Type": PDFName("Font"),
                    "Subtype": PDFName("Type0"),
                    "BaseFont": PDFName(base),
                    "Encoding": PDFName("Identity-H"),
                    "DescendantFonts": PDFArray([doc.Reference(descendant)]),
                    "ToUnicode": doc.Reference(stream(self._to_unicode())),
                }
            )
        )

    def _drawn(self, glyph: int) -> int:
        """The one whose shape is drawn: a space's for what is only copied."""
        return int(self.face.font.get_nominal_glyph(ord(" "))) if glyph == BLANK else glyph

    def _subset(self) -> tuple[bytes, dict[int, int]]:
        """The font file with these glyphs alone, and where each stands in it."""
        wanted = hb.SubsetInput()
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        wanted.glyph_set.update({self._drawn(glyph) for glyph, _ in self._codes})
        wanted.drop_table_tag_set.update(_DROPPED)
        plan = hb.SubsetPlan(_source(self.face), wanted)
        places = dict(plan.old_to_new_glyph_mapping.items())
        return bytes(plan.execute().blob.data), places

    def _to_unicode(self) -> bytes:
        lines = [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
        ]
        pairs = [(code, text) for (_, text), code in self._codes.items()]
        for start in range(0, len(pairs), _LINES):
            part = pairs[start : start + _LINES]
            lines.append(f"{len(part)} beginbfchar")
            lines += [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in part]
            lines.append("endbfchar")
        lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
        return "\n".join(lines).encode("ascii")


def _source(made_of: Face) -> hb.Face:
    """The face to take glyphs from; from its second paper on with no tables but those of shapes, many times quicker."""
    made_of.taken += 1
    return made_of.face if made_of.taken == 1 else _shapes(made_of)


@cache
def _shapes(made_of: Face) -> hb.Face:
    kept = hb.SubsetInput()
    kept.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.RETAIN_GIDS
    kept.glyph_set.update(range(made_of.face.glyph_count))
    kept.drop_table_tag_set.update(_DROPPED)
    return hb.Face(hb.Blob(bytes(kept.subset(made_of.face).blob.data)))


class GlyphFonts:
    """Those of one document, by their order of use."""

    def __init__(self) -> None:
        self._made: list[GlyphFont] = []
        self._now: dict[str, GlyphFont] = {}

    def of(self, file: str) -> GlyphFont:
        """Where the codes of one come to their end, the next is begun."""
        if file not in self._now or self._now[file].full:
            self._made.append(GlyphFont(face(file), f"G{len(self._made) + 1}"))
            self._now[file] = self._made[-1]
        return self._now[file]

    def write(self, doc: Any) -> None:
        for font in self._made:
            # All fonts of a ReportLab document stand in one dictionary, which every page has.
            doc.idToObject["BasicFonts"].dict[font.name] = font.write(doc)
