"""A report of what broke in Foothold itself: types, frames and versions, and nobody's data."""

from __future__ import annotations

import platform
import re
from contextlib import suppress
from pathlib import Path
from traceback import extract_tb

from core import VERSION, clock, portable

_ROOT = Path(__file__).resolve().parents[2]


def words_of(error: BaseException) -> str:
    """No message, no local, no path outside the program: any of them may carry what people typed."""
    lines = [f"Foothold {VERSION}, Python {platform.python_version()}, {platform.system()} {platform.release()}"]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        for frame in extract_tb(seen.__traceback__):
            path = Path(frame.filename)
            name = path.relative_to(_ROOT).as_posix() if path.is_relative_to(_ROOT) else path.name
            lines.append(f"  {name}:{frame.lineno} in {frame.name}")
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return "\n".join(lines) + "\n"


def write_report(error: BaseException) -> Path | None:
    """Where the report stands; None where it could not be written."""
    from platformdirs import user_log_dir

    stamp = re.sub(r"[^0-9]", "", clock.now().isoformat(timespec="seconds").split("+")[0])
    path: Path | None = None
    try:
        folder = portable.folder() or Path(user_log_dir("Foothold", appauthor=False, ensure_exists=True))
        path = folder / f"report-{stamp}.txt"
        path.write_text(words_of(error), encoding="utf-8")
    except OSError:
        if path is not None:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        return None
    return path
