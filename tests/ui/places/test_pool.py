"""Keep in touch: four views, each person with why, and the steps for one or for several."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.insight.records import listing
from core.store import Store
from core.work import warm
from core.work.pool import PoolDraft
from core.work.touches import TouchDraft
from tests.support import made
from tests.support.stores import TODAY
from tests.ui.places import screen
from ui.app import App
from ui.places.pool import Pool


def kept(store: Store, name: str, days: int = 0, **said: object) -> str:
    person = made.candidate(store, name, first_contact_on=TODAY - timedelta(days=days))
    warm.enter_pool(store, PoolDraft(candidate_id=person, **said), today=TODAY)  # type: ignore[arg-type]
    return person


def place(app: App, view: str = "next") -> Pool:
    assert app.desk.go("candidates")
    page = app.places["candidates"].show_page("Keep in touch")
    page.show_view(view)
    app.tasks.wait_all()
    assert isinstance(page, Pool)
    return page


def ids(page: Pool) -> list[str]:
    return list(page.table.model().ids)  # type: ignore[attr-defined]


def test_nobody_yet_says_what_goes_there(app: App) -> None:
    empty = {"next": "Nobody to write to", "cold": "Nobody is going cold", "near_miss": "No near-misses"}
    for view, words in empty.items():
        assert words in screen.words(place(app, view))


def test_each_view_has_its_people_and_is_counted(app: App, store: Store) -> None:
    ada, bao = kept(store, "Ada Lovelace", 70, year=2026), kept(store, "Bao Tran", 10, reason="fair")
    page = place(app)
    assert ids(page) == [bao, ada]
    assert "Next 2" in screen.words(page)
    assert ids(place(app, "near_miss")) == [ada]
    assert ids(place(app, "cold")) == []


def test_space_logs_a_contact_and_the_next_date_moves_on(app: App, store: Store) -> None:
    ada = kept(store, "Ada Lovelace", 70)
    warm.plan_touch(store, TouchDraft(candidate_id=ada, on=TODAY, text="After midterms"), today=TODAY)
    page = place(app)
    page.table.choose(ada)
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    screen.save(app)
    rows = [row for _, row in listing(store, "touches", all_columns=True).rows]
    assert [(row["text"], row["made_on"]) for row in rows] == [("After midterms", TODAY)]
    assert ids(place(app)) == [ada]


def test_a_row_that_is_gone_to_stays_chosen_while_ctrl_is_held(app: App, store: Store) -> None:
    ada, bao = kept(store, "Ada Lovelace", 70), kept(store, "Bao Tran")
    page = place(app)
    for modifier in (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier):
        QTest.keyClick(page.table, Qt.Key.Key_F12, modifier)
        for person in (bao, ada, ada):
            page.table.choose(person)
            assert page.chosen() == [person]
        page.ask()
        assert page.chosen() == [ada]
    page.table.show_ids([])
    page.ask()
    assert len(page.chosen()) == 1


def test_several_are_put_off_and_logged_at_once(app: App, store: Store) -> None:
    people = [kept(store, f"Person No{at}", 70) for at in range(3)]
    page = place(app)
    page.table.selectAll()
    assert set(page.chosen()) == set(people)
    later = TODAY + timedelta(days=30)
    screen.choose(page, "More for those who are chosen", "Put off a month, to 22 Dec")
    entries = [row for _, row in listing(store, "pool-entries", all_columns=True).rows]
    assert {row["next_touch_on"] for row in entries} == {later}
    page = place(app)
    page.table.selectAll()
    screen.press(page, "Log a contact (3)")
    screen.save(app, text="Called round")
    assert len(listing(store, "touches").rows) == 3
    store.undo()
    assert listing(store, "touches").rows == []


def test_how_often_is_changed_from_there(app: App, store: Store) -> None:
    ada = kept(store, "Ada Lovelace")
    page = place(app)
    page.table.choose(ada)
    screen.choose(page, "More for those who are chosen", "How often, by reason…")
    screen.save(app, every_days="30")
    (entry,) = [row for _, row in listing(store, "pool-entries", all_columns=True).rows]
    assert entry["next_touch_on"] == TODAY + timedelta(days=30)
