"""Forms of the made-up year as they come back by mail: one to look at, one that is no form, the others ready."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from core.exchange.form_filling import filled
from core.insight.asked import person as whose
from core.insight.asked import questions
from core.insight.records import rows_where
from core.jobs.forms import make_form
from core.store import Store

_WORDS = "I would put the files into one list first and look for the same name twice."


def came_back(store: Store, folder: Path, today: date) -> list[Path]:
    """Makes the forms, and puts what came back of them into `folder`."""
    found = [(name, filled(make_form(store, kind, row_id, today=today).data, values))
             for name, kind, row_id, values in _forms(store)]  # fmt: skip
    found.append(("Scan 0007.pdf", b"<!DOCTYPE html><html><body>Sign in to see this file</body></html>"))
    for name, data in found:
        (folder / name).write_bytes(data)
    return [folder / name for name, _ in found]


def _forms(store: Store) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    for work in rows_where(store, "engagements", status="running")[:1]:
        said = {
            "clarity": "4",
            "support": "3",
            "workload": "3",
            "hours": "11",
            "going_well": "I was shown the archive.",
        }
        yield "half-way.pdf", "mid_check", work["id"], said
    people = rows_where(store, "candidates")[:2]
    for person in people[:1]:
        yield (
            "When I am free.pdf",
            "availability",
            person["id"],
            {"free_1": "Yes", "free_5": "Yes", "hours_a_week": "8"},
        )
    for project in rows_where(store, "projects", status="open")[:1]:
        answers = {f"answer_{row_id}": _WORDS for row_id, _, _ in questions(store, project["id"])}
        new = {"first_name": "Noa", "last_name": "Bergstrom", "email": "noa.bergstrom@lake.example.edu",
               "school_name": "Lake College", "hours_a_week": "6", "source": "My professor"}  # fmt: skip
        yield "Application Noa.pdf", "application", project["id"], new | answers
        for known in people[1:]:
            alike = {"first_name": known["first_name"], "last_name": known["last_name"],
                     "email": "new.address@home.example.com", "school_name": whose(store, known["id"])[1]}  # fmt: skip
            yield "application (1).pdf", "application", project["id"], alike | answers
