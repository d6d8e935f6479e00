"""The forms of an engagement at work."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.store import Store
from core.work import extensions, hours, run
from tests.support.stores import TODAY
from tests.ui.forms.case import FUTURE, Case, Opening, agreed, on, running


def logged(store: Store) -> dict[str, Any]:
    row = running(store)
    return {"engagement_id": row, "entry_id": hours.log_hours(store, row, 60, today=TODAY)}


def wished(store: Store) -> str:
    return extensions.ask_extension(store, running(store), date(2027, 1, 8), today=TODAY)


def handed_in(store: Store) -> str:
    return run.deliver(store, running(store), today=TODAY)


WORK_CASES: dict[str, Case] = {
    "kick-off": Case(
        on("kick_off", "engagement_id", agreed), {"on": "22 Nov"}, "engagements", {"status": "running"},
        ({"on": "20 Nov"}, "on", "was accepted on"), save="Record the kick-off",
    ),
    "kick-off prepared": Case(
        on("kick_off_plan", "engagement_id", agreed), {"kick_off_time": "9:30", "how_to_join": "Room 4"}, "engagements",
        {"kick_off_time": "09:30", "how_to_join": "Room 4"}, ({"kick_off_time": "noonish"}, "kick_off_time", "Type a"),
        "how_to_join",
    ),
    "kick-off message": Case(
        on("kick_off_message", "engagement_id", agreed), {}, "engagements", {"kick_off_checks": ["message"]}, None,
        save="Mark as sent",
    ),
    "work authorisation": Case(
        on("authorisations", "engagement_id", agreed),
        {"kind": "CPT", "starts_on": "1 Dec 2026", "ends_on": "30 Apr 2027", "seen_on": "22 Nov"},
        "work_authorisations", {"kind": "cpt", "starts_on": date(2026, 12, 1)},
        ({"kind": "CPT", "starts_on": "1 Dec 2026", "ends_on": "1 Nov 2026"}, "ends_on", "ends before it starts"),
    ),
    "hours": Case(
        on("hours", "engagement_id", running), {"minutes": "90", "note": "Sorting"}, "hour_entries",
        {"minutes": 90, "note": "Sorting"}, ({"minutes": "1500"}, "minutes", "up to 24 hours"), "note",
        save="Log the hours",
    ),
    "hours mended": Case(
        Opening("hours", logged), {"minutes": "45", "note": "Sorting"}, "hour_entries",
        {"minutes": 45, "note": "Sorting"}, ({"on": "20 Nov"}, "on", "started on"), "note",
    ),
    "check-in": Case(
        on("check_ins", "engagement_id", running), {"minutes": "20", "note": "Half is done"}, "check_ins",
        {"minutes": 20, "held_on": TODAY}, (FUTURE, "on", "still to come"), "note", save="Record it",
    ),
    "check-in planned": Case(
        on("check_in_plan", "engagement_id", running), {"on": "30 Nov", "note": "The first table"}, "check_ins",
        {"planned_on": date(2026, 11, 30), "held_on": None}, ({"on": "20 Nov"}, "on", "today or a later day"), "note",
        save="Plan it",
    ),
    "more time": Case(
        on("extension", "engagement_id", running), {"new_due_on": "8 Jan 2027", "answer": "Not yet"}, "extensions",
        {"new_due_on": date(2027, 1, 8)}, ({"new_due_on": "1 Dec"}, "new_due_on", "after the present due date"),
        save="Record it",
    ),
    "more time given": Case(
        on("extension_answer", "extension_id", wished), {"why": "The office renews it"}, "extensions",
        {"granted": True}, None, "why", save="Give more time",
    ),
    "delivery": Case(
        on("delivery", "engagement_id", running), {"note": "A table", "link": "The shared folder"}, "deliveries",
        {"note": "A table", "link": "The shared folder"}, ({"on": "20 Nov"}, "on", "give that day or a later one"),
        "note", save="Record the delivery",
    ),
    "files kept": Case(
        Opening("documents", lambda store: {"owner_id": handed_in(store)}),
        {"files": ["pyproject.toml"]}, "documents", {"name": "pyproject.toml"},
        ({"files": ["no such file"]}, "files", "is not there any more"), save="Keep them",
    ),
}  # fmt: skip
