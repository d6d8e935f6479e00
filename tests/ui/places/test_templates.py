"""The page of templates in the window: search, read, begin, word anew, hide, give away and take in."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from core.store import Store
from core.template import Body, ready_made
from core.work import own_templates as own
from core.work import rubrics
from core.work.brief import project_draft
from tests.support import made
from tests.support.stores import TODAY
from tests.ui.places.screen import choose, form, press, said, save, words
from ui.app import App
from ui.places.tabbed import Tabbed
from ui.places.templates import PAST, Templates

KEY = "receipts-quarter"
NAME = "Receipts of a quarter"


def shown(app: App) -> Templates:
    app.desk.go("projects")
    place = cast("Templates", app.places["projects"].show_page("Templates"))
    app.tasks.wait_all()
    return place


def test_the_whole_template_is_read_at_the_right(app: App) -> None:
    place = shown(app)
    place.choose(KEY)
    body, read = ready_made()[KEY], words(place.page)
    for one in (body.title, body.outcome, body.why_it_matters, body.ai_policy, *body.learning_objectives, *body.skills):
        assert one in read
    for part in (*body.milestones, *body.questions):
        assert part.text in read
    for criterion in body.criteria:
        assert all(level in read for level in (criterion.name, *criterion.levels))
    assert "$23 an hour" in read


def test_search_narrows_the_list_and_says_when_nothing_is_left(app: App) -> None:
    place = shown(app)
    place.search.setText("rECEIPTs")
    place.search.changed.emit()
    assert place._model.ids == [KEY]
    place.search.setText("zebra")
    place.search.changed.emit()
    assert place._model.ids == []
    assert "Nothing here says that" in words(place.page)
    place.search.clear()
    assert len(place._model.ids) == len(ready_made())


def test_a_project_is_started_from_it_and_has_the_rubric(app: App, store: Store, qtbot: QtBot) -> None:
    place = shown(app)
    place.choose(KEY)
    primary = place.primary()
    assert primary.words == "Start a project"
    primary.run()
    save(app, title="Receipts of spring")
    row_id = form_row(app)
    draft = project_draft(store, row_id)
    assert (draft.title, draft.template_key, draft.template_name) == ("Receipts of spring", KEY, NAME)
    assert rubrics.rubric_draft(store, row_id) is not None
    # The desk goes to the new project.
    qtbot.waitUntil(lambda: cast("Tabbed", app.places["projects"]).tabs.current() == 0)
    assert "1 project begun from it" in words(shown(app).page)


def form_row(app: App) -> str:
    """The project that was made last."""
    from core.insight.templates import past_projects

    return past_projects(app.store)[0].key


def test_a_past_project_is_begun_again(app: App, store: Store) -> None:
    project_id = made.project(store)
    place = shown(app)
    place.tabs.choose(PAST)
    assert place._model.ids == [project_id]
    place.primary().run()
    save(app, title="Once more")
    place = shown(app)
    assert [project_draft(store, one).title for one in place._model.ids] == ["Once more", "Clean the mailing list"]


def test_a_past_project_is_kept_as_a_template(app: App, store: Store) -> None:
    made.project(store)
    place = shown(app)
    place.tabs.choose(PAST)
    press(place.page, "Save as a template…: Clean the mailing list")
    save(app, name="Mailing lists")
    place.tabs.choose(0)
    assert "Mailing lists" in [place._rows[key].name for key in place._model.ids]
    assert "1 of your own" in place.subtitle()


def test_hide_and_show_again(app: App, store: Store) -> None:
    place = shown(app)
    place.choose(KEY)
    choose(place.page, f"More for {NAME}", "Hide")
    assert KEY not in place._model.ids
    assert "1 hidden" in place.subtitle()
    choose(place, "More for templates", "Show hidden ones")
    place.choose(KEY)
    choose(place.page, f"More for {NAME}", "Show it again")
    assert "hidden" not in place.subtitle()


def test_own_words_and_back_to_ours(app: App, store: Store) -> None:
    place = shown(app)
    place.choose(KEY)
    press(place.page, f"Edit: {NAME}")
    save(app, outcome="All of it in one folder, counted.")
    assert "All of it in one folder, counted." in words(place.page)
    assert "ready-made, in your words" in words(place.page)
    choose(place.page, f"More for {NAME}", "Back to our words")
    assert ready_made()[KEY].outcome in words(place.page)
    store.undo()
    place.refresh()
    assert "All of it in one folder, counted." in words(place.page)


def test_ones_own_is_removed(app: App, store: Store) -> None:
    key = own.add_template(store, Body(name="Window", title="A window", hours=8), today=TODAY)
    place = shown(app)
    place.choose(key)
    choose(place.page, "More for Window", "Remove")
    assert key not in place._model.ids
    assert "keep its name" in said(app)


def test_one_is_given_away_and_another_taken_in(
    app: App, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "given.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(out), ""))
    place = shown(app)
    place.choose(KEY)
    choose(place.page, f"More for {NAME}", "Save as a file…")
    assert own.read_template(out) == ready_made()[KEY]
    choose(place, "More for templates", "Take in a file…")
    assert form(app).form.values()["title"] == ready_made()[KEY].title
    save(app, name="Receipts, their way")
    assert "Receipts, their way" in [place._rows[key].name for key in place._model.ids]
    out.write_text("hours = 'many'", "utf-8")
    choose(place, "More for templates", "Take in a file…")
    assert "a whole number" in said(app)


def test_people_s_words_are_shown_as_they_are(app: App, store: Store) -> None:
    body = Body(name="<b>Bold</b> & co", title="<img src=x>", outcome="<script>", hours=8)
    key = own.add_template(store, body, today=TODAY)
    place = shown(app)
    place.choose(key)
    read = words(place.page)
    assert "<b>Bold</b> & co" in read
    assert "<script>" in read
