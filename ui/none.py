"""Keeps None and its like alive under Python 3.11.

PySide6 6.12 is built for Pythons where None, True and False are immortal (3.12 on). Under 3.11 each call that returns
None through it takes one reference away and gives none back: 400 calls of `QWidget.update()` cost 400 references. After
some seconds of a real window the count is nought and the interpreter stops with "deallocating None"; the same was seen
with True at the end of a program. A count that no program can use up does under 3.11 what 3.12 does by itself.
"""

from __future__ import annotations

import ctypes
import sys

ENOUGH = 1 << (60 if sys.maxsize > 1 << 32 else 29)


def keep_alive() -> None:
    """Does nothing from Python 3.12 on, nor a second time."""
    if sys.version_info >= (3, 12):
        return
    for one in (None, True, False, NotImplemented, ..., (), "", b"", *range(-5, 257)):
        if sys.getrefcount(one) < ENOUGH // 2:
            ctypes.c_ssize_t.from_address(id(one)).value += ENOUGH
