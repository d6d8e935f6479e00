"""What a case of a form is, and short ways to the rows that forms are opened on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from core.insight.records import APART, listing
from core.store import Store
from core.work import declining, offer, pay, run
from core.work.schools import SchoolDraft, add_school
from tests.support import made
from tests.support.stores import TODAY
from tests.support.tables import tables


@dataclass(frozen=True)
class Opening:
    """The form's name in the registry, and the values that it is opened with, made in this store."""

    form: str
    values: Callable[[Store], dict[str, Any]]


LONG = "w" * 300
LOVELACE = "Ada Lovelace · P-001 Clean the mailing list · $360 since 22 Nov"


@dataclass(frozen=True)
class Case:
    """`kept`: the noun whose newest row holds these columns afterwards. `wrong`: what is typed instead, the field at
    fault, and part of the sentence that stands there. `words`: a field for people's own words.
    """

    opening: Opening
    fill: Mapping[str, Any]
    noun: str
    kept: Mapping[str, Any]
    wrong: tuple[Mapping[str, Any], str, str] | None
    words: str = ""
    save: str = "Save"


def person(store: Store) -> str:
    return made.candidate(store)


def applied(store: Store) -> str:
    return made.application(store, made.project(store), person(store))


def deciding(store: Store) -> str:
    """A project with two who wait for a decision."""
    project = made.project(store)
    for name in ("Ada Lovelace", "Bao Tran"):
        made.application(store, project, made.candidate(store, name))
    return project


def declined(store: Store) -> str:
    """The project of one who was declined and is to be told."""
    project = made.project(store)
    application = made.application(store, project, person(store))
    declining.decline(store, [application], reason="", today=TODAY, hold_days=0)
    return project


def taken_back(store: Store) -> dict[str, str]:
    application = applied(store)
    declining.decline(store, [application], reason="", today=TODAY)
    return {"application_id": application}


def offered(store: Store) -> str:
    return made.drafted_offer(store, applied(store))


def sent(store: Store) -> str:
    row = offered(store)
    offer.send_offer(store, row, today=TODAY)
    return row


def agreed(store: Store) -> str:
    return made.engagement(store, applied(store))


def running(store: Store) -> str:
    row = agreed(store)
    run.start(store, row, today=TODAY, on=TODAY)
    return row


def delivered(store: Store) -> str:
    row = running(store)
    run.deliver(store, row, today=TODAY)
    return row


def accepted(store: Store) -> str:
    row = delivered(store)
    run.accept_work(store, row, "met", today=TODAY)
    return row


def paid(store: Store) -> str:
    draft = pay.PaymentDraft(engagement_id=accepted(store), amount=10_000, paid_on=TODAY)
    return pay.record_payment(store, draft, today=TODAY)


def plain(name: str) -> Opening:
    return Opening(name, lambda _store: {})


def on(name: str, key: str, make: Callable[[Store], str], **more: Any) -> Opening:
    return Opening(name, lambda store: {key: make(store), **more})


def applying(store: Store) -> dict[str, Any]:
    project = made.project(store)
    return {"project_id": project, "candidate_id": person(store), "candidate": "Ada Lovelace"}


def consenting(store: Store) -> dict[str, Any]:
    school = add_school(store, SchoolDraft(name="Elsewhere"), today=TODAY)
    return {"candidate_id": person(store), "school_id": school, "school": "Elsewhere"}


def inviting(store: Store) -> dict[str, Any]:
    project = made.project(store)
    return {"candidate_id": person(store), "projects": [(project, "Clean the mailing list")]}


FUTURE = {"on": "24 Dec 2026"}


def newest(store: Store, noun: str, kept: Mapping[str, Any]) -> dict[str, Any] | None:
    """A row of the noun that holds all of this."""
    if noun in APART:
        rows = list(tables(store)[noun].values())
    else:
        rows = [row for _, row in listing(store, noun, all_columns=True).rows]
    return next((row for row in rows if all(row.get(key) == value for key, value in kept.items())), None)
