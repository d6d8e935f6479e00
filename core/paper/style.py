"""The look of papers: colours, type sizes, page sizes and margins. Lengths are in points."""

from __future__ import annotations

from functools import cache
from typing import Any, Final, Literal

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from core.paper import fonts
from core.paper.facts import PageSize

# Pages as bytes and not as ASCII, a fifth smaller.
rl_config.useA85 = 0

ACCENT: Final[Color] = HexColor("#1b6b57")
INK: Final[Color] = HexColor("#1d2421")
MUTED: Final[Color] = HexColor("#5d6763")
LINE: Final[Color] = HexColor("#dfdcd2")
SOFT: Final[Color] = HexColor("#e2efe9")
GROUND: Final[Color] = HexColor("#f6f5f1")
WARN: Final[Color] = HexColor("#8a5300")
WARN_GROUND: Final[Color] = HexColor("#faedd6")

SIDE: Final = 19 * mm
TOP: Final = 15 * mm
FOOT: Final = 18 * mm
GAP: Final = 14
HAIR: Final = 0.6

_SIZES: dict[PageSize, tuple[float, float]] = {"a4": A4, "letter": LETTER}

# By name: size, leading, whether bold, colour.
_TYPE: dict[str, tuple[float, float, bool, Color]] = {
    "body": (9.4, 13, False, INK),
    "fee": (9.4, 19, False, INK),
    "note": (8.2, 11.6, False, MUTED),
    "label": (8.2, 11.6, False, MUTED),
    "head": (8.2, 11.6, True, MUTED),
    "cell": (8.8, 12.2, False, INK),
    "small": (7.8, 10.8, False, INK),
    "kicker": (9.2, 12.6, False, MUTED),
    "title": (18.5, 23.5, True, INK),
    "section": (11.2, 15.5, True, INK),
    "sub": (9.4, 13.4, True, INK),
    "figure": (18.5, 22, True, ACCENT),
    "letterhead": (11.2, 14.6, True, INK),
    "foot": (7.8, 10.4, False, MUTED),
    "tick": (7.4, 9.4, False, MUTED),
    "word": (14, 18, True, INK),
}
_ALIGN: dict[str, Literal[0, 1, 2]] = {"left": TA_LEFT, "right": TA_RIGHT, "center": TA_CENTER}


def page(size: PageSize, wide: bool = False) -> tuple[float, float]:
    """Width and height of a page; `wide` lays it on its side."""
    width, height = _SIZES[size]
    return (height, width) if wide else (width, height)


@cache
def style(name: str, align: str = "left", **more: Any) -> ParagraphStyle:
    """The paragraph style of that name; `more` changes single properties (spaceBefore, leftIndent, ...)."""
    fonts.register()
    size, leading, bold, colour = _TYPE[name]
    font = fonts.BOLD if bold else fonts.REGULAR
    made = ParagraphStyle(
        f"{name}-{align}",
        fontName=font,
        fontSize=size,
        leading=leading,
        textColor=colour,
        alignment=_ALIGN[align],
        bulletFontName=font,
        bulletFontSize=size,
        bulletColor=colour,
        splitLongWords=1,
        allowWidows=0,
        allowOrphans=0,
    )
    for key, value in more.items():
        setattr(made, key, value)
    return made
