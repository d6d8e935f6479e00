"""Scoring without a mouse, blind, and what opens once one's own scores are in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.insight.records import listing
from core.insight.scoring import scoring_queue
from core.store import Store
from core.work import evaluate, office, rubrics, run
from core.work.office import ColleagueDraft
from core.work.plan import QuestionDraft
from core.work.select import ApplicationDraft, record_application
from tests.support import made
from tests.support.stores import TODAY
from tests.ui.places.screen import button, form, key, press, save, sheet, words
from ui.app import App
from ui.places.comparing import CompareSheet
from ui.places.evaluations import Evaluations
from ui.places.handing_in import HandIn
from ui.places.scoring import ScoringPanel
from ui.tour import settle

NAMES = ("Ada Lovelace", "Mary Somerville")
ANSWERS = ("I sort by town. Then I compare two rows.", "With a pivot table. My name is {}, ask me.")


@pytest.fixture
def project_id(store: Store) -> str:
    """Two questions with two criteria and one, and one criterion for the whole; two applications with answers."""
    questions = [QuestionDraft(text="How would you find doubles?"), QuestionDraft(text="What would you ask us?")]
    row_id = made.project(store, questions=questions)
    asked = made.questions(store, row_id)
    rubric = rubrics.ready_made()["general"]
    shown_by = [asked[0], asked[0], asked[1], None]
    criteria = [replace(one, question_id=by) for one, by in zip(rubric.criteria, shown_by, strict=False)]
    rubrics.set_rubric(store, row_id, replace(rubric, criteria=criteria), today=TODAY)
    for name in NAMES:
        answers = dict(zip(asked, ANSWERS, strict=True))
        person = made.candidate(store, name)
        record_application(
            store, ApplicationDraft(project_id=row_id, candidate_id=person, answers=answers), today=TODAY
        )
    return row_id


def place(app: App) -> Evaluations:
    app.desk.go("evaluations")
    found = app.places["evaluations"]
    settle(app.desk)
    assert isinstance(found, Evaluations)
    return found


def panel(app: App) -> ScoringPanel:
    at = app.places["evaluations"] if app.desk.place() == "evaluations" else place(app)
    found = at._inside
    assert isinstance(found, ScoringPanel)
    return found


def levels_given(store: Store) -> list[int]:
    return [int(str(row["level"])) for _, row in listing(store, "scores", all_columns=True).rows]


def other_rater(store: Store) -> str:
    return office.add_colleague(store, ColleagueDraft(name="Devin Castellanos", role="rater"), today=TODAY)


def hand_all_in(store: Store, project_id: str, rater: str, level: int = 3) -> None:
    queue = scoring_queue(store, project_id, rater)
    for one in queue.applications:
        wanted = [criterion for question in queue.questions for criterion in queue.criteria(question, one)]
        marks = {criterion.id: (level, "Says so") for criterion in wanted}
        evaluate.score(store, one.id, rater, marks, today=TODAY)
        evaluate.submit(store, one.id, rater, today=TODAY, recommend=True)


def test_an_empty_place_says_how_applications_come_here(app: App) -> None:
    assert "Nothing to score" in words(place(app))
    assert place(app).primary() is None


def test_the_whole_way_by_keyboard(app: App, store: Store, project_id: str) -> None:
    at = place(app)
    assert at.headline() == "Clean the mailing list"
    panel(app).focus_first()
    steps = 0
    while isinstance(at._inside, ScoringPanel):
        for _ in at._inside.pickers:
            key("3")
        key("E")
        assert at._inside.evidence().startswith("“"), "words of the answer became the evidence"
        key("Return")
        steps += 1
    assert steps == 6
    assert isinstance(at._inside, HandIn)
    key("Down")
    key("Return")
    assert "Your scores are in" in words(at)
    assert levels_given(store) == [3] * 2 * len(rubrics.ready_made()["general"].criteria)
    given = [row["recommend"] for _, row in listing(store, "evaluations", all_columns=True).rows]
    assert sorted(map(str, given)) == ["None", "True"]
    assert at._table is not None
    assert "One rater so far" in words(at.raters)


def test_no_name_is_seen_while_one_scores(app: App, store: Store, project_id: str) -> None:
    at = place(app)
    while isinstance(at._inside, ScoringPanel):
        shown = words(at)
        assert not any(part in shown for name in NAMES for part in name.split())
        at.next()


def test_levels_are_chosen_card_by_card_and_tab_stops_once_a_criterion(app: App, store: Store, project_id: str) -> None:
    shown = panel(app)
    first, second = list(shown.pickers.values())
    first.cards[1].setFocus()
    key("4")
    assert first.value() == 4
    key("Tab")
    assert QApplication.focusWidget() is second.cards[0]
    key("2")
    key("Tab")
    assert QApplication.focusWidget() is shown.evidence_field
    QTest.keyClicks(shown.evidence_field, "Compares two rows")
    key("Return")
    assert sorted(levels_given(store)) == [2, 4]
    assert {row["evidence"] for _, row in listing(store, "scores", all_columns=True).rows} == {"Compares two rows"}


def test_selected_words_become_the_evidence(app: App, store: Store, project_id: str) -> None:
    answer = panel(app).answers[0]
    answer.setFocus()
    cursor = answer.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(6, cursor.MoveMode.KeepAnchor)
    answer.setTextCursor(cursor)
    QTest.keyClick(answer, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert panel(app).evidence() == f"“{answer.toPlainText()[:6].strip()}”"


def test_back_goes_back_and_what_was_given_stands(app: App, store: Store, project_id: str) -> None:
    at = place(app)
    assert not panel(app).back.isEnabled()
    panel(app).focus_first()
    key("2")
    key("Return")
    first = at._at
    press(panel(app), "Back")
    assert at._at == first - 1
    assert next(iter(panel(app).levels().values())) == 2


def test_one_goes_on_where_one_stopped(app: App, store: Store, project_id: str) -> None:
    at = place(app)
    panel(app).show_values(dict.fromkeys(panel(app).pickers, 3), "Says so")
    at.next()
    stopped = at._key()
    app.desk.go("projects")
    at._way = None
    place(app)
    assert at._key() == stopped


def test_what_is_not_saved_is_there_again(app: App, store: Store, project_id: str, qtbot: QtBot) -> None:
    at = place(app)
    shown = panel(app)
    QTest.keyClicks(shown.evidence_field, "Half a thought")
    qtbot.waitUntil(lambda: not at._keep.isActive())
    at._way = None
    at.ask()
    assert panel(app).evidence() == "Half a thought"
    assert levels_given(store) == []


def test_what_lacks_something_is_named_before_handing_in(app: App, store: Store, project_id: str) -> None:
    at = place(app)
    while isinstance(at._inside, ScoringPanel):
        at.next()
    page = at._inside
    assert isinstance(page, HandIn)
    assert not page.go.isEnabled()
    code = at._way.pending[0].code if at._way else ""
    press(page, f"Go to Candidate {code}")
    assert isinstance(at._inside, ScoringPanel)


def test_each_rater_alone_then_the_table_with_what_to_talk_about(app: App, store: Store, project_id: str) -> None:
    me, other = store.me or "", other_rater(store)
    hand_all_in(store, project_id, other, level=1)
    at = place(app)
    assert at._table is None
    assert "opens once your own scores are in" in words(at.raters)
    assert at.primary() is None
    hand_all_in(store, project_id, me, level=4)
    at.ask()
    shown = words(at.raters)
    assert "raters apart: 1 against 4" in shown
    assert "to talk about" in shown
    press(at.raters, "Compare candidates side by side")
    compared = sheet(app).inside
    assert isinstance(compared, CompareSheet)
    assert "Devin Castellanos" in words(compared)
    assert not any(name in words(compared) for name in NAMES)
    app.desk.close_sheet()


def test_another_rater_has_another_order_and_no_scores_yet(app: App, store: Store, project_id: str) -> None:
    other = other_rater(store)
    hand_all_in(store, project_id, store.me or "")
    at = place(app)
    at.rater_field.set_value(other)
    at.rater_field.changed.emit()
    assert store.me == other
    assert isinstance(at._inside, ScoringPanel)
    assert at._table is None


def test_reveal_and_decide(app: App, store: Store, project_id: str) -> None:
    hand_all_in(store, project_id, store.me or "")
    at = place(app)
    command = at.primary()
    assert command is not None
    assert command.words == "Reveal and decide"
    command.run()
    save(app)
    assert [row["kind"] for _, row in listing(store, "disclosures", all_columns=True).rows] == ["reveal"]
    assert all(name in words(at.raters) for name in NAMES)
    after = at.primary()
    assert after is not None
    assert after.words == "Decide and offer"
    after.run()
    assert app.desk.place() == "projects"
    app.places["projects"].project_page.choose_tab(1)
    assert all(name in words(app.places["projects"]) for name in NAMES)


def test_the_project_offers_to_reveal_once_my_scores_are_in(app: App, store: Store, project_id: str) -> None:
    app.show("projects", project_id)
    button(app.places["projects"].project_page, "Score applications")
    hand_all_in(store, project_id, store.me or "")
    app.places["projects"].refresh()
    press(app.places["projects"].project_page, "Reveal and decide")
    save(app)
    button(app.places["projects"].project_page, "Decide and offer")


def test_names_wait_while_someone_is_writing(app: App, store: Store, project_id: str) -> None:
    at = place(app)
    panel(app).show_values(dict.fromkeys(panel(app).pickers, 3), "Says so")
    at.next()
    app.open_form("reveal", project_id=project_id, names=2)
    assert not form(app).try_save()
    form(app).why.set_value("The work begins tomorrow.")
    assert form(app).try_save()


def test_undo_opens_scores_again(app: App, store: Store, project_id: str) -> None:
    hand_all_in(store, project_id, store.me or "")
    at = place(app)
    assert "Your scores are in" in words(at)
    store.undo()
    assert isinstance(at._inside, HandIn)


def test_without_a_rubric_the_way_to_one_is_offered(app: App, store: Store) -> None:
    bare = made.project(store)
    made.application(store, bare, made.candidate(store))
    app.show("evaluations", bare)
    press(app.places["evaluations"], "Make the rubric")
    assert form(app).noun == "rubrics"


def test_their_side_is_entered_and_read_once_both_are_in(app: App, store: Store) -> None:
    engagement = made.engagement(store, made.application(store, made.project(store), made.candidate(store)))
    run.start(store, engagement, today=TODAY)
    run.deliver(store, engagement, today=TODAY)
    at = place(app)
    title = "Ada Lovelace, Clean the mailing list"
    press(at, f"Enter… {title}")
    save(app, overall=4, reflection="I learned to ask first.")
    assert "I learned to ask first." not in words(at)
    press(at, f"Our view… {title}")
    save(app, overall=3)
    press(at, f"Read {title}")
    assert "I learned to ask first." in words(sheet(app))
    button(sheet(app), "Close")


def test_second_thoughts_open_ones_own_scores_again(app: App, store: Store, project_id: str) -> None:
    queue = scoring_queue(store, project_id, store.me or "")
    marks = {criterion.id: (2, "seen") for question in queue.questions for criterion in question.criteria}
    for one in queue.applications:
        evaluate.score(store, one.id, store.me or "", marks, today=TODAY, seconds=200)
        evaluate.submit(store, one.id, store.me or "", today=TODAY)
    page = place(app)
    press(page, "Second thoughts…")
    save(app, reason="I had missed the second page.")
    page = place(app)
    assert isinstance(page._inside, ScoringPanel | HandIn)
    assert "3 min so far" in words(page) or isinstance(page._inside, HandIn)
    assert len(listing(store, "earlier-evaluations").rows) == 1
