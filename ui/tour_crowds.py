"""How places look with nothing in them, with a little and with far more than anyone has: stores made on the fly."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from core import clock
from core.jobs.crowd import crowd
from core.jobs.crowd_people import people_crowd
from core.store import Store, keys
from ui.app import App
from ui.places.tabbed import Tabbed


@dataclass(frozen=True)
class Crowd:
    """`shown`: places, and the pages of theirs that it is looked at on; none: every page that the place has."""

    lay: Callable[[Store, int, date], None]
    counts: tuple[int, ...]
    shown: tuple[tuple[str, tuple[str, ...]], ...]


CROWDS = {
    "projects": Crowd(crowd, (0, 12, 300), (("year", ("Year",)), ("projects", ("Board",)))),
    "people": Crowd(people_crowd, (0, 60, 100_000), (("candidates", ()),)),
}


@contextmanager
def crowded(kind: Crowd, count: int, size: tuple[int, int]) -> Iterator[App]:
    """A desk on a store with `count` of them; both are gone afterwards."""
    with TemporaryDirectory(prefix="foothold-") as folder:
        store = Store.create(Path(folder) / "Crowd.foothold", keys.new_key(), "Example Works", "Robin Example")
        kind.lay(store, count, clock.today())
        app = App(store, None)
        app.desk.resize(*size)
        app.desk.show()
        try:
            yield app
        finally:
            app.tasks.wait_all()
            app.desk.hide()
            app.close()
            app.desk.deleteLater()


def crowds(size: tuple[int, int], name: str = "", counts: Sequence[int] = ()) -> Iterator[tuple[str, App]]:
    """Each page of a crowd, or of all, with each count: ("place-projects-board-300", the desk that shows
    it)."""
    for kind in [CROWDS[name]] if name else CROWDS.values():
        for count in counts or kind.counts:
            with crowded(kind, count, size) as app:
                yield from _pages(kind, count, app)


def _pages(kind: Crowd, count: int, app: App) -> Iterator[tuple[str, App]]:
    for place, wanted in kind.shown:
        if not app.desk.go(place):
            continue
        shown = app.places[place]
        if not isinstance(shown, Tabbed):
            raise TypeError(place)
        for page in wanted or shown.pages:
            shown.show_page(page)
            app.tasks.wait_all()
            yield f"place-{place}-{page.lower().replace(' ', '-')}-{count}", app
