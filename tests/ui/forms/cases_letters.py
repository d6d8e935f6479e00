"""The cases of the forms for letters’ texts and for a signed one that came back."""

from __future__ import annotations

from tests.support.stores import TODAY
from tests.ui.forms.case import FUTURE, Case, on, plain, sent

LETTER_CASES = {
    "letter’s text": Case(
        plain("letter_text"),
        {"name": "Come again", "title": "Once more", "text": "Dear first_name"},
        "templates",
        {"name": "Come again", "kind": "letter"},
        ({"name": "Come again", "title": "T", "text": ""}, "text", "Write what it says"),
        "purpose",
    ),
    "letter’s text in one’s own words": Case(
        on("letter_text", "row_id", lambda _store: "letter-reference"),
        {"purpose": "To whom a student asks"},
        "templates",
        {"key": "letter-reference", "kind": "letter"},
        ({"name": "Kick-off"}, "name", "There is a letter"),
        "purpose",
    ),
    "term": Case(
        plain("letter_term"),
        {"name": "Bikes", "words": "We lend you one."},
        "templates",
        {"name": "Bikes", "kind": "term"},
        ({"name": "AI tools", "words": "None."}, "name", "There is a term"),
        "words",
    ),
    "signed letter": Case(
        on("letter_signed", "offer_id", sent),
        {"files": ["pyproject.toml"], "says": "They accept"},
        "offers",
        {"status": "accepted", "answered_on": TODAY},
        ({**FUTURE, "files": ["pyproject.toml"]}, "on", "still to come"),
        save="Keep it",
    ),
}
