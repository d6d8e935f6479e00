"""Returned forms as the command line prints them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from core.jobs.returned import Returned
from core.jobs.shown import as_json


def told_text(found: Sequence[Returned], taken: Collection[Returned], *, done: bool) -> str:
    return "\n".join(line for one in found for line in _lines(one, one in taken, done))


def _lines(one: Returned, taken: bool, done: bool) -> list[str]:
    whose = ", ".join(part for part in (one.what, one.whose, one.about) if part)
    outcome = ("taken in" if done else "would be taken in") if taken else "not taken in"
    lines = [f"{one.name}: {f'{whose}: ' if whose else ''}{outcome}."]
    lines += [f"  {words}" for words in (*one.problems, *one.notes, one.look) if words]
    if not done:
        lines += [f"  {line.words}: {_folded(line.value)}{_was(line.was)}" for line in one.said]
    return lines


def _was(words: str) -> str:
    return f" (in the store: {_folded(words)})" if words else ""


def _folded(words: str) -> str:
    return " / ".join(words.splitlines())


def told_json(found: Sequence[Returned], taken: Collection[Returned]) -> str:
    rows = [
        {
            "file": str(one.path),
            "what": one.what,
            "whose": one.whose,
            "about": one.about,
            "taken_in": one in taken,
            "problems": list(one.problems),
            "notes": list(one.notes),
            "look": one.look,
            "said": [{"question": line.words, "answer": line.value, "was": line.was} for line in one.said],
        }
        for one in found
    ]
    return as_json(rows)


def fault(found: Sequence[Returned], taken: Collection[Returned]) -> str:
    """Why it ends as a failure; "" where all were taken in."""
    left = len(found) - len(taken)
    return f"{left} of {len(found)} not taken in." if left else ""
