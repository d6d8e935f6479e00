"""What single forms do beside what all do: a likely double, opening, importing, a hold."""

from __future__ import annotations

from pathlib import Path

from core.insight.records import listing
from core.store import Store
from core.work import run
from tests.journeys.hand import Hand
from tests.support import made
from tests.support.stores import TODAY
from ui.forms.fields import PickField
from ui.forms.importing import ImportForm


def test_a_likely_double_is_told_of_once(hand: Hand, store: Store) -> None:
    made.candidate(store, "Ada Lovelace")
    hand.app.open_form("candidates")
    hand.fill(first_name="Ada", last_name="Lovelace", school_name="Northfield College")
    assert "may be someone you have already" in hand.refused()
    hand.save()
    assert len(listing(store, "candidates").rows) == 2


def test_a_project_that_is_not_whole_is_saved_as_a_draft_and_says_what_lacks(hand: Hand, store: Store) -> None:
    hand.app.open_form("projects")
    hand.fill(title="Inventory labels")
    hand.click("Open for applications")
    assert hand.sheet is not None
    wrong = [key for key, row in hand.form.form.rows.items() if row.error.isVisible()]
    assert "fee" in wrong
    ((_, row),) = listing(store, "projects").rows
    assert row["status"] in ("draft", "Draft")
    hand.save()
    assert len(listing(store, "projects").rows) == 1


def test_who_applied_is_found_by_name_and_is_there_again_after_esc(hand: Hand, store: Store) -> None:
    made.candidate(store, "Ada Lovelace")
    project = made.project(store)
    hand.app.open_form("applications", project_id=project)
    hand.pick_person("candidate_id", "Love")
    hand.press("Esc", hand.form.form.rows["source"].field)
    hand.app.open_form("applications", project_id=project)
    field = hand.form.form.rows["candidate_id"].field
    assert isinstance(field, PickField)
    assert field._line.text() == "Ada Lovelace"
    hand.save()
    assert len(listing(store, "applications").rows) == 1


def test_nobody_chosen_is_said_at_the_field(hand: Hand, store: Store) -> None:
    hand.app.open_form("applications", project_id=made.project(store))
    assert "Choose the candidate" in hand.refused()
    assert hand.form.form.rows["candidate_id"].error.isVisible()


def test_words_without_a_level_are_not_lost(hand: Hand, store: Store) -> None:
    person, project = made.candidate(store), made.project(store)
    engagement = made.engagement(store, made.application(store, project, person))
    run.start(store, engagement, today=TODAY, on=TODAY)
    run.deliver(store, engagement, today=TODAY)
    hand.app.open_form("evaluations", engagement_id=engagement)
    hand.fill(overall="3", **{"evidence.Teamwork": "Helped the others."})
    assert "Choose the level" in hand.refused()
    assert hand.form.form.rows["evidence.Teamwork"].field.value() == "Helped the others."  # type: ignore[attr-defined]


def test_a_period_that_ends_before_it_begins_is_said_at_its_line(hand: Hand, store: Store) -> None:
    hand.app.open_form("schools")
    hand.fill(name="Northfield", exams=[("14 Dec", "7 Dec")])
    hand.refused()
    assert hand.form.form.rows["exams"].error.isVisible()
    assert listing(store, "schools").rows == []


def test_low_pay_is_held_until_one_says_why(hand: Hand, store: Store) -> None:
    hand.app.open_form("employers")
    hand.fill(pay_floor="50")
    hand.save()
    project = made.project(store, opened=False)
    hand.app.open_form("projects", project)
    hand.click("Open for applications")
    assert hand.form.why_row.isVisible()
    assert hand.form.why.hasFocus()
    hand.type(hand.form.why, "The work is at home, at any hour.")
    hand.click("Open for applications")
    assert hand.sheet is None
    assert made.status(store, project) == "open"


def test_an_import_waits_for_a_file(hand: Hand, store: Store, tmp_path: Path) -> None:
    hand.app.open_form("import")
    hand.rest()
    assert not hand.form.save_button.isEnabled()
    path = tmp_path / "people.csv"
    path.write_text("First name,Last name,E-mail\n<b>Ada</b>,Lovelace,ada@uic.example.edu\n", encoding="utf-8")
    hand.press("Esc")
    hand.app.open_form("import", path=path)
    hand.rest()
    assert isinstance(hand.form, ImportForm)
    assert hand.form.save_button.isEnabled()
    before = len(store.history())
    hand.form.try_save()
    hand.rest()
    assert hand.sheet is None
    assert len(store.history()) == before + 1
    ((_, row),) = listing(store, "candidates").rows
    assert row["first_name"] == "<b>Ada</b>"
