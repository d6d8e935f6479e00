"""Keep in touch: four views, each person with why, and the steps for one or for several."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.insight.records import listing
from core.store import Store
from core.work import warm
from core.work.gather import SkillDraft
from core.work.pool import PoolDraft
from core.work.touches import TouchDraft
from tests.support import made
from tests.support.stores import TODAY
from tests.ui.places import screen
from ui.app import App
from ui.models.paged_table import PagedTable
from ui.places.pool import Pool


def kept(store: Store, name: str, days: int = 0, **said: Any) -> str:
    own = {key: said.pop(key) for key in ("graduates_on", "skills") if key in said}
    person = made.candidate(store, name, first_contact_on=TODAY - timedelta(days=days), **own)
    warm.enter_pool(store, PoolDraft(candidate_id=person, **said), today=TODAY)
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
    people = [kept(store, f"Person No{at}", 70, next_touch_on=TODAY) for at in range(3)]
    far = kept(store, "Far Away", every_days=90)
    page = place(app)
    page.table.selectAll()
    assert set(page.chosen()) == {*people, far}
    screen.choose(page, "More for those who are chosen", "Put off a month, to 22 Dec")
    assert screen.said(app) == "Put off to 22 Dec: 3 people. 1 has a later date, or none."
    entries = [row for _, row in listing(store, "pool-entries", all_columns=True).rows]
    assert {row["next_touch_on"] for row in entries} == {TODAY + timedelta(days=30), TODAY + timedelta(days=90)}
    page = place(app)
    page.table.selectAll()
    screen.press(page, "Log a contact (4)")
    screen.save(app, text="Called round")
    assert len(listing(store, "touches").rows) == 4
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


def why(page: Pool, row: int = 0) -> str:
    cells = page.table.model()
    assert isinstance(cells, PagedTable)
    return f"{cells.cell(row, 1)} | {cells.cell(row, 2)[0]}"


def test_who_goes_cold_stands_there_with_the_plan_and_is_written_to(app: App, store: Store) -> None:
    soon = date(2027, 5, 31)
    ada = kept(store, "Ada Lovelace", 50, reason="fair", every_days=45, graduates_on=soon)
    kept(store, "Bao Tran", 50, graduates_on=soon)
    page = place(app, "cold")
    assert ids(page) == [ada]
    assert "Going cold 1" in screen.words(page)
    assert why(page) == (
        "50 days without contact, the plan says every 45 days · graduates in 6 months · Met at a fair · "
        "next planned for 6 Jan 2027 | 50 d"
    )
    page.table.choose(ada)
    screen.press(page, "Write")
    assert "Good to meet you, Ada" in screen.words(screen.sheet(app))


def test_the_countdown_has_who_goes_first_on_top(app: App, store: Store) -> None:
    later = kept(store, "Later One", graduates_on=date(2027, 5, 31))
    soon = kept(store, "Soon Two", graduates_on=TODAY + timedelta(days=10))
    kept(store, "Far Three", graduates_on=date(2028, 5, 31))
    page = place(app, "graduating")
    assert ids(page) == [soon, later]
    assert [why(page, at).rpartition(" | ")[2] for at in (0, 1)] == ["in 10 days", "in 6 months"]
    assert "Graduating 2" in screen.words(page)
    page.show_view("cold")
    assert "Nobody is going cold" in screen.words(page)


def test_a_near_miss_whom_a_project_fits_is_invited_in_the_words_for_it(app: App, store: Store) -> None:
    project = made.project(store, skills=["Excel"])
    ada = kept(store, "Ada Lovelace", 30, year=2026, skills=[SkillDraft(name="Excel")])
    page = place(app, "near_miss")
    page.table.choose(ada)
    screen.press(page, "Invite")
    screen.save(app)
    QTest.qWait(1)
    assert "it was close" in screen.words(screen.sheet(app))
    assert made.status(store, project) == "open"
    assert why(place(app, "near_miss")).endswith("| asked again")


def test_a_contact_planned_for_much_later_is_not_the_one_that_was_made_now(app: App, store: Store) -> None:
    ada = kept(store, "Ada Lovelace", next_touch_on=TODAY)
    warm.plan_touch(store, TouchDraft(candidate_id=ada, on=TODAY + timedelta(days=60), text="Spring"), today=TODAY)
    page = place(app)
    page.table.choose(ada)
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    screen.save(app, text="Called")
    rows = {row["text"]: row["made_on"] for _, row in listing(store, "touches", all_columns=True).rows}
    assert rows == {"Spring": None, "Called": TODAY}
