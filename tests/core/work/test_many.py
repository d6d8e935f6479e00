"""A change of very many rows: it can be stopped at any moment, also while it is written down or taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.ids import new_id
from core.model import Candidate
from core.store import Label, Store
from core.work.tags import set_tags
from core.work.touches import TouchDraft, add_touches
from tests.support import made
from tests.support.stores import TODAY
from tests.support.tables import tables

MANY = 2_400


class Stopped(Exception):
    pass


def stopping(after: int) -> Callable[..., None]:
    """Lets so many steps go by, then stops the work."""
    left = [after]

    def step(*_: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Stopped

    return step


@pytest.fixture
def ids(store: Store) -> list[str]:
    made.candidate(store, "Zoë Apart", notes="violin")
    made.project(store, title="Violin repair")
    with store.change(Label.CANDIDATES_IMPORTED) as session:
        rows = [Candidate(id=new_id(), number=at + 10, first_name=f"No{at}") for at in range(MANY)]
        session.add_all(rows)
        return [row.id for row in rows]


def words(store: Store, query: str) -> int:
    return len(store.search(query, 10_000))


def test_the_index_is_right_after_a_change_of_most_of_it_and_its_undo(store: Store, ids: list[str]) -> None:
    before = tables(store)
    set_tags(store, ids, ["Winterfair"], today=TODAY)
    assert (words(store, "winterfair"), words(store, "violin"), words(store, "No77")) == (MANY, 2, 11)
    assert store.check() == []
    set_tags(store, ids, [], ["Winterfair"], today=TODAY)
    assert words(store, "winterfair") == 0
    store.undo()
    assert words(store, "winterfair") == MANY
    store.undo()
    assert (words(store, "winterfair"), words(store, "violin")) == (0, 2)
    assert store.check() == []
    assert tables(store) == before


def test_it_stops_at_any_step_and_leaves_no_trace(store: Store, ids: list[str]) -> None:
    before = tables(store)
    for after in (1, 6, 9, 12):
        with pytest.raises(Stopped):
            set_tags(store, ids, ["Fair"], today=TODAY, progress=stopping(after))
        with pytest.raises(Stopped):
            add_touches(store, ids, TouchDraft(kind="mail"), today=TODAY, progress=stopping(after))
    assert tables(store) == before
    assert words(store, "fair") == 0
    assert store.check() == []


def test_an_undo_stops_too_and_can_be_done_again(store: Store, ids: list[str]) -> None:
    set_tags(store, ids, ["Fair"], today=TODAY)
    tagged = tables(store)
    ahead = store.can_undo()
    assert ahead is not None
    assert ahead.rows == MANY + 1
    for after in (0, 4, 8, 16):
        with pytest.raises(Stopped):
            store.undo(step=stopping(after))
        assert tables(store) == tagged
    store.undo(step=stopping(10_000))
    assert words(store, "fair") == 0
    with pytest.raises(Stopped):
        store.redo(step=stopping(6))
    store.redo()
    assert tables(store) == tagged
