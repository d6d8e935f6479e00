"""The cases of the forms for the stages of a project and for someone who applied."""

from __future__ import annotations

from core.store import Store
from tests.support import made
from tests.ui.forms.case import Case, Opening, person


def _applying(store: Store) -> dict[str, str]:
    made.project(store)
    return {"candidate_id": person(store)}


STAGE_CASES = {
    "stages": Case(
        Opening("project_stages", lambda store: {"project_id": made.project(store)}),
        {"stages": ["Called", ("Talked", "within Shortlisted")]}, "project_stages",
        {"name": "Talked", "under": "shortlisted"},
        ({"stages": ["Called", "called"]}, "stages", "there twice"),
    ),
    "applied for": Case(
        Opening("application_for", _applying),
        {"applied_on": "20 Nov 2026"}, "applications", {"status": "applied"},
        ({"applied_on": "24 Dec 2026"}, "applied_on", "still to come"), save="Record the application",
    ),
}  # fmt: skip
