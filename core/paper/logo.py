"""The employer's logo: checked and made small at intake, so that no paper fails or grows over it."""

from __future__ import annotations

import hashlib
import warnings
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
MOST_KEPT = 1_000_000
"""Bytes of a picture that a store takes."""
_DOTS = 6
"""Pixels a point: 432 dpi."""


def check_logo(data: bytes) -> bytes:
    """The picture as papers keep it: PNG, at most KEPT_SIDE pixels a side and MOST_KEPT bytes, without camera data.

    Else UserError.
    """
    from PIL import Image as Picture
    from PIL import UnidentifiedImageError

    if not data:
        raise UserError("The logo's file is empty. Choose a PNG or JPEG picture.")
    if len(data) > MAX_BYTES:
        raise UserError(f"The logo is larger than {MAX_BYTES // 1024 // 1024} MB. Save it smaller and choose it again.")
    try:
        with warnings.catch_warnings():
            # What it warns of is refused below, in words.
            warnings.simplefilter("ignore", Picture.DecompressionBombWarning)
            with Picture.open(BytesIO(data), formats=("PNG", "JPEG")) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise _too_many(f"{in_digits(picture.width)} × {in_digits(picture.height)} pixels")
                return _small(picture)
    except Picture.DecompressionBombError as fault:
        raise _too_many(f"more than {in_digits(MAX_PIXELS)} pixels") from fault
    except UnidentifiedImageError as fault:
        raise UserError("The logo is no PNG or JPEG picture. Save it as one of these and choose it again.") from fault
    except (OSError, SyntaxError, ValueError, EOFError) as fault:
        raise UserError("The logo's picture is damaged. Open it in a picture program and save it again.") from fault


def _too_many(size: str) -> UserError:
    return UserError(
        f"The logo has {size}, too many for a letterhead. Save it smaller ({in_digits(KEPT_SIDE)} pixels wide are "
        "plenty) and choose it again."
    )


def _small(picture: Any) -> bytes:
    from PIL import ImageOps

    side = KEPT_SIDE
    picture.draft(None, (side * 2, side * 2))
    kept = ImageOps.exif_transpose(picture)
    if kept.mode.startswith("I"):
        # Sixteen bits of grey; Pillow would make white of all above the first eight.
        kept = kept.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    clear = kept.mode in ("RGBA", "LA", "PA") or "transparency" in kept.info
    kept = kept.convert("RGBA" if clear else "RGB")
    while True:
        kept.thumbnail((side, side))
        made = BytesIO()
        kept.save(made, "PNG", optimize=True)
        if made.tell() <= MOST_KEPT:
            return made.getvalue()
        side = side * 3 // 4


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
