"""Keeps None alive under Python 3.11.

PySide6 6.12 is built for Pythons where None is immortal (3.12 on). Under 3.11 each call that returns None through it takes
one reference to None away and gives none back: measured, 400 calls of `QWidget.update()` cost 400 references. After some
seconds of a real window the count is nought and the interpreter stops with "deallocating None". A count that no program
can use up does under 3.11 what 3.12 does by itself.
"""

from __future__ import annotations

import ctypes
import sys

ENOUGH = 1 << (60 if sys.maxsize > 1 << 32 else 29)


def keep_alive() -> None:
    """Does nothing from Python 3.12 on, nor a second time."""
    if sys.version_info < (3, 12) and sys.getrefcount(None) < ENOUGH // 2:
        count = ctypes.c_ssize_t.from_address(id(None))
        count.value += ENOUGH
