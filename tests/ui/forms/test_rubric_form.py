"""Building a rubric: criteria moved, removed, picked out of the library, weighed with a reason, copied."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from core.store import Store
from core.work import evaluate, rubric_files, rubrics
from core.work import own_rubrics as own
from core.work.brief import ProjectDraft
from core.work.plan import add_project
from tests.journeys.hand import Hand
from tests.support import made
from tests.support.stores import TODAY
from ui.forms.criteria_field import CriteriaField
from ui.forms.rubric import _Builder
from ui.widgets.form_row import entry

GENERAL = rubrics.ready_made()["general"]
NAMES = [one.name for one in GENERAL.criteria]


def building(hand: Hand, store: Store) -> str:
    project = made.project(store)
    hand.app.open_form("rubrics", project_id=project)
    hand.rest()
    return project


def field(hand: Hand) -> CriteriaField:
    inside = hand.form
    assert isinstance(inside, _Builder)
    return inside.criteria


def names(hand: Hand) -> list[str]:
    return [one["name"] for one in field(hand).value()]


def kept(store: Store, project: str) -> list[str]:
    draft = rubrics.rubric_draft(store, project)
    return [] if draft is None else [one.name for one in draft.criteria]


def test_criteria_are_moved_removed_and_added(hand: Hand, store: Store) -> None:
    project = building(hand, store)
    assert names(hand) == NAMES
    hand.click("Move down: criterion 1")
    assert names(hand) == [NAMES[1], NAMES[0], NAMES[2], NAMES[3]]
    hand.click("Remove: criterion 3")
    assert names(hand) == [NAMES[1], NAMES[0], NAMES[3]]
    hand.click("Add an empty criterion")
    assert QApplication.focusWidget() is entry(field(hand)._cards[3].rows["name"].field)
    assert "Name the criterion" in refused(hand)
    hand.click("Remove: criterion 4")
    hand.save()
    assert kept(store, project) == [NAMES[1], NAMES[0], NAMES[3]]


def refused(hand: Hand) -> str:
    hand.press("Ctrl+S")
    assert hand.sheet is not None
    return "\n".join([hand.text(), hand.problems()])


def test_by_keys_alone_a_criterion_goes_up_and_down_and_keeps_the_keyboard(hand: Hand, store: Store) -> None:
    building(hand, store)
    level = entry(field(hand)._cards[2].rows["level_2"].field)
    level.setFocus()
    hand.press("Alt+Up", level)
    assert names(hand) == [NAMES[0], NAMES[2], NAMES[1], NAMES[3]]
    assert QApplication.focusWidget() is level
    hand.press("Alt+Up", level)
    hand.press("Alt+Up", level)
    hand.press("Alt+Down", level)
    assert names(hand) == [NAMES[0], NAMES[2], NAMES[1], NAMES[3]]


def test_at_the_end_the_arrow_hands_the_keyboard_to_the_other(hand: Hand, store: Store) -> None:
    building(hand, store)
    card = field(hand)._cards[1]
    card.earlier.setFocus()
    QTest.keyClick(card.earlier, Qt.Key.Key_Space)
    hand.rest()
    assert names(hand)[0] == NAMES[1]
    assert QApplication.focusWidget() is card.later


def test_what_is_wrong_stands_at_the_criterion(hand: Hand, store: Store) -> None:
    building(hand, store)
    card = field(hand)._cards[1]
    card.rows["level_3"].field.set_value(" ")  # type: ignore[attr-defined]
    refused(hand)
    assert "Say what one can observe at level 3" in card.rows["level_3"].error.text()
    assert QApplication.focusWidget() is entry(card.rows["level_3"].field)
    hand.type(entry(card.rows["level_3"].field), "Names each source.")
    assert not card.rows["level_3"].error.isVisible()


def test_too_few_and_two_of_one_name_are_said_at_the_criteria(hand: Hand, store: Store) -> None:
    building(hand, store)
    hand.click("Remove: criterion 1")
    hand.click("Remove: criterion 1")
    assert "3 to 6 criteria; this one has 2" in refused(hand)
    hand.click("Cancel")
    building(hand, store)
    hand.type(entry(field(hand)._cards[1].rows["name"].field), NAMES[0])
    assert "Two criteria have the same name" in refused(hand)


def test_another_weight_asks_for_its_reason_at_once(hand: Hand, store: Store) -> None:
    project = building(hand, store)
    card = field(hand)._cards[2]
    why = card.rows["weight_why"]
    assert not why.isVisible()
    assert "each counts the same" in field(hand).count_words.text()
    hand.type(entry(card.rows["weight"].field), "3")
    assert why.isVisible()
    assert "17 %, 17 %, 50 %, 17 %" in field(hand).count_words.text()
    refused(hand)
    assert "Weights are equal unless you write why" in why.error.text()
    hand.type(entry(why.field), "We cannot use it otherwise")
    hand.save()
    draft = rubrics.rubric_draft(store, project)
    assert draft is not None
    assert [(one.weight, one.weight_why) for one in draft.criteria][2] == (3, "We cannot use it otherwise")


def test_single_criteria_are_picked_out_of_the_library(hand: Hand, store: Store) -> None:
    project = building(hand, store)
    library = hand.form.library  # type: ignore[attr-defined]
    hand.type(library.search, "spreadsheets")
    hand.rest()
    hand.click("Add: One thing in one cell")
    assert names(hand) == [*NAMES, "One thing in one cell"]
    assert not hand.button("In it: One thing in one cell").isEnabled()
    assert QApplication.focusWidget() is hand.button("Add: Formulas that hold")
    hand.press("Space")
    assert len(names(hand)) == 6
    assert "Six is the most" in library.words.text()
    assert not field(hand).add.isVisible()
    assert not any(add.isEnabled() for _, add in library._rows)
    hand.click("Remove: criterion 1")
    assert hand.button("Add: Finds what is wrong").isEnabled()
    hand.type(library.search, "zeppelin")
    assert "nothing on “zeppelin”" in library.words.text()
    hand.save()
    assert kept(store, project) == [*NAMES[1:], "One thing in one cell", "Formulas that hold"]
    draft = rubrics.rubric_draft(store, project)
    assert draft is not None
    assert draft.criteria[3].levels == rubrics.ready_made()["spreadsheets"].criteria[0].levels


def test_more_of_the_library_is_shown_on_asking(hand: Hand, store: Store) -> None:
    building(hand, store)
    library = hand.form.library  # type: ignore[attr-defined]
    few = len(library._rows)
    hand.click("Show more")
    assert len(library._rows) > few
    assert QApplication.focusWidget() is library._rows[few][1]


def test_a_rubric_is_copied_and_what_stood_before_comes_back(hand: Hand, store: Store) -> None:
    mine = own.keep_rubric(store, replace(GENERAL, name="For careful people"), today=TODAY)
    other = add_project(store, ProjectDraft(title="Menu"), today=TODAY)
    rubrics.set_rubric(store, other, rubrics.ready_made()["design"], today=TODAY)
    project = building(hand, store)
    hand.type(entry(field(hand)._cards[0].rows["name"].field), "Typed by hand")
    hand.fill(begin_with="Competency: Teamwork")
    assert names(hand) == [one.name for one in rubrics.ready_made()["teamwork"].criteria]
    hand.fill(begin_with="Nothing")
    assert names(hand)[0] == "Typed by hand"
    hand.fill(begin_with="Yours: For careful people")
    assert hand.form.form.values()["name"] == own.shelved(store, mine).draft.name
    hand.fill(begin_with="P-001 Menu: Design")
    hand.save()
    assert kept(store, project) == [one.name for one in rubrics.ready_made()["design"].criteria]
    assert made.version(store, project) == 1


def test_what_was_built_is_there_again_after_esc(hand: Hand, store: Store) -> None:
    project = building(hand, store)
    hand.click("Remove: criterion 2")
    hand.type(entry(field(hand)._cards[0].rows["level_1"].field), "Half a thought")
    hand.press("Esc")
    assert kept(store, project) == []
    hand.app.open_form("rubrics", project_id=project)
    assert names(hand) == [NAMES[0], NAMES[2], NAMES[3]]
    assert field(hand).value()[0]["level_1"] == "Half a thought"


def test_a_scored_one_says_that_it_is_frozen_and_becomes_a_version(hand: Hand, store: Store) -> None:
    project = made.project(store)
    first = made.rubric(store, project)
    application = made.application(store, project, made.candidate(store))
    evaluate.score(store, application, store.me or "", {first[0]: (2, "Says so")}, today=TODAY)
    hand.app.open_form("rubrics", project_id=project)
    hand.sees("Version 1 is frozen: 1 application scored on it. Saving a change makes version 2.")
    hand.click("Remove: criterion 4")
    hand.save()
    assert made.version(store, project) == 2
    assert kept(store, project) == NAMES[:3]


# --- one's own --------------------------------------------------------------------------------------------------------


def shelf(hand: Hand) -> None:
    hand.go("Projects")
    hand.app.places["projects"].show_page("Rubrics")  # type: ignore[attr-defined]
    hand.rest()


def test_a_projects_rubric_is_kept_as_ones_own_and_changed_and_removed_there(hand: Hand, store: Store) -> None:
    project = made.project(store)
    made.rubric(store, project)
    hand.app.show("projects", project)
    hand.app.places["projects"].project_page.choose_tab(3)  # type: ignore[attr-defined]
    hand.rest()
    hand.menu("More for the rubric", "Keep as a rubric of your own…")
    assert "already" in refused(hand)
    hand.fill(name="Ours")
    hand.save()
    shelf(hand)
    hand.app.places["projects"].page("Rubrics").choose(next(iter(own.shelf(store))))  # type: ignore[attr-defined]
    hand.sees("Ours", "Your own", *NAMES)
    hand.click("Edit: Ours")
    hand.click("Remove: criterion 4")
    hand.save()
    (mine,) = [one for one in own.shelf(store).values() if one.kind == "own"]
    assert [one.name for one in mine.draft.criteria] == NAMES[:3]
    # The project's own stays as it was.
    assert kept(store, project) == NAMES
    hand.menu("More for Ours", "Remove")
    assert [one for one in own.shelf(store).values() if one.kind == "own"] == []
    hand.press("Ctrl+Z", hand.desk)
    assert next(iter(own.shelf(store).values())).draft.name == "Ours"


def test_a_ready_made_one_is_made_ones_own(hand: Hand, store: Store) -> None:
    shelf(hand)
    hand.app.places["projects"].page("Rubrics").choose("interview")  # type: ignore[attr-defined]
    hand.sees("Asks us", "Plans the hours")
    hand.click("Make it yours…: Structured interview")
    assert hand.form.form.values()["name"] == "Our structured interview"
    hand.save()
    assert next(iter(own.shelf(store).values())).draft.name == "Our structured interview"
    assert own.shelved(store, "interview").kind == "skill"


def test_rubrics_go_out_as_files_and_come_in_through_their_form(
    hand: Hand, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "sent.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(out), ""))
    shelf(hand)
    hand.app.places["projects"].page("Rubrics").choose("bookkeeping")  # type: ignore[attr-defined]
    hand.rest()
    hand.menu("More for Bookkeeping", "Save as a file…")
    sent = rubric_files.read_file(out)
    assert sent == rubrics.ready_made()["bookkeeping"]
    out.write_text(rubric_files.write(replace(sent, name="From a friend")), "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(out), ""))
    hand.click("Take in a file…")
    hand.save()
    (mine,) = [one for one in own.shelf(store).values() if one.kind == "own"]
    assert mine.draft == replace(sent, name="From a friend")
    out.write_text("[[criteria]]", "utf-8")
    hand.click("Take in a file…")
    assert hand.sheet is None
    assert "a list of 4 texts" in hand.said()
    # A project takes one in the same way.
    project = made.project(store)
    out.write_text(rubric_files.write(sent), "utf-8")
    hand.app.show("projects", project)
    hand.app.places["projects"].project_page.choose_tab(3)  # type: ignore[attr-defined]
    hand.rest()
    hand.click("Take in a file…")
    hand.save()
    assert kept(store, project) == [one.name for one in sent.criteria]


def test_an_earlier_version_is_read_as_it_was_with_who_was_scored_on_it(hand: Hand, store: Store) -> None:
    project = made.project(store)
    first = made.rubric(store, project)
    application = made.application(store, project, made.candidate(store))
    evaluate.score(store, application, store.me or "", {first[0]: (2, "Says so")}, today=TODAY)
    rubrics.set_rubric(store, project, replace(GENERAL, criteria=GENERAL.criteria[:3]), today=TODAY)
    hand.app.show("projects", project)
    hand.app.places["projects"].project_page.choose_tab(3)  # type: ignore[attr-defined]
    hand.rest()
    hand.sees("Version 2: nobody is scored on it yet.")
    assert GENERAL.criteria[3].level_1 not in hand.text()
    (choice,) = [one for one in hand.seen() if one.accessibleName() == "Version of the rubric"]
    hand.pick(choice, "Version 1")
    hand.sees("scored on it, by 1 rater, so it is frozen.", GENERAL.criteria[3].level_1)
