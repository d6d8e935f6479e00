"""A form for somebody goes along with a draft of a mail to them, and is the one that comes back."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from core.exchange.returned import read_form
from core.insight.records import listing
from core.model import Form
from core.store import Store
from core.work import self_identification
from tests.journeys.hand import Hand
from tests.support import made
from tests.support.stores import TODAY
from ui.paper_form import paper_form


def names(hand: Hand) -> list[str]:
    return [one.text() for one in hand.seen(QPushButton)]


def test_a_form_goes_along_with_the_draft_of_a_mail(hand: Hand, store: Store, tmp_path: Path) -> None:
    ada = made.candidate(store)
    paper_form(hand.app.context, "availability", ada, "Availability form")()
    hand.rest()
    hand.click("Write with it…")
    hand.sees("With it goes: Availability, Ada Lovelace.pdf", "A form from")
    assert "Open in the mail program" not in names(hand)
    hand.choosing(tmp_path)
    hand.click("Save as a draft…")
    (draft,) = [message_from_bytes(out.read_bytes(), policy=policy.default) for out in tmp_path.glob("*.eml")]
    (paper,) = list(draft.iter_attachments())
    assert (paper.get_filename(), paper.get_content_type()) == ("Availability, Ada Lovelace.pdf", "application/pdf")
    body = draft.get_body()
    assert body is not None
    assert "Hello Ada," in body.get_content()
    with store.read() as session:
        assert read_form(paper.get_content()).codes[0] == session.query(Form).one().code
    left = listing(store, "disclosures", all_columns=True).rows
    assert {(row["kind"], row["what"]) for _, row in left} == {
        ("letter", "Message draft"),
        ("form", "Availability, Ada Lovelace"),
    }


@pytest.mark.parametrize("kind", ["application", "self_identification"])
def test_what_is_for_nobody_by_name_or_names_nobody_is_not_mailed(hand: Hand, store: Store, kind: str) -> None:
    self_identification.set_collects(store, True, today=TODAY)
    row_id = made.project(store) if kind == "application" else made.candidate(store)
    paper_form(hand.app.context, kind, row_id, "Form")()
    hand.rest()
    assert "Write with it…" not in names(hand)
