"""Pay on the desk: what is to pay, payments corrected and removed, payees held against the threshold, the file."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QFileDialog

from core.model import Engagement, HourEntry, Payment
from core.store import Label, Store
from core.work import pay, payees, run
from tests.support import made
from tests.support.stores import TODAY
from tests.ui.places.screen import choose, form, press, said, save, sheet, words
from ui.app import App
from ui.places.pay import DUE, PAYEES, WENT, Pay
from ui.places.projects import Projects
from ui.tour import settle

HOSTILE = "<b>Ana</b> =HYPERLINK('x') & Sons " + "von und zu Hohenstaufen " * 3
DAY = timedelta(days=1)


def shown(app: App, at: int = DUE) -> Pay:
    app.desk.go("projects")
    page = cast("Pay", cast("Projects", app.places["projects"]).show_page("Pay"))
    page.tabs.choose(at)
    page.refresh()
    app.desk.refresh_head()
    return page


def accepted(store: Store, name: str = "Ada Lovelace") -> str:
    person = made.candidate(
        store, name, emails=[f"{''.join(filter(str.isalpha, name)).casefold()[:9]}@northfield.example.edu"]
    )
    row = made.engagement(store, made.application(store, made.project(store), person))
    for step in (run.start, run.deliver, run.accept_work):
        step(store, row, today=TODAY)
    return row


def cells(page: Pay) -> list[list[str]]:
    model = page.tables[page.tabs.current()].model()
    return [
        [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_an_empty_place_says_what_goes_there(app: App) -> None:
    assert "Nothing to pay yet" in words(shown(app))
    press(app.desk, "Record payment")
    form(app).try_save()
    assert "Choose whose work it pays" in form(app).form.rows["engagement_id"].error.text()


def test_what_is_due_is_paid_from_its_line(app: App, store: Store) -> None:
    accepted(store, HOSTILE)
    page = shown(app)
    assert [(row[2], row[3]) for row in cells(page)] == [("due today", "$360")]
    assert "$360 to pay now for 1 engagement" in page.subtitle()
    assert "W-2 or contractor: not said yet" in words(page)
    press(app.desk, "Record payment")
    assert "contractor’s fee" in words(sheet(app))
    save(app, amount=10_000, reference="1041")
    assert [row[2] for row in cells(page)] == ["due today, part-paid"]
    assert "$260 open" in words(page)


def test_a_payment_twice_is_held_and_one_is_removed_and_brought_back(app: App, store: Store) -> None:
    row = accepted(store)
    pay.record_payment(store, pay.PaymentDraft(engagement_id=row, amount=10_000, reference="7"), today=TODAY)
    page = shown(app)
    app.open_form("payments", engagement_id=row)
    made_form = form(app)
    made_form.form.set_values({"amount": 10_000})
    assert not made_form.try_save()
    assert "This looks like the one recorded on" in made_form.problem.words.text()
    made_form.why.set_value("Two checks that day")
    assert made_form.try_save()
    page.tabs.choose(WENT)
    settle(app.desk)
    assert len(cells(page)) == 2
    choose(page.side, "More for the payment: $100 of 22 Nov 7", "Remove…")
    save(app, reason="It never went")
    assert len(cells(page)) == 1
    store.undo()
    page.refresh()
    assert len(cells(page)) == 2


def test_words_kept_for_another_keep_their_own_terms(app: App, store: Store) -> None:
    first, second = accepted(store), accepted(store, "Grace Hopper")
    app.open_form("payments", chosen=first)
    form(app).form.set_values({"engagement_id": second, "amount": 12_000})
    form(app).keep()
    app.desk.close_sheet()
    app.open_form("payments", chosen=first)
    assert "did not save is here again" in form(app).problem.words.text()
    save(app)
    assert pay.engagement_balance(store, second).paid == 12_000
    assert pay.engagement_balance(store, first).paid == 0


def test_payments_are_filtered_and_the_sum_follows(app: App, store: Store) -> None:
    row = accepted(store)
    for amount, on, source in ((10_000, TODAY, "employer"), (5_000, TODAY.replace(year=2025), "campus_grant")):
        draft = pay.PaymentDraft(engagement_id=row, amount=amount, paid_on=on, paid_from=source)
        pay.record_payment(store, draft, today=TODAY)
    page = shown(app, WENT)
    assert "1 payment: $100" in words(page)
    page._set(year=None)
    assert "2 payments: $150" in words(page)
    page._set(paid_from="campus_grant")
    assert [one[6] for one in cells(page)] == ["$50"]
    press(page, "Filter: From: campus grant. Press to remove")
    assert len(cells(page)) == 2
    page.search.setText("nobody")
    assert "No payment here" in words(page)


def test_a_payee_over_the_threshold_is_red_and_the_threshold_is_changed_here(app: App, store: Store) -> None:
    row = accepted(store)
    draft = pay.PaymentDraft(engagement_id=row, amount=200_000)
    pay.record_payment(store, draft, today=TODAY, reason="Agreed by phone")
    page = shown(app, PAYEES)
    assert [(one[2], one[3], one[4]) for one in cells(page)] == [("W-2 or contractor?", "1099-NEC is due", "$2,000")]
    assert "The threshold is reached" in words(page.side)
    press(page, "Change the yearly threshold…")
    save(app, year=2026, amount=400_000)
    assert [one[3] for one in cells(page)] == ["50 %"]


def test_w2_pay_under_the_minimum_is_said_and_leads_to_the_fee(app: App, store: Store) -> None:
    row = accepted(store)
    with store.change(Label.HOURS_LOGGED) as session:
        session.add(HourEntry(engagement_id=row, worked_on=TODAY, minutes=100 * 60))
    page = shown(app)
    person = page._rows[0].candidate_id
    wages = payees.PayeeDraft(candidate_id=person, worker_type="w2", worker_type_why="At our hours")
    payees.set_payee(store, wages, today=TODAY)
    page.refresh()
    assert "under the legal minimum of $7.25" in words(page.side)
    press(page.side, f"Change the fee: {page._rows[0].gap.words}")  # type: ignore[union-attr]
    assert form(app).noun == "instalments"
    save(app, fee=36_000, parts=[(18_000, TODAY), (18_000, None)])
    assert "Due in parts" in words(page.side)


def test_the_bookkeepers_file(app: App, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = accepted(store)
    page = shown(app, WENT)
    press(page, "For the bookkeeper…")
    form(app).try_save()
    assert "No payment went" in form(app).problem.words.text()
    app.desk.close_sheet()
    pay.record_payment(store, pay.PaymentDraft(engagement_id=row, amount=10_000), today=TODAY)
    press(page, "For the bookkeeper…")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_, **__: str(tmp_path)))
    save(app)
    assert (tmp_path / "Payments 2026.xlsx").exists()
    assert said(app) == "Payments 2026.xlsx: 1 in it."


def test_two_hundred_rows_stay_quick(app: App, store: Store) -> None:
    row = accepted(store)
    with store.read() as session:
        person = session.get_one(Engagement, row).candidate_id
    with store.change(Label.SAMPLE_MADE) as session:
        for number in range(200):
            session.add(
                Payment(
                    engagement_id=row, candidate_id=person, amount=100 + number, paid_on=TODAY - number * DAY,
                    reference=f"No. {number}",
                )
            )  # fmt: skip
    page = shown(app, WENT)
    page._set(year=None)
    began = time.perf_counter()
    page.refresh()
    settle(app.desk)
    assert time.perf_counter() - began < 2
    assert len(cells(page)) == 200
