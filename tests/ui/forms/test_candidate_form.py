"""The candidate's form: the school behind an address, the week by hand and by key, and names of any kind."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from core.insight import person
from core.insight.person import CandidateView
from core.insight.records import listing
from core.store import Store
from core.work.candidates import CandidateDraft, candidate_draft
from core.work.custom_fields import FieldDraft, save_field
from tests.journeys.hand import Hand
from tests.support import made
from tests.support.stores import TODAY
from ui.forms.candidate import CandidateForm
from ui.widgets.availability import Availability
from ui.widgets.list_field import ListField


def only(store: Store) -> CandidateView:
    ((row_id, _),) = listing(store, "candidates").rows
    return person.candidate(store, row_id, today=TODAY)


def draft(store: Store) -> CandidateDraft:
    return candidate_draft(store, only(store).id, today=TODAY)


def opened(hand: Hand, row_id: str | None = None) -> CandidateForm:
    hand.app.open_form("candidates", row_id)
    hand.rest()
    assert isinstance(hand.form, CandidateForm)
    return hand.form


def school(form: CandidateForm) -> QLineEdit:
    field = form.form.rows["school_name"].field
    assert isinstance(field, QLineEdit)
    return field


def test_the_address_proposes_the_school_and_saving_makes_it(hand: Hand, store: Store) -> None:
    form = opened(hand)
    hand.fill(first_name="Ada", emails="ada@cs.stanford.edu")
    hand.until(lambda: school(form).text() == "Stanford University")
    hand.sees("By the e-mail’s domain, stanford.edu. Saving adds it to your schools.")
    assert listing(store, "schools").rows == []
    hand.save()
    assert only(store).study.school == "Stanford University"


def test_a_school_that_was_typed_stays_and_one_that_was_proposed_goes_with_its_address(
    hand: Hand, store: Store
) -> None:
    form = opened(hand)
    hand.fill(first_name="Ada", emails="ada@harvard.edu")
    form.propose()
    assert school(form).text() == "Harvard University"
    hand.fill(emails="ada@gmail.com")
    form.propose()
    assert school(form).text() == ""
    hand.fill(school_name="Northfield College", emails="ada@harvard.edu")
    form.propose()
    assert school(form).text() == "Northfield College"


def test_of_two_schools_at_one_domain_the_other_can_be_taken(hand: Hand, store: Store) -> None:
    form = opened(hand)
    hand.fill(first_name="Ada", emails="ada@uni-heidelberg.de")
    form.propose()
    hand.sees("The same domain is that of Ruprecht-Karls-Universität Heidelberg.")
    hand.click("Take that one")
    assert school(form).text() == "Ruprecht-Karls-Universität Heidelberg"
    hand.save()
    assert only(store).study.school == "Ruprecht-Karls-Universität Heidelberg"


def test_the_week_is_marked_by_mouse_and_by_key(hand: Hand, store: Store) -> None:
    form = opened(hand)
    hand.fill(first_name="Ada")
    week = form.findChild(Availability)
    assert week is not None
    week.setFocus()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(week, key)
    assert week.value() == {(0, 0), (1, 1)}
    corner = QPoint(week.width() - 8, week.height() - 8)
    QTest.mouseClick(week, Qt.MouseButton.LeftButton, pos=corner)
    assert week.value() == {(0, 0), (1, 1), (6, 3)}
    hand.fill(hours_a_week="10", blackouts=[("7 Dec", "14 Dec")])
    hand.save()
    saved = draft(store)
    assert [at for at, mark in enumerate(saved.free_grid) if mark == "1"] == [0, 5, 27]
    assert (saved.hours_a_week, len(saved.blackouts)) == (10, 1)


def test_a_drag_paints_the_week_and_a_second_one_wipes_it(hand: Hand, store: Store) -> None:
    form = opened(hand)
    week = form.findChild(Availability)
    assert week is not None
    cells = [week._rect((day, 2)).center().toPoint() for day in range(5)]
    for wanted in ({(day, 2) for day in range(5)}, set()):
        QTest.mousePress(week, Qt.MouseButton.LeftButton, pos=cells[0])
        for cell in cells[1:]:
            QTest.mouseMove(week, cell)
        QTest.mouseRelease(week, Qt.MouseButton.LeftButton, pos=cells[-1])
        assert week.value() == wanted


def test_skills_have_a_level_and_evidence_and_languages_a_level(hand: Hand, store: Store) -> None:
    form = opened(hand)
    hand.fill(first_name="Ada", skills=[("Excel", "Level 3")], languages=[("Polish", "Native"), "Thai"])
    skills = form.form.rows["skills"].field
    assert isinstance(skills, ListField)
    evidence = next(one for one in skills.findChildren(QLineEdit) if one.accessibleName() == "Evidence of skill 1")
    hand.type(evidence, "A course in 2025")
    hand.save()
    assert [(one.name, one.level, one.evidence) for one in only(store).skills] == [("Excel", 3, "A course in 2025")]
    assert [(one.language, one.level_words) for one in only(store).languages] == [("Polish", "Native"), ("Thai", "")]
    form = opened(hand, only(store).id)
    field = form.form.rows["skills"].field
    assert isinstance(field, ListField)
    assert field.value() == [("Excel", 3, "A course in 2025")]


def test_evidence_without_a_skill_is_not_lost(hand: Hand, store: Store) -> None:
    form = opened(hand)
    hand.fill(first_name="Ada")
    skills = form.form.rows["skills"].field
    assert isinstance(skills, ListField)
    skills.set_value([("", 2, "A course")])
    hand.refused()
    assert form.form.rows["skills"].error.text() == "Name the skill, or remove its line."


def test_own_fields_tags_and_the_two_questions_are_saved_and_read_back(hand: Hand, store: Store) -> None:
    field = save_field(store, FieldDraft(name="Shirt", kind="number"), today=TODAY)
    form = opened(hand)
    hand.fill(first_name="Ada", may_work="Yes", needs_sponsorship="No", **{f"custom.{field}": "large"})
    hand.refused()
    assert form.form.rows[f"custom.{field}"].error.isVisible()
    hand.fill(**{f"custom.{field}": "12"})
    tags = form.form.rows["tags"].field.findChild(QLineEdit)
    assert tags is not None
    hand.type(tags, "Evening class")
    hand.save()
    saved = draft(store)
    assert (saved.may_work, saved.needs_sponsorship, saved.tags) == ("yes", "no", ["Evening class"])
    assert saved.custom == {field: "12"}
    form = opened(hand, only(store).id)
    hand.fill(phone="555 0100")
    hand.save()
    assert draft(store).custom == {field: "12"}
    assert draft(store).tags == ["Evening class"]


@pytest.mark.parametrize("typed", ["May 1970", "May 2099"])
def test_a_graduation_out_of_all_bounds_is_said_at_its_field(hand: Hand, store: Store, typed: str) -> None:
    form = opened(hand)
    hand.fill(first_name="Ada", school_name="Northfield College", graduates_on=typed)
    hand.refused()
    error = form.form.rows["graduates_on"].error.text()
    assert error == f"Graduation in {typed[4:]}? Give a year from 2001 to 2038, or leave it empty."
    assert listing(store, "candidates").rows == []


@pytest.mark.parametrize("name", ["Teller", "محمد الفاتح", "李小龍", "Zoë 👩‍🎓", "w" * 200, "O’Brien & <b>Söhne</b>"])
def test_names_of_any_kind_are_kept_and_shown(hand: Hand, store: Store, name: str) -> None:
    opened(hand)
    hand.fill(first_name=name)
    hand.save()
    assert only(store).name == name
    hand.app.show("candidates", only(store).id)
    hand.rest()
    hand.sees(name)


def test_300_letters_of_a_name_are_refused_with_words(hand: Hand, store: Store) -> None:
    form = opened(hand)
    hand.fill(last_name="w" * 300)
    hand.refused()
    assert "300 characters; at most 200 fit" in form.form.rows["last_name"].error.text()


def test_a_class_year_set_by_hand_is_shown_as_it_is_today(hand: Hand, store: Store) -> None:
    known = made.candidate(store, graduates_on=None, class_year=6, today=date(2025, 11, 1))
    form = opened(hand, known)
    field = form.form.rows["class_year"].field
    assert field.value() == 7  # type: ignore[attr-defined]
    hand.fill(phone="555 0100")
    hand.save()
    assert draft(store).class_year == 7


def test_it_may_begin_at_a_field(hand: Hand, store: Store) -> None:
    hand.app.open_form("candidates", made.candidate(store), focus="skills")
    hand.rest()
    held = QApplication.focusWidget()
    assert held is not None
    assert held.text() == "Add a skill…"  # type: ignore[attr-defined]
