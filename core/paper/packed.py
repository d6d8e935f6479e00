"""Parts of a file in its own words already, and packed once: what letters to many have alike is written once."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFObject, PDFStream

_KEPT = 32
_MOST_KEPT = 1_000_000
"""Bytes of one content; the rare larger one is packed anew."""


class Written(PDFObject):
    """ReportLab writes six hundred numbers one by one as slowly as a page."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def format(self, _document: Any) -> bytes:
        return self.data


def numbers(values: Iterable[int | float]) -> Written:
    """An array."""
    return Written(b"[" + b" ".join(f"{value:g}".encode("ascii") for value in values) + b"]")


def stream(content: bytes, **entries: Any) -> PDFStream:
    packed = _packed(content) if len(content) <= _MOST_KEPT else zlib.compress(content)
    return PDFStream(PDFDictionary(entries | {"Filter": PDFName("FlateDecode")}), packed, filters=[])


@lru_cache(_KEPT)
def _packed(content: bytes) -> bytes:
    return zlib.compress(content)
