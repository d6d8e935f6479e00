"""A form for somebody goes along with a draft of a mail to them, and is the one that comes back."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from core.exchange.returned import read_form
from core.insight.records import listing
from core.model import Form
from core.store import Store
from core.work import self_identification
from core.work.select import invite
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


def test_who_is_invited_gets_the_form_to_apply_with(hand: Hand, store: Store, tmp_path: Path) -> None:
    project = made.project(store)
    paper_form(hand.app.context, "application", project, "Application form")()
    hand.rest()
    hand.click("Write with it…")
    assert hand.said().startswith("Nobody is invited who has not applied.")
    for name in ("Ada Lovelace", "Bao Tran"):
        invite(store, project, made.candidate(store, name), today=TODAY)
    made.application(store, project, made.candidate(store, "Chidi Eze"))
    hand.click("Write with it…")
    hand.choosing(tmp_path)
    hand.click("Save as drafts…")
    drafts = [message_from_bytes(out.read_bytes(), policy=policy.default) for out in sorted(tmp_path.glob("*.eml"))]
    assert [str(draft["To"]).split(" <")[0] for draft in drafts] == ["Ada Lovelace", "Bao Tran"]
    assert all(len(list(draft.iter_attachments())) == 1 for draft in drafts)


def test_a_form_for_voluntary_answers_is_not_mailed_from_here(hand: Hand, store: Store) -> None:
    self_identification.set_collects(store, True, today=TODAY)
    paper_form(hand.app.context, "self_identification", made.candidate(store), "Form")()
    hand.rest()
    assert "Write with it…" not in names(hand)
