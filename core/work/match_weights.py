"""What counts how much when people and projects are matched."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from core.matching import MOST_WEIGHT, PARTS, USUAL
from core.store import Label, Store
from core.work.checks import Problems, employer


def set_weights(store: Store, wanted: Mapping[str, int | None], *, today: date) -> dict[str, int]:
    """Each from 0 to 100, and not all 0; the usual ones are not stored. FieldErrors name the parts."""
    problems = Problems()
    made = {key: int(wanted.get(key) or 0) for key in PARTS}
    for key, weight in made.items():
        problems.when(not 0 <= weight <= MOST_WEIGHT, key, f"From 0 to {MOST_WEIGHT}; 0 leaves it out.")
    problems.when(not any(made.values()), "skills", "Something has to count. Give one of them more than 0.")
    problems.raise_if_any()
    with store.change(Label.MATCH_WEIGHTS_CHANGED) as session:
        row = employer(session)
        row.match_weights = None if made == dict(USUAL) else made
    return made
