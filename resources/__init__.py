"""Files that ship with the program."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def path(name: str) -> Path:
    """Where a shipped file lies (`fonts/NotoSans-Regular.ttf`), from a checkout, a wheel or a frozen program."""
    return Path(str(files(__name__).joinpath(*name.split("/"))))
