"""The command line writes any letter, by the names that people read; what lacks words is named and nothing written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from core.errors import UserError
from core.insight.records import rows_where
from core.jobs.letters_by_name import Many, write_letter, write_to_all
from core.store import Store
from core.work import offer
from core.work.declining import decline
from tests.support import made
from tests.support.stores import TODAY, new_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        application = made.application(opened, made.project(opened), made.candidate(opened))
        row = made.drafted_offer(opened, application, expires_on=TODAY + timedelta(days=14))
        offer.send_offer(opened, row, today=TODAY, reason="agreed")
        yield opened


def words(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_an_offer_takes_terms_by_their_names(store: Store, tmp_path: Path) -> None:
    (row,) = rows_where(store, "offers")
    terms = ["how you are paid: w-2", "AI tools"]
    out = write_letter(store, "offer", row["id"], None, [], terms, tmp_path, today=TODAY)
    assert out.name == "Offer P-001 Ada Lovelace.pdf"
    assert "temporary employee" in words(out)
    with pytest.raises(UserError, match=r"no term “Bikes”\. There are: AI tools"):
        write_letter(store, "offer", row["id"], None, [], ["Bikes"], tmp_path, today=TODAY)


def test_what_lacks_words_is_said_and_taken(store: Store, tmp_path: Path) -> None:
    work = offer.accept_offer(store, rows_where(store, "offers")[0]["id"], today=TODAY)
    question = "What did they do that helped you most?"
    with pytest.raises(UserError, match=r"--say \"ask: What did they do .*--say \"reply_to=") as wrong:
        write_letter(store, "work", work, "thank YOU", [], None, tmp_path, today=TODAY)
    assert "not written" in str(wrong.value)
    assert list(tmp_path.glob("*.pdf")) == []
    say = [f"{question}=Labels = done.", "reply_to=hello@example.com"]
    out = write_letter(store, "work", work, "Thank you", say, None, tmp_path, today=TODAY)
    assert "Labels = done." in words(out)
    assert [row["purpose"] for row in rows_where(store, "documents")] == ["letter"]


@pytest.mark.parametrize(
    ("text", "say", "part"),
    [
        (None, [], "Say which letter"),
        ("Reference", [], "no letter “Reference” about somebody"),
        ("Offer", [], "no letter “Offer”"),
    ],
)
def test_what_cannot_be_meant_is_said(
    store: Store, tmp_path: Path, text: str | None, say: list[str], part: str
) -> None:
    person = rows_where(store, "candidates")[0]["id"]
    with pytest.raises(UserError, match=part):
        write_letter(store, "person", person, text, say, None, tmp_path, today=TODAY)


def test_a_letter_to_all_of_a_project(store: Store, tmp_path: Path) -> None:
    project = rows_where(store, "projects")[0]["id"]
    other = made.application(store, project, made.candidate(store, "Bao Tran"))
    offer.accept_offer(store, rows_where(store, "offers")[0]["id"], today=TODAY)
    say = ["What did they do that helped you most?=Much.", "reply_to=hello@example.com"]
    many = Many(None, "thank you", "P-001", say, ["AI tools"], "one")
    done = write_to_all(store, many, tmp_path, today=TODAY)
    assert [out.name for out in done.files] == [f"Thank you {TODAY.isoformat()}.pdf"]
    assert "Much." in words(done.files[0])
    assert done.refused == ()
    with pytest.raises(UserError, match=r'they lack words\. Add --say "ask: What did they do'):
        write_to_all(store, replace(many, say=[]), tmp_path, today=TODAY)
    with pytest.raises(UserError, match=r"No letter asks for “whta”\. This one asks for: What did they do"):
        write_to_all(store, replace(many, say=["whta=Much."]), tmp_path, today=TODAY)
    decline(store, [other], reason="Others fitted better.", hold_days=0, today=TODAY - timedelta(days=1))
    done = write_to_all(store, replace(many, text="Not selected", say=[]), tmp_path, today=TODAY)
    assert done.letters == 1, "nobody who was chosen reads that they were not"
    with pytest.raises(UserError, match="Say which letter goes to all of the project, with --text: Kick-off"):
        write_to_all(store, replace(many, text=None), tmp_path, today=TODAY)
    with pytest.raises(UserError, match="Say to whom: --project"):
        write_to_all(store, replace(many, project=None), tmp_path, today=TODAY)
