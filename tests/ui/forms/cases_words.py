"""The cases of the forms for one's own words, and of what is done to several people at once."""

from __future__ import annotations

from sqlalchemy import select

from core.model import Candidate, Tag
from core.store import Store
from core.work import custom_fields, lists, tags
from core.work.custom_fields import FieldDraft
from core.work.lists import ListDraft
from tests.support import made
from tests.support.stores import TODAY
from tests.ui.forms.case import Case, Opening, person, plain


def tagged(store: Store, *names: str) -> str:
    """The first tag's id; one person has them all."""
    tags.set_tags(store, [person(store)], names, today=TODAY)
    with store.read() as session:
        return session.scalars(select(Tag.id).where(Tag.name == names[0])).one()


def _field(store: Store) -> dict[str, str]:
    draft = FieldDraft(name="Shirt", kind="choice", choices=["Small", "Large"])
    return {"row_id": custom_fields.save_field(store, draft, today=TODAY)}


def _two(store: Store) -> dict[str, list[str]]:
    tagged(store, "Evening")
    return {"candidate_ids": [made.candidate(store, "Bao Tran"), person_of(store)]}


def person_of(store: Store) -> str:
    with store.read() as session:
        return session.scalars(select(Candidate.id).where(Candidate.last_name == "Lovelace")).one()


def _inviting(store: Store) -> dict[str, object]:
    return {**_two(store), "project_id": made.project(store)}


def _kept(store: Store) -> str:
    return lists.save_list(store, ListDraft(name="Early birds"), today=TODAY)


def _list(store: Store) -> dict[str, object]:
    _kept(store)
    return {"draft": ListDraft(filter={"all": [{"field": "tag", "is": "empty"}]}, group_by="stage")}


def _staging(store: Store) -> dict[str, list[str]]:
    """One has applied, the other has not."""
    ada = person(store)
    made.application(store, made.project(store), ada)
    return {"candidate_ids": [ada, made.candidate(store, "Bao Tran")]}


WORD_CASES = {
    "bulk tag": Case(
        Opening("bulk_tag", _two),
        {"add": ["Evening"]}, "candidate_tags", {},
        ({"add": []}, "add", "Choose a tag"), save="Change the tags",
    ),
    "message": Case(
        Opening("message", lambda store: {"candidate_ids": [person(store)], "template": "message-checking-in"}),
        {"subject": "How is it going?"}, "touches", {"subject": "How is it going?", "kind": "mail"},
        ({"subject": "Hi {who}"}, "subject", "no field"), save="It went: log it",
    ),
    "message template": Case(
        plain("message_template"),
        {"name": "Asking about summer", "subject": "Summer", "text": "Hello {first_name}"}, "templates",
        {"name": "Asking about summer", "kind": "message"},
        ({"name": "Asking", "subject": "Summer", "text": "Hello {who}"}, "text", "no field"), "name",
    ),
    "match weights": Case(
        plain("match_weights"), {"skills": "80"}, "employers",
        {"match_weights": {"skills": 80, "weeks": 20, "hours": 15, "new": 5, "contact": 10}},
        ({"skills": "0", "weeks": "0", "hours": "0", "new": "0", "contact": "0"}, "skills", "has to count"),
    ),
    "bulk stage": Case(
        Opening("bulk_stage", _staging),
        {"stage": "Shortlisted"}, "applications", {"status": "shortlisted"},
        ({"stage": "Choose a stage"}, "stage", "Choose where"), save="Move them",
    ),
    "bulk touch": Case(
        Opening("bulk_touch", _two),
        {"kind": "Call", "text": "Asked about summer"}, "touches", {"kind": "call", "text": "Asked about summer"},
        ({"on": "24 Dec 2026"}, "on", "still to come"), "text", save="Log it with all",
    ),
    "touch plans": Case(
        plain("touch_plans"),
        {"reason": "Met at a fair", "every_days": "30", "message_key": "Checking in"}, "touch_plans",
        {"reason": "fair", "every_days": 30, "message_key": "message-checking-in"},
        ({"every_days": "800"}, "every_days", "730"),
    ),
    "bulk invite": Case(
        Opening("bulk_invite", _inviting),
        {"on": "20 Nov 2026", "then": "Nothing: they know already"}, "applications", {"status": "invited"},
        ({"on": "24 Dec 2026"}, "on", "still to come"), save="Record the invitations",
    ),
    "tag": Case(
        Opening("tags", lambda store: {"row_id": tagged(store, "Evening", "Fair")}),
        {"name": "Evenings"}, "tags", {"name": "Evenings"},
        ({"name": "fair"}, "name", "already"), "name",
    ),
    "own field": Case(
        plain("custom_fields"),
        {"name": "Shirt", "kind": "One of a list", "choices": "Small, Large"}, "custom_fields",
        {"name": "Shirt", "kind": "choice", "choices": ["Small", "Large"]},
        ({"name": "Shirt", "kind": "One of a list", "choices": "Small"}, "choices", "at least two"), "name",
    ),
    "saved list": Case(
        Opening("saved_lists", _list),
        {"name": "Third years"}, "saved_lists", {"name": "Third years", "group_by": "stage"},
        ({"name": "early birds"}, "name", "already"), "name",
    ),
    "saved list again": Case(
        Opening("saved_lists", lambda store: {"row_id": _kept(store)}),
        {"name": "Later birds"}, "saved_lists", {"name": "Later birds"},
        ({"name": " "}, "name", "a name"), "name",
    ),
    "own field again": Case(
        Opening("custom_fields", _field),
        {"name": "Size"}, "custom_fields", {"name": "Size", "kind": "choice"},
        ({"name": " "}, "name", "a name"), "name",
    ),
}
