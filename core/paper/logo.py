"""The employer's logo: checked and made small at intake, so that no paper fails or grows over it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.platypus import Image

from core.errors import UserError

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 40_000_000
KEPT_SIDE = 1_200
"""The longest side kept, in pixels: 600 dpi at the largest size at which papers print a logo."""


def check_logo(data: bytes) -> bytes:
    """The picture as papers keep it: PNG, at most KEPT_SIDE pixels a side, without camera data. Else UserError."""
    from PIL import Image as Picture
    from PIL import ImageOps, UnidentifiedImageError

    if not data:
        raise UserError("The logo's file is empty. Choose a PNG or JPEG picture.")
    if len(data) > MAX_BYTES:
        raise UserError(f"The logo is larger than {MAX_BYTES // 1024 // 1024} MB. Save it smaller and choose it again.")
    try:
        with Picture.open(BytesIO(data), formats=("PNG", "JPEG")) as picture:
            width, height = picture.size
            if width * height > MAX_PIXELS:
                raise UserError(
                    f"The logo has {width:,} × {height:,} pixels, too many for a letterhead. Save it smaller "
                    f"({KEPT_SIDE:,} pixels wide are plenty) and choose it again."
                )
            kept: Picture.Image = ImageOps.exif_transpose(picture)
            clear = kept.mode in ("RGBA", "LA", "PA") or "transparency" in kept.info
            kept = kept.convert("RGBA" if clear else "RGB")
            kept.thumbnail((KEPT_SIDE, KEPT_SIDE))
    except UnidentifiedImageError as fault:
        raise UserError("The logo is no PNG or JPEG picture. Save it as one of these and choose it again.") from fault
    except (OSError, SyntaxError, ValueError, EOFError, Picture.DecompressionBombError) as fault:
        raise UserError("The logo's picture is damaged. Open it in a picture program and save it again.") from fault
    made = BytesIO()
    kept.save(made, "PNG", optimize=True)
    return made.getvalue()


class _Logo(Image):
    """`words`: what it is, for who cannot see it."""

    words = ""

    def draw(self) -> None:
        canvas: Any = self.canv
        with canvas.figure(self.words, self.drawWidth, self.drawHeight):
            super().draw()


def logo(data: bytes, width: float, height: float, words: str) -> Image:
    """The picture scaled to fit the box, left in it; `words` say what it is to who cannot see it."""
    small = BytesIO(check_logo(data))
    wide, high = ImageReader(small).getSize()
    scale = min(width / wide, height / high)
    small.seek(0)
    made = _Logo(small, width=wide * scale, height=high * scale, mask="auto", hAlign="LEFT")
    made.words = words
    return made
