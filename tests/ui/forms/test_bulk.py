"""Several at once through their forms: whom it touches is said first, many go as a task, a file holds them alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.insight.records import listing
from core.model import Candidate
from core.store import Label, Store
from core.work import bulk, candidates, warm
from core.work.gather import SkillDraft
from core.work.pool import PoolDraft
from core.work.tags import set_tags
from tests.journeys.hand import Hand
from tests.support import made
from tests.support.stores import TODAY
from tests.support.tables import tables


def crowd(store: Store, count: int) -> list[str]:
    ids = [f"{at:036}" for at in range(count)]
    with store.change(Label.CANDIDATES_IMPORTED) as session:
        session.add_all(Candidate(id=one, number=at + 1, first_name=f"No{at}") for at, one in enumerate(ids))
    return ids


def test_many_are_tagged_as_a_task_and_one_key_takes_it_back(hand: Hand, store: Store) -> None:
    ids = crowd(store, 1_200)
    before = tables(store)
    hand.app.open_form("bulk_tag", candidate_ids=ids)
    hand.sees("1,200 people: No0")
    field = hand.form.form.rows["add"].field
    field._more.setText("Fair 2026")  # type: ignore[attr-defined]
    hand.press("Return", field._more)  # type: ignore[attr-defined]
    hand.click("Change the tags")
    assert hand.app.tasks.wait_all()
    assert len(listing(store, "candidate-tags").rows) == 1_200
    store.undo()
    assert tables(store) == before


def test_of_very_many_it_is_looked_whom_it_touches_and_saving_waits(
    hand: Hand, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.forms.bulk.AT_ONCE", 1)
    ids, project = [made.candidate(store), made.candidate(store, "Bao Tran")], made.project(store)
    set_tags(store, ids[:1], ["Fair"], today=TODAY)
    for name in ("bulk_tag", "bulk_touch", "bulk_stage", "bulk_export", "bulk_invite"):
        hand.app.open_form(name, candidate_ids=ids)
        assert not hand.form.save_button.isEnabled()
        assert not hand.form.try_save()
        assert "Looking whom of 2 people" in hand.text()
        hand.rest()
        hand.sees("2 people: Ada Lovelace and Bao Tran")
        assert hand.form.save_button.isEnabled()
        if name == "bulk_tag":
            hand.form.form.rows["remove"].field.set_value(["Fair"])  # type: ignore[attr-defined]
            hand.click("Change the tags")
            assert listing(store, "candidate-tags").rows == []
        elif name != "bulk_invite":
            hand.press("Escape")
    hand.form.form.rows["project_id"].field.set_value(project)  # type: ignore[attr-defined]
    hand.form.form.changed.emit("project_id")
    hand.sees("2 people are invited.")
    hand.app.desk.close_sheet()
    hand.rest()


def test_whom_an_invitation_leaves_out_is_said_before(hand: Hand, store: Store) -> None:
    project_id, ids = made.project(store), [made.candidate(store), made.candidate(store, "Bao Tran")]
    bulk.invite_many(store, project_id, ids[:1], today=TODAY)
    hand.app.open_form("bulk_invite", candidate_ids=ids, project_id=project_id)
    words = "1 person is invited. Left out: 1 person: part of the project already."
    hand.sees(words)
    hand.save()
    assert len(listing(store, "applications").rows) == 2


def test_a_file_holds_those_alone_who_were_chosen(
    hand: Hand, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.candidate(store)
    bao = made.candidate(store, "Bao Tran")
    monkeypatch.setattr("ui.app.QFileDialog.getExistingDirectory", lambda *_: str(tmp_path))
    hand.app.open_form("bulk_export", candidate_ids=[bao])
    hand.click("Choose a folder…")
    sheet = load_workbook(tmp_path / f"Candidates {TODAY.isoformat()}.xlsx").active
    assert sheet is not None
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["Bao"]
    assert any(row["kind"] == "export" for _, row in listing(store, "disclosures").rows)
    hand.app.open_form("bulk_export", candidate_ids=[bao])
    assert "already" in hand.refused()


def test_who_fits_says_whom_it_leaves_out(hand: Hand, store: Store) -> None:
    project = made.project(store, skills=["Excel"])
    quiet = made.candidate(store, "Bao Tran", skills=[SkillDraft(name="Excel")])
    ada = made.candidate(store, skills=[SkillDraft(name="Excel")])
    candidates.wish_no_contact(store, quiet, True, today=TODAY)
    hand.app.open_form("who_fits", project_id=project)
    hand.sees("1 person fits; 1 has never applied", "1 person with the skills asked not to be contacted.")
    assert list(hand.form._boxes) == [ada]  # type: ignore[attr-defined]


def test_who_fits_is_ticked_and_invited(hand: Hand, store: Store) -> None:
    project = made.project(store, skills=["Excel"])
    made.candidate(store, skills=[SkillDraft(name="Excel")])
    hand.app.open_form("who_fits", project_id=project)
    hand.sees("Skills: 1 of 1 (38 of 50)", "has Excel")
    assert "Tick those" in hand.refused()
    next(iter(hand.form._boxes.values())).setChecked(True)  # type: ignore[attr-defined]
    hand.click("Invite…")
    hand.until(lambda: hand.sheet is not None and hand.form.title_words == "Invite to a project")
    hand.click("Record the invitations")
    hand.until(lambda: hand.sheet is not None and hand.form.title_words == "Write")
    hand.sees("Would you like to do this? Clean the mailing list", "Hello Ada,")
    assert [row["status"] for _, row in listing(store, "applications").rows] == ["invited"]


def test_inviting_many_goes_on_to_the_message_too(hand: Hand, store: Store) -> None:
    project, ids = made.project(store), crowd(store, 230)
    hand.app.open_form("bulk_invite", candidate_ids=ids, project_id=project)
    hand.click("Record the invitations")
    hand.until(lambda: hand.sheet is not None and hand.form.title_words == "Write")
    hand.sees("1 of 230", "Would you like to do this?")
    assert len(listing(store, "applications").rows) == 230


def test_near_misses_are_asked_again_in_the_words_for_them(hand: Hand, store: Store) -> None:
    project = made.project(store)
    near, other = made.candidate(store), made.candidate(store, "Bao Tran")
    for person, reason in ((near, "near_miss_intern"), (near, "fair"), (other, "fair")):
        warm.enter_pool(store, PoolDraft(candidate_id=person, reason=reason, every_days=10), today=TODAY)
    hand.app.open_form("invitation", candidate_id=near, projects=[(project, "Clean the mailing list")])
    hand.click("Record the invitation")
    hand.until(lambda: hand.sheet is not None and hand.form.title_words == "Write")
    hand.sees("it was close", "A paid project for you, Ada")
    hand.press("Escape")
    third = made.candidate(store, "Chidi Eze")
    for ids, words in (([other, third], "we think that it could suit you"),):
        hand.app.open_form("bulk_invite", candidate_ids=ids, project_id=project)
        hand.click("Record the invitations")
        hand.until(lambda: hand.sheet is not None and hand.form.title_words == "Write")
        hand.sees(words)


def test_which_projects_fit_someone_is_explained_and_they_are_invited(hand: Hand, store: Store) -> None:
    fitting = made.project(store, title="Menu redesign", skills=["Excel"])
    made.project(store, title="Photo archive", skills=["Photography"])
    ada = made.candidate(store, skills=[SkillDraft(name="Excel")], hours_a_week=10)
    hand.app.show("candidates", ada)
    hand.rest()
    hand.click("See why, and which others…")
    hand.sees("1 of 2 projects still to fill fits.", "1 of 1 skill · has Excel · free all weeks", "0 of 1 skill")
    hand.sees("Hours a week: room for 30 h, 12 needed (15 of 15)", "First time with you: yes (5 of 5)")
    assert "Choose the project." in hand.refused()
    hand.form._boxes[fitting].setChecked(True)  # type: ignore[attr-defined]
    hand.click("Invite…")
    hand.until(lambda: hand.sheet is not None and hand.form.title_words == "Invite to a project")
    hand.click("Record the invitation")
    assert [row["project_id"] for _, row in listing(store, "applications", all_columns=True).rows] == [fitting]
    candidates.wish_no_contact(store, ada, True, today=TODAY)
    hand.app.open_form("what_fits", candidate_id=ada)
    hand.sees("They cannot be invited: asked not to be contacted.")
    assert not hand.form.save_button.isEnabled()


def test_a_large_undo_is_a_task_that_can_be_cancelled(hand: Hand, store: Store) -> None:
    ids = crowd(store, 1_200)
    before = tables(store)
    set_tags(store, ids, ["Fair"], today=TODAY)
    tagged = tables(store)
    hand.rest()
    hand.app.desk.undo_wanted.emit()
    assert hand.app.tasks.busy
    hand.app.tasks.cancel_all()
    hand.rest()
    assert hand.said() == "Cancelled; nothing was changed."
    assert tables(store) == tagged
    hand.press("Ctrl+Z")
    hand.rest()
    hand.sees("Undone: ")
    assert tables(store) == before
    hand.press("Ctrl+Shift+Z")
    hand.rest()
    assert tables(store) == tagged
