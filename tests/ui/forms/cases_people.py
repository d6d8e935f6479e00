"""The cases of the forms that belong to one person's page."""

from __future__ import annotations

from datetime import date

from core.store import Store
from core.work import accommodations, self_identification
from core.work.accommodations import AccommodationDraft
from tests.core.work.test_second_thoughts import Rated
from tests.support import made
from tests.support.stores import TODAY
from tests.ui.forms.case import Case, Opening, on, person, running


def _noted(store: Store) -> dict[str, str]:
    draft = AccommodationDraft(candidate_id=person(store), request="More time to answer")
    return {"row_id": accommodations.add_accommodation(store, draft, today=TODAY)}


def _again(store: Store) -> dict[str, str]:
    _noted(store)
    with store.read() as session:
        from core.model import Candidate

        return {"candidate_id": session.query(Candidate).one().id}


def _twice(store: Store) -> dict[str, str]:
    other = made.candidate(store, "Ada Lovelace", emails=["ada@home.example.com"], phone="312 555 0184")
    return {"keep_id": person(store), "other_id": other}


def _asked(store: Store) -> dict[str, str]:
    self_identification.set_collects(store, True, today=TODAY)
    made.candidate(store, "Ada Lovelace", emails=["ada@home.example.com"])
    return {}


def _scored(store: Store) -> dict[str, list[tuple[str, str]]]:
    rated = Rated(store)
    return {"applications": [(rated.application, "K1")]}


PEOPLE_CASES = {
    "voluntary answers": Case(
        Opening("self_identification", _asked),
        {"candidate_id": "ada@home.example.com", "gender": "Woman"},
        "self_identifications", {"question": "gender", "answer": "Woman"},
        ({"candidate_id": "nobody@example.com"}, "candidate_id", "nobody@example.com"), save="Enter them",
    ),
    "merge": Case(
        Opening("merge", _twice),
        {"phone": "the right", "emails": "both"}, "candidates", {"phone": "312 555 0184"}, None, save="Merge",
    ),
    "second thoughts": Case(
        Opening("second_thoughts", _scored),
        {"reason": "I had missed the second page."}, "earlier_evaluations", {},
        ({"reason": ""}, "reason", "Write why"), "reason", save="Take them up again",
    ),
    "view half-way": Case(
        on("evaluations", "engagement_id", running, candidate="Ada Lovelace", occasion="mid"),
        {"overall": "3", "comment": "Ask sooner."}, "evaluations", {"comment": "Ask sooner.", "occasion": "mid"},
        ({"overall": ""}, "overall", "a level from 1 to 4"), "comment",
    ),
    "half-way by the student": Case(
        on("mid_checks", "engagement_id", running, candidate="Ada Lovelace"),
        {"clarity": "2", "hours": "6", "in_the_way": "No access."}, "mid_checks", {"hours": 6},
        ({"clarity": "2", "received_on": "24 Dec 2026"}, "received_on", "still to come"), "in_the_way",
        save="Enter it",
    ),
    "day of the reviews": Case(
        on("reviews_day", "engagement_id", running), {"reviews_open_on": "1 Mar 2027"}, "engagements",
        {"reviews_open_on": date(2027, 3, 1)}, ({"reviews_open_on": "1 Nov 2026"}, "reviews_open_on", "still to come"),
    ),
    "private note": Case(
        on("accommodations", "candidate_id", person),
        {"request": "Questions by mail", "agreed": "By mail, always", "agreed_on": "20 Nov 2026",
         "asked_on": "18 Nov 2026"},
        "accommodations", {"request": "Questions by mail", "agreed": "By mail, always"},
        ({"request": " "}, "request", "what they asked for"), "request", save="Save the note",
    ),
    "private note beside others": Case(
        Opening("accommodations", _again),
        {"request": "A room near the door"}, "accommodations", {"request": "A room near the door"},
        ({"request": "A desk", "asked_on": "24 Dec 2026"}, "asked_on", "still to come"), "request",
        save="Save the note",
    ),
    "private note again": Case(
        Opening("accommodations", _noted),
        {"agreed": "A day more"}, "accommodations", {"request": "More time to answer", "agreed": "A day more"},
        ({"agreed_on": "20 Nov 2026", "asked_on": "18 Nov 2026", "agreed": " "}, "agreed", "what was agreed"),
        "request", save="Save the note",
    ),
}  # fmt: skip
