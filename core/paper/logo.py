"""The employer's logo: checked and made small at intake, so that no paper fails or grows over it."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFImageXObject
from reportlab.platypus import Flowable

from core.errors import UserError
from core.text import in_digits

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 40_000_000
KEPT_SIDE = 1_200
"""The longest side kept, in pixels: 600 dpi at the largest size at which papers print a logo."""
_DOTS = 6
"""Pixels a point: 432 dpi."""


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
                    f"The logo has {in_digits(width)} × {in_digits(height)} pixels, "
                    "too many for a letterhead. Save it smaller "
                    f"({in_digits(KEPT_SIDE)} pixels wide are plenty) and choose it again."
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


@dataclass(frozen=True, slots=True)
class _Kept:
    """A picture as files take it: its pixels and how clear each is (b"": none is), both compressed."""

    name: str
    size: tuple[int, int]
    pixels: bytes
    clear: bytes


@lru_cache(4)
def _kept(data: bytes, width: int, height: int) -> _Kept:
    """Made once for many papers, no larger than it is printed; compressing it again would cost more than a letter."""
    from PIL import Image as Picture

    with Picture.open(BytesIO(check_logo(data)), formats=("PNG",)) as picture:
        picture.thumbnail((width * _DOTS, height * _DOTS), Picture.Resampling.LANCZOS)
        clear = picture.getchannel("A").tobytes() if picture.mode == "RGBA" else b""
        pixels = picture.convert("RGB").tobytes()
        name = hashlib.sha256(pixels + clear).hexdigest()[:24]
        return _Kept(name, picture.size, zlib.compress(pixels, 9), zlib.compress(clear, 9) if clear else b"")


class Logo(Flowable):
    """`words`: what it is, for who cannot see it."""

    def __init__(self, kept: _Kept, scale: float, words: str) -> None:
        super().__init__()
        self.kept, self.words = kept, words
        self.width, self.height = (side * scale for side in kept.size)

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas: Any = self.canv
        with canvas.figure(self.words, self.width, self.height):
            _place(canvas._doc, self.kept)  # noqa: SLF001 - ReportLab has no other way to a document's objects
            canvas.saveState()
            canvas.scale(self.width, self.height)
            canvas.doForm(self.kept.name)
            canvas.restoreState()


def _place(doc: Any, kept: _Kept) -> None:
    """The picture among the document's objects, once."""
    if doc.hasForm(kept.name):
        return
    picture = _object(kept.name, kept.size, kept.pixels, "DeviceRGB")
    if kept.clear:
        picture.smask = doc.Reference(_object(f"{kept.name}-clear", kept.size, kept.clear, "DeviceGray"))
    doc.addForm(kept.name, picture)


def _object(name: str, size: tuple[int, int], stream: bytes, colours: str) -> Any:
    made: Any = PDFImageXObject(name)
    made.width, made.height = size
    made.bitsPerComponent, made.colorSpace = 8, colours
    made.streamContent, made._filters = stream, ("FlateDecode",)  # noqa: SLF001 - as its own loaders set it
    return made


def logo(data: bytes, width: float, height: float, words: str) -> Logo:
    """The picture scaled to fit the box, left in it; `words` say what it is to who cannot see it."""
    kept = _kept(data, round(width), round(height))
    return Logo(kept, min(width / kept.size[0], height / kept.size[1]), words)
