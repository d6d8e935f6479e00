"""The glance kept for the next start: the same words as reading the store anew, and gone as soon as it could lie."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from core.insight import glance
from core.insight.today import today_view
from core.jobs.sample import fill
from core.store import Store, keys
from core.work import todos
from tests.support.stores import TODAY, new_store


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """All days are kept, however busy the machine is."""
    monkeypatch.setattr(glance, "LONGEST_KEEPING", 600.0)


@pytest.fixture
def filled(tmp_path: Path) -> Store:
    store = new_store(tmp_path)
    fill(store, TODAY)
    return store


def kept(store: Store, today: date = TODAY) -> glance.Glance | None:
    """As the next start reads it: the store is closed."""
    store.close()
    return glance.kept(store.path, store.key, today=today)


def test_it_says_what_the_store_says_on_each_day_it_is_kept_for(filled: Store) -> None:
    days = [TODAY + timedelta(days=ahead) for ahead in range(glance.DAYS_KEPT)]
    read = [glance.Glance(today_view(filled, today=day), glance.around(filled, today=day)) for day in days]
    assert read[0] != read[-1]
    assert read[0].view.waiting
    assert read[0].view.cold
    glance.keep(filled, today=TODAY)
    filled.close()
    assert [glance.kept(filled.path, filled.key, today=day) for day in days] == read
    assert glance.kept(filled.path, filled.key, today=days[-1] + timedelta(days=1)) is None
    assert glance.kept(filled.path, filled.key, today=TODAY - timedelta(days=1)) is None


def test_a_change_its_undo_and_its_redo_each_forget_it(filled: Store) -> None:
    glance.keep(filled, today=TODAY)
    steps = (lambda: todos.capture_todo(filled, "Paint the door", today=TODAY), filled.undo, filled.redo)
    for step in steps:
        glance.keep(filled, today=TODAY)
        step()
        assert glance.kept(filled.path, filled.key, today=TODAY) is None
    assert kept(filled) is None


def test_there_is_none_of_another_version_nor_with_another_key(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    glance.keep(filled, today=TODAY)
    assert kept(filled) is not None
    wrong = keys.Key(keys.new_key().raw, filled.key.salt)
    assert glance.kept(filled.path, wrong, today=TODAY) is None
    monkeypatch.setattr(glance, "VERSION", "99.0")
    assert glance.kept(filled.path, filled.key, today=TODAY) is None


def test_there_is_none_while_another_desk_has_the_store_open(filled: Store) -> None:
    glance.keep(filled, today=TODAY)
    assert glance.kept(filled.path, filled.key, today=TODAY) is None
    assert kept(filled) is not None


@pytest.mark.parametrize("body", ["", "{}", "[1, 2]", '{"view": null, "around": null}', "\x00"])
def test_one_that_does_not_read_is_none(filled: Store, body: str) -> None:
    filled.keep_views({f"glance {glance.VERSION} {TODAY.isoformat()}": body})
    assert kept(filled) is None


def test_what_is_kept_for_days_to_come_is_not_made_again(filled: Store) -> None:
    glance.keep(filled, today=TODAY)
    later = TODAY + timedelta(days=glance.DAYS_KEPT - 1)
    glance.keep(filled, today=TODAY + timedelta(days=1))
    assert max(filled.kept_views()) == f"glance {glance.VERSION} {later.isoformat()}"
    glance.keep(filled, today=later)
    assert min(filled.kept_views()) == f"glance {glance.VERSION} {later.isoformat()}"


def test_closing_does_not_wait_for_more_days_than_there_is_time_for(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glance, "LONGEST_KEEPING", 0.0)
    glance.keep(filled, today=TODAY)
    assert filled.kept_views() == {f"glance {glance.VERSION} {TODAY.isoformat()}"}
