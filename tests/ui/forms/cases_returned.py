"""The case of the form for forms that came back."""

from __future__ import annotations

from typing import Any

from core.store import Store
from tests.support.returned_forms import MID, filled, form, kept
from tests.support.stores import TODAY
from tests.ui.forms.case import Case, Opening, running


def _came_back(store: Store) -> dict[str, Any]:
    data, _ = form(store, "mid_check", MID, engagement_id=running(store))
    return {"paths": [kept(store.path.parent, "mid.pdf", filled(data, {"clarity": "/3", "going_well": "All of it"}))]}


RETURNED_CASES = {
    "returned forms": Case(
        Opening("returned", _came_back), {}, "form_returns", {"received_on": TODAY}, None, save="Take in 1 form"
    ),
}
