"""Days, money and numbers on the screen as the employer's country writes them, from the first page on."""

from __future__ import annotations

from core import formats
from core.insight.office import country
from core.store import Changes, Store
from ui.bus import Bus

_EVERYWHERE = frozenset({"applications", "candidates", "employers", "engagements", "offers", "payments", "projects",
                         "templates", "to_dos", "touches"})  # fmt: skip
"""What every page that shows a day or a sum listens for."""


def follow(store: Store, bus: Bus) -> None:
    """Tells the bus what changed in the store; where the country did, all that is shown is written anew."""
    formats.use(country(store))

    def heard(changes: Changes) -> None:
        anew = "templates" in changes.nouns and formats.use(country(store))
        bus.tell(changes.nouns | _EVERYWHERE if anew else changes.nouns)

    store.listen(heard)
