"""Not selected, told and taken back, where names are long, hidden or many, and where the place is filled."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.errors import UserError
from core.model import Application, PoolEntry
from core.store import Store
from core.work import declining, offer, stages
from core.work.stages import StageDraft
from tests.journeys.hand import Hand
from tests.support import made
from tests.support.stores import TODAY
from tests.support.tables import tables
from tests.ui.places.screen import words
from ui.forms import declining as forms
from ui.forms.message import MessageForm
from ui.widgets.chips_field import ChipsField

HOSTILE = [
    "Prince",
    "عبد الرحمن بن محمد السعدي",
    "王小明",
    "🦊 Émilie 👩‍👩‍👧‍👦 Fox",
    "W" * 100 + " " + "v" * 100,
    "<b>Bold</b> <img src=x onerror=1>",
    "{name} & Sons",
]


def statuses(store: Store, ids: list[str]) -> list[str]:
    with store.read() as session:
        return [session.get_one(Application, one).status for one in ids]


def applied(store: Store, project: str, names: list[str]) -> list[str]:
    mails = [[f"{at}-{project}@lake.example.edu"] for at in range(len(names))]
    people = [made.candidate(store, name, emails=mail) for name, mail in zip(names, mails, strict=True)]
    return [made.application(store, project, person) for person in people]


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_stands_as_it_is_written_and_the_form_keeps_its_width(hand: Hand, store: Store, name: str) -> None:
    project = made.project(store, title="<b>List</b> 王")
    (one,) = applied(store, project, [name])
    before = tables(store)
    for form, values in (("declining", {"project_id": project}), ("taking_back", {"application_ids": [one]})):
        hand.app.open_form(form, **values)
        hand.rest()
        if form == "declining" or name != HOSTILE[4]:
            assert name in hand.text()
        assert hand.form.minimumSizeHint().width() <= hand.form.width_wanted
        hand.save()
    hand.app.open_form("declining", project_id=project, application_ids=[one])
    hand.fill(more="<img src=x> {name} 🎉", hold_days="0")
    hand.save()
    hand.rest()
    assert isinstance(hand.form, MessageForm)
    assert "for <b>List</b> 王" in hand.text()
    assert hand.form.minimumSizeHint().width() <= hand.form.width_wanted
    hand.save()
    assert statuses(store, [one]) == ["not_selected"]
    for _ in range(4):
        store.undo()
    assert tables(store) == before
    for _ in range(4):
        store.redo()
    assert statuses(store, [one]) == ["not_selected"]


def test_of_very_many_it_is_chosen_where_they_stand(hand: Hand, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "CHIPS", 4)
    monkeypatch.setattr(forms, "AT_ONCE", 2)
    project = made.project(store)
    stages.set_stages(store, project, [StageDraft(name="Called")], today=TODAY)
    (called,) = stages.stage_drafts(store, project)
    ids = applied(store, project, [f"Person {at}" for at in range(5)])
    stages.move_stage(store, ids[:3], called.id, "applied", today=TODAY)
    before = tables(store)
    hand.app.open_form("declining", project_id=project)
    who = hand.form.form.rows["who"].field
    assert [who.itemText(at) for at in range(who.count())] == [
        "All 5", "Only Applied: 2", "Only Applied: Called: 3",
    ]  # fmt: skip
    hand.fill(who="Only Applied: Called: 3")
    hand.save()
    hand.rest()
    assert hand.said().startswith("Not selected: 3 people.")
    assert statuses(store, ids) == ["not_selected"] * 3 + ["applied"] * 2
    hand.app.open_form("taking_back", application_ids=ids[:3])
    hand.save()
    hand.rest()
    assert hand.said().startswith("In the running again: 3")
    store.undo()
    store.undo()
    assert tables(store) == before


def test_many_stand_below_the_reason_in_order_of_their_names(hand: Hand, store: Store) -> None:
    project = made.project(store)
    applied(store, project, [f"Person {chr(90 - at)}" for at in range(forms.FEW + 1)])
    hand.app.open_form("declining", project_id=project)
    assert list(hand.form.form.rows)[-1] == "who"
    chips = hand.form.form.rows["who"].field
    assert isinstance(chips, ChipsField)
    said = [chip.text() for chip in chips._chips.values()]
    assert said == sorted(said)


def test_where_names_are_hidden_no_name_shows_and_nobody_is_written_to(hand: Hand, store: Store) -> None:
    project = made.project(store)
    made.rubric(store, project)
    ids = applied(store, project, ["Ada Lovelace", "Grace Hopper"])
    hand.app.open_form("declining", project_id=project)
    hand.rest()
    assert "Candidate " in words(hand.desk)
    assert "keep_in_touch" not in hand.form.form.rows
    hand.fill(hold_days="0")
    hand.save()
    hand.rest()
    assert "once the names are revealed" in hand.said()
    assert hand.desk.layer.sheet is None
    hand.app.open_form("taking_back", application_ids=ids)
    hand.rest()
    said = words(hand.desk)
    hand.app.desk.close_sheet()
    hand.app.open_form("telling", project_id=project, application_ids=ids)
    hand.rest()
    said += words(hand.desk)
    for name in ("Ada", "Lovelace", "Grace", "Hopper"):
        assert name not in said


def test_back_after_the_place_was_filled_it_is_said_and_no_second_offer_is_made(hand: Hand, store: Store) -> None:
    project = made.project(store, openings=1)
    one, other = applied(store, project, ["Ada Lovelace", "Grace Hopper"])
    declining.decline(store, [one], reason="", today=TODAY)
    offer_id = made.drafted_offer(store, other)
    offer.send_offer(store, offer_id, today=TODAY)
    offer.accept_offer(store, offer_id, today=TODAY)
    hand.app.open_form("taking_back", application_id=one)
    hand.rest()
    hand.sees("Its one opening is taken by an offer or by someone at work.")
    hand.save()
    assert statuses(store, [one]) == ["applied"]
    with pytest.raises(UserError, match="Its one opening is taken"):
        made.drafted_offer(store, one)
    with pytest.raises(UserError, match="has accepted an offer"):
        declining.decline(store, [other], reason="", today=TODAY)
    assert declining.decline(store, [one, other], reason="", today=TODAY) == 1
    assert statuses(store, [one, other])[0] == "not_selected"


def test_the_message_says_what_was_decided(hand: Hand, store: Store) -> None:
    project = made.project(store)
    one, other = applied(store, project, ["Ada Lovelace", "Grace Hopper"])
    declining.decline(store, [one], reason="", today=TODAY, hold_days=0, keep_in_touch=True)
    hand.app.open_form("telling", project_id=project)
    hand.rest()
    assert "stay in touch" in hand.form.form.rows["template"].field.currentText()
    hand.app.desk.close_sheet()
    declining.decline(store, [other], reason="", today=TODAY, hold_days=0)
    hand.app.open_form("telling", project_id=project)
    hand.rest()
    assert "stay in touch" not in hand.form.form.rows["template"].field.currentText()
    with store.read() as session:
        assert len(session.scalars(select(PoolEntry)).all()) == 1
