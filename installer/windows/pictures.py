"""Draws sidebar.bmp, the picture of the setup program's first and last page; run it when the drawing changes.

uv run installer/windows/pictures.py
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw

HERE = Path(__file__).parent
WIDE, TALL = 164, 314
FINER = 8
# The accent of the program's own look, and the two colours of resources/foothold.svg.
GROUND, LOWER, STEPS, DOT = "#1b6b57", "#155745", "#ffffff", "#bfe3d6"


def sidebar() -> Image.Image:
    """The steps of the icon, large and cut by the edge; the size is the one NSIS asks for at 100 %."""
    image = Image.new("RGB", (WIDE * FINER, TALL * FINER), GROUND)
    draw = ImageDraw.Draw(image)

    def at(*points: float) -> list[float]:
        return [point * FINER for point in points]

    stairs = (-20, 286, 34, 286, 34, 244, 82, 244, 82, 202, 130, 202, 130, 160, 190, 160)
    draw.polygon(at(*stairs, 190, 330, -20, 330), fill=LOWER)
    draw.line(at(*stairs), fill=STEPS, width=12 * FINER, joint="curve")
    draw.ellipse(at(46, 196, 70, 220), fill=DOT)
    return image.resize((WIDE, TALL), Image.Resampling.LANCZOS).quantize(64, dither=Image.Dither.NONE)


if __name__ == "__main__":
    sidebar().save(HERE / "sidebar.bmp")
    sys.exit(0)
