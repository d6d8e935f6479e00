"""Fairness: each group with its counts, the people behind it, and voluntary answers that nothing shows."""

from __future__ import annotations

from core.store import Store
from core.work import self_identification
from tests.core.insight.build import Build
from tests.core.insight.test_fairness import answer, decided
from tests.ui.places import screen
from ui.app import App
from ui.places.fairness import FairnessPage


def place(app: App) -> FairnessPage:
    assert app.desk.go("insights")
    page = app.places["insights"].show_page("Fairness")
    app.tasks.wait_all()
    assert isinstance(page, FairnessPage)
    return page


def test_nobody_yet(app: App) -> None:
    said = screen.words(place(app))
    assert "Nobody has been decided on yet" in said
    assert "Enter answers…" not in said


def test_counts_ratio_and_what_they_are_worth(app: App, store: Store) -> None:
    build = Build(store)
    project = build.project("Labels")
    decided(build, project, 6, 34, class_year=1)
    decided(build, project, 16, 24, class_year=3)
    page = place(app)
    said = screen.words(page)
    assert "6 of 40 selected · 38 % of the highest rate · Fisher’s exact p .023" in said
    assert "to look into: 1st year." in said
    screen.press(page, "Rows: 1st year")
    assert "Labels · selected" in screen.words(app.desk)


def test_answers_are_counted_and_shown_of_no_one(app: App, store: Store) -> None:
    build = Build(store)
    people = decided(build, build.project(), 3, 9)
    page = place(app)
    screen.press(page, "Collect voluntary answers")
    page = place(app)
    assert "it takes 5 people" in screen.words(page)
    answer(store, people[1:7], "Woman")
    answer(store, [people[0], *people[7:]], "Man")
    said = screen.words(place(app))
    assert "2 of 6 selected" in said
    assert "Rows: Woman" not in said
    assert self_identification.collects(store)
