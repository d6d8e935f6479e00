"""The case of the form for an application that came as a mail."""

from __future__ import annotations

from typing import Any

from core.store import Store
from tests.support import made
from tests.ui.forms.case import Case, Opening

MAIL = """From: Grace Hopper <grace@northfield.example.edu>
Subject: Application: Clean the mailing list

How would you find doubles?
By sorting them.
"""


def mailed(store: Store) -> dict[str, Any]:
    made.project(store)
    return {"words": MAIL}


MAIL_CASES = {
    "application from a mail": Case(
        Opening("applying", mailed),
        {"last_name": "Murray Hopper", "phone": "555-0101"}, "candidates",
        {"first_name": "Grace", "last_name": "Murray Hopper", "phone": "555-0101", "source": "Mail"},
        ({"emails": "nowhere"}, "emails", "is no e-mail address"), "last_name",
    ),
}  # fmt: skip
