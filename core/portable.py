"""A program on a stick: with a folder “Foothold data” beside it, settings, new stores and reports lie in there."""

from __future__ import annotations

import os
import sys
from pathlib import Path

NAME = "Foothold data"


def folder() -> Path | None:
    """None for a program that is installed or run from source. FOOTHOLD_DATA names a folder outright."""
    if named := os.environ.get("FOOTHOLD_DATA"):
        return Path(named)
    if not getattr(sys, "frozen", False):
        return None
    program = Path(sys.executable).resolve().parent
    # On macOS the program lies in Foothold.app/Contents/MacOS, and “beside” is beside the bundle.
    bundle = next((one for one in program.parents if one.suffix == ".app"), None)
    places = [bundle.parent if bundle else program]
    # The setup for Windows lays the program into a folder of its own, which an upgrade swaps.
    if program.name == "app":
        places.append(program.parent)
    return next((place / NAME for place in places if (place / NAME).is_dir()), None)
