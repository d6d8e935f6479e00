"""The square code on a picture of a form: read in a process apart, as any file from outside."""

from __future__ import annotations

import io
import json
import warnings
from collections.abc import Callable

from core.exchange import apart

_MOST_PIXELS = 60_000_000
_SIDE = 4_000
"""Pixels of a side that are looked at; more would cost memory, and no square is printed that small."""


_BEGIN = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM", b"II*\0", b"MM\0*")


def is_picture(data: bytes) -> bool:
    """By how it begins; not what a phone calls HEIC, which nothing here reads."""
    return data.startswith(_BEGIN) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def codes_on(data: bytes, *, step: Callable[[], object] | None = None) -> list[str]:
    """What looks like a code; none on what is no picture. UserError or SystemFault: see core.exchange.apart."""
    found: list[str] = json.loads(apart.run("picture", data, step=step))
    return found


def answer(data: bytes) -> bytes:
    """JSON: the codes."""
    import zxingcpp
    from PIL import Image

    from core.exchange.returned_apart import codes_in

    found: list[str] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF")) as picture:
                picture.draft("L", (_SIDE, _SIDE))
                if picture.width * picture.height <= _MOST_PIXELS:
                    grey = picture.convert("L")
                    grey.thumbnail((_SIDE, _SIDE))
                    kinds = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
                    found = [code for one in zxingcpp.read_barcodes(grey, formats=kinds) for code in codes_in(one.text)]
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a picture that cannot be read bears no code
        found = []
    return json.dumps(found).encode()
