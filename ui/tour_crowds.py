"""How places look with no project, with a few and with hundreds: stores made on the fly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from core import clock
from core.jobs.crowd import crowd
from core.store import Store, keys
from ui.app import App

COUNTS = (0, 12, 300)
SHOWN = (("year", ""), ("projects", "Board"))
"""Places, and the page of theirs that a crowd is looked at on."""


@contextmanager
def crowded(count: int, size: tuple[int, int]) -> Iterator[App]:
    """A desk on a store of `count` made-up projects; both are gone afterwards."""
    with TemporaryDirectory(prefix="foothold-") as folder:
        store = Store.create(Path(folder) / "Crowd.foothold", keys.new_key(), "Example Works", "Robin Example")
        crowd(store, count, clock.today())
        app = App(store, None)
        app.desk.resize(*size)
        app.desk.show()
        try:
            yield app
        finally:
            app.desk.hide()
            app.close()
            app.desk.deleteLater()


def crowds(size: tuple[int, int], counts: Sequence[int] = COUNTS) -> Iterator[tuple[str, App]]:
    """Each of SHOWN with each count: ("place-year-300", the desk that shows it)."""
    for count in counts:
        with crowded(count, size) as app:
            for place, page in SHOWN:
                if not app.desk.go(place):
                    continue
                shown = app.places[place]
                if page:
                    if page not in shown.pages:
                        continue
                    shown.show_page(page)
                app.tasks.wait_all()
                yield f"place-{page.lower() or place}-{count}", app
