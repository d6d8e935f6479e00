"""Letters from their texts: nothing leaves unresolved, what left is kept as it was, and what comes back is known."""

from __future__ import annotations

import hashlib
import io
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

from core import letter_text, text
from core.errors import FieldErrors, UserError
from core.exchange.form_filling import filled
from core.insight.files import file_count, files_of
from core.insight.letters import subjects
from core.insight.records import listing, rows_where
from core.jobs import letters, papers, returned
from core.jobs.letters import Wanted
from core.letter_text import LetterText, TermText
from core.model import Offer
from core.store import Label, Store
from core.work import letter_returns, letter_templates, offer
from core.work.documents import document_bytes
from tests.support import made
from tests.support.returned_forms import filled as by_viewer
from tests.support.stores import TODAY, new_store


def words(data: bytes) -> str:
    """All that the paper says, on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def offered(store: Store) -> str:
    application = made.application(store, made.project(store), made.candidate(store))
    return made.drafted_offer(store, application, expires_on=TODAY + timedelta(days=14))


def sent(store: Store, offered: str, tmp_path: Path) -> Path:
    offer.send_offer(store, offered, today=TODAY, reason="agreed")
    return letters.letter(store, offered, tmp_path / "letter.pdf", today=TODAY)


def kept(store: Store, purpose: str) -> list[dict[str, object]]:
    return [row for row in rows_where(store, "documents") if row["purpose"] == purpose]


def status(store: Store, offered: str) -> str:
    with store.read() as session:
        return session.get_one(Offer, offered).status


def back(letter: Path, tmp_path: Path, **values: str) -> Path:
    out = tmp_path / "came back.pdf"
    out.write_bytes(filled(letter.read_bytes(), values))
    return out


def own(store: Store, said: str, about: str = "offer") -> str:
    return letter_templates.save_letter(store, LetterText(name="Mine", about=about, title="T", text=said), today=TODAY)


def test_a_letter_with_a_field_that_has_no_words_does_not_leave(store: Store, offered: str, tmp_path: Path) -> None:
    key = own(store, "Dear {first_name},\n\n{why}\n\n{ask: What do you like in them?}")
    wanted = Wanted("offer", offered, key)
    lacks = letters.lacking(store, wanted, today=TODAY)
    assert [name for name, _ in lacks] == ["why", "ask: What do you like in them?"]
    with pytest.raises(FieldErrors) as wrong:
        letters.make(store, wanted, today=TODAY)
    assert set(wrong.value.fields) == {name for name, _ in lacks}
    assert "Why it matters" in str(wrong.value)
    said = Wanted("offer", offered, key, {name: f"Words of {at}" for at, (name, _) in enumerate(lacks)})
    letter = letters.make(store, said, today=TODAY)
    out = letters.save(store, letter, tmp_path / "out.pdf", today=TODAY)
    assert "Words of 0" in words(out.read_bytes())
    assert "{" not in words(out.read_bytes())


def test_what_was_sent_stays_as_it_was_sent(store: Store, offered: str, tmp_path: Path) -> None:
    out = sent(store, offered, tmp_path)
    (row,) = kept(store, "letter")
    assert (row["noun"], row["owner_id"], row["name"]) == ("offers", offered, "letter.pdf")
    assert document_bytes(store, str(row["id"])) == out.read_bytes()
    ours = letter_templates.letter(store, "letter-offer")
    changed = LetterText(name=ours.name, about="offer", title="Otherwise", text="Other words\n\n{the answer}")
    letter_templates.save_letter(store, changed, "letter-offer", today=TODAY)
    assert "Otherwise" in words(papers.draw_letter(store, offered, today=TODAY))
    assert document_bytes(store, str(row["id"])) == out.read_bytes()
    ((_, left),) = listing(store, "disclosures", all_columns=True).rows
    assert left["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()


def test_what_cannot_be_written_is_not_kept_either(store: Store, offered: str, tmp_path: Path) -> None:
    letter = letters.make_offer(store, offered, today=TODAY)
    with pytest.raises(UserError):
        letters.save(store, letter, tmp_path / "nowhere" / "x.pdf", today=TODAY)
    assert kept(store, "letter") == []
    assert rows_where(store, "forms") == []


def test_the_same_data_gives_the_same_bytes_and_one_code(store: Store, offered: str, tmp_path: Path) -> None:
    out = sent(store, offered, tmp_path)
    again = letters.letter(store, offered, tmp_path / "again.pdf", today=TODAY)
    assert out.read_bytes() == again.read_bytes()
    assert len(rows_where(store, "forms")) == 1
    assert len(kept(store, "letter")) == 2


@pytest.mark.parametrize(("answer", "then"), [("accept", "accepted"), ("decline", "declined")])
def test_a_letter_that_comes_back_filled_in_settles_its_offer(
    store: Store, offered: str, tmp_path: Path, answer: str, then: str
) -> None:
    letter = sent(store, offered, tmp_path)
    file = back(letter, tmp_path, answer=answer, name="Ada Lovelace", date=f"{TODAY:%m/%d/%Y}")
    (one,) = returned.look(store, [file], today=TODAY)
    assert one.takes
    assert not one.look
    assert one.what == "Signed letter"
    assert status(store, offered) == "sent"
    returned.take_in(store, [one], today=TODAY)
    assert status(store, offered) == then
    (row,) = kept(store, "signed")
    assert (row["noun"], row["owner_id"]) == ("offers", offered)
    assert document_bytes(store, str(row["id"])) == file.read_bytes()
    store.undo()
    assert status(store, offered) == "sent"
    assert kept(store, "signed") == []


def test_an_offer_that_nobody_marked_as_sent_was_sent(store: Store, offered: str, tmp_path: Path) -> None:
    letter = letters.letter(store, offered, tmp_path / "letter.pdf", today=TODAY)
    later = TODAY + timedelta(days=2)
    file = back(letter, tmp_path, answer="accept", name="Ada Lovelace")
    found = returned.look(store, [file], today=later)
    returned.take_in(store, found, today=later)
    with store.read() as session:
        one = session.get_one(Offer, offered)
        assert (one.status, one.sent_on, one.answered_on) == ("accepted", TODAY, later)


def test_another_name_or_none_is_looked_at_first(store: Store, offered: str, tmp_path: Path) -> None:
    letter = sent(store, offered, tmp_path)
    (one,) = returned.look(store, [back(letter, tmp_path, answer="accept", name="Bao Tran")], today=TODAY)
    assert "signed as “Bao Tran”" in one.look
    assert returned.chosen([one], []) == []
    assert returned.chosen([one], [one.sha256]) == [one]


def test_one_that_was_signed_by_hand_is_kept_and_answers_nothing(store: Store, offered: str, tmp_path: Path) -> None:
    letter = sent(store, offered, tmp_path)
    (one,) = returned.look(store, [letter], today=TODAY)
    assert "nobody can read the answer" in one.look
    returned.take_in(store, [one], [one.sha256], today=TODAY)
    assert status(store, offered) == "sent"
    assert len(kept(store, "signed")) == 1


def test_a_scan_is_known_by_its_square_and_kept(store: Store, offered: str, tmp_path: Path) -> None:
    letter = sent(store, offered, tmp_path)
    subprocess.run(["pdftoppm", "-r", "200", "-gray", "-png", letter, tmp_path / "scan"], check=True)
    sheets = [Image.open(one) for one in sorted(tmp_path.glob("scan*.png"))]
    file = tmp_path / "scan.pdf"
    sheets[0].save(file, save_all=True, append_images=sheets[1:], resolution=200)
    (one,) = returned.look(store, [file], today=TODAY)
    assert one.takes, one.problems
    assert "nobody can read the answer" in one.look
    returned.take_in(store, [one], [one.sha256], today=TODAY)
    assert [row["name"] for row in kept(store, "signed")] == ["scan.pdf"]
    assert status(store, offered) == "sent"


def test_one_that_was_filled_in_and_printed_is_read_off_its_page(store: Store, offered: str, tmp_path: Path) -> None:
    letter = sent(store, offered, tmp_path)
    file = tmp_path / "printed.pdf"
    typed = by_viewer(letter.read_bytes(), {"answer": "/accept", "name": "Ada Lovelace"})
    with pikepdf.open(io.BytesIO(typed)) as opened:
        opened.flatten_annotations()
        opened.save(file)
    (one,) = returned.look(store, [file], today=TODAY)
    assert one.takes, one.problems
    assert {said.words: said.value for said in one.said} == {
        "Your answer": "I accept", "Your name": "Ada Lovelace", "The offer is now": "Sent",
    }  # fmt: skip
    assert "read off the page" in one.look
    returned.take_in(store, [one], [one.sha256], today=TODAY)
    assert status(store, offered) == "accepted"


def test_letters_stand_among_a_persons_files(store: Store, offered: str, tmp_path: Path) -> None:
    letter = sent(store, offered, tmp_path)
    found = returned.look(store, [back(letter, tmp_path, answer="accept", name="Ada Lovelace")], today=TODAY)
    returned.take_in(store, found, today=TODAY)
    person = rows_where(store, "candidates")[0]["id"]
    files = files_of(store, "candidates", person)
    assert [one.purpose for one in files] == ["signed", "letter"]
    assert file_count(store, "candidates", person) == 2


def test_a_letter_of_a_withdrawn_offer_settles_nothing(store: Store, offered: str, tmp_path: Path) -> None:
    letter = sent(store, offered, tmp_path)
    offer.withdraw_offer(store, offered, today=TODAY)
    (one,) = returned.look(store, [back(letter, tmp_path, answer="accept", name="Ada Lovelace")], today=TODAY)
    assert one.problems
    assert not one.takes


def test_a_signed_copy_that_somebody_looked_at_is_kept_with_its_answer(store: Store, offered: str) -> None:
    offer.send_offer(store, offered, today=TODAY, reason="agreed")
    page = ("scan.png", b"\x89PNG\r\n\x1a\n")
    letter_returns.keep_signed(store, offered, page, says="accept", today=TODAY)
    assert status(store, offered) == "accepted"
    assert [row["name"] for row in kept(store, "signed")] == ["scan.png"]
    store.undo()
    assert status(store, offered) == "sent"


def test_terms_are_chosen_and_ones_own_are_among_them(store: Store, offered: str) -> None:
    mine = letter_templates.save_term(
        store, TermText(name="Bikes", words="We lend you one, {first_name}."), today=TODAY
    )
    wanted = Wanted("offer", offered, "letter-offer", terms=("term-contractor", mine))
    said = words(letters.make(store, wanted, today=TODAY).data)
    assert "independent contractor" in said
    assert "We lend you one, Ada." in said


def test_a_term_has_conditions_and_no_misspelt_field(store: Store, offered: str) -> None:
    words_ = "Paid {if funding}by a grant{end}{if not funding}by us{end}{if expires}, answer by {expires}{end}."
    mine = letter_templates.save_term(store, TermText(name="Pay", words=words_), today=TODAY)
    said = words(letters.make(store, Wanted("offer", offered, "letter-offer", terms=(mine,)), today=TODAY).data)
    assert f"Paid by us, answer by {text.day(TODAY + timedelta(days=14))}." in said
    with pytest.raises(FieldErrors, match=r"no field \{frist_name\}"):
        letter_templates.save_term(store, TermText(name="Hi", words="Dear {frist_name}"), today=TODAY)


def test_the_school_is_known_where_a_letter_or_a_term_names_it(store: Store, offered: str) -> None:
    mine = letter_templates.save_term(store, TermText(name="S", words="You study at {school}."), today=TODAY)
    said = words(letters.make(store, Wanted("offer", offered, "letter-offer", terms=(mine,)), today=TODAY).data)
    assert "You study at Northfield College." in said
    key = own(store, "{if school}From {school}{end}\n\n{the answer}")
    assert "From Northfield College" in words(letters.make(store, Wanted("offer", offered, key), today=TODAY).data)


def test_an_answer_is_asked_for_once(store: Store, offered: str) -> None:
    key = own(store, "{if why}{the answer}{end}\n\n{if not why}{the answer}{end}")
    assert letters.make(store, Wanted("offer", offered, key), today=TODAY).code
    key = letter_templates.save_letter(
        store, LetterText(name="Twice", about="offer", title="T", text="{the answer}\n\n{the answer}"), today=TODAY
    )
    with pytest.raises(UserError, match="“Twice” asks for the answer twice"):
        letters.make(store, Wanted("offer", offered, key), today=TODAY)


def test_who_pays_chooses_the_offers_words(store: Store, offered: str) -> None:
    from core.model import Project

    assert "grant" not in words(papers.draw_letter(store, offered, today=TODAY))
    with store.change(Label.PROJECT_CHANGED) as session:
        for project in session.query(Project):
            project.funding = "campus_grant"
    assert "comes from a grant" in words(papers.draw_letter(store, offered, today=TODAY))


def test_words_of_people_stay_words(store: Store, offered: str) -> None:
    key = own(store, "{note}\n\n{ask: More?}")
    said = {"note": "# no heading\n- no point {first_name} <b>&amp;</b>", "ask: More?": "{the answer}"}
    letter = letters.make(store, Wanted("offer", offered, key, said), today=TODAY)
    told = words(letter.data)
    for part in ("# no heading", "- no point {first_name} <b>&amp;</b>", "{the answer}"):
        assert part in told
    assert letter.form is None


def test_ours_are_made_for_what_they_are_about(store: Store, offered: str) -> None:
    """Each ready-made letter, of the made-up person's offer, work or application."""
    offer.send_offer(store, offered, today=TODAY, reason="agreed")
    work = offer.accept_offer(store, offered, today=TODAY)
    application = rows_where(store, "applications", sealed=False)[0]["id"]
    rows = {"offer": offered, "work": work, "application": application}
    for key, ours in letter_text.ready_made().items():
        wanted = Wanted(ours.about, rows[ours.about], key)  # type: ignore[arg-type]
        said = {name: "Said for this letter." for name, _ in letters.lacking(store, wanted, today=TODAY)}
        told = words(letters.make(store, Wanted(wanted.about, wanted.row_id, key, said), today=TODAY).data)
        assert "{" not in told, key
        assert "Ada" in told
    with pytest.raises(UserError, match="is about work, not an offer"):
        letters.make(store, Wanted("offer", offered, "letter-reference"), today=TODAY)
    person = rows_where(store, "candidates")[0]["id"]
    assert [about for about, _, _ in subjects(store, person)] == ["work", "offer", "application", "person"]
    assert listing(store, "documents").rows == []


def test_a_later_due_date_names_the_one_before(store: Store, offered: str) -> None:
    from core.work.extensions import ask_extension

    offer.send_offer(store, offered, today=TODAY, reason="agreed")
    work = offer.accept_offer(store, offered, today=TODAY)
    lacks = letters.lacking(store, Wanted("work", work, "letter-extension"), today=TODAY)
    assert [name for name, _ in lacks] == ["old_due"]
    due = date.fromisoformat(str(rows_where(store, "engagements")[0]["due_on"]))
    for days in (3, 6):
        ask_extension(store, work, due + timedelta(days=days), today=TODAY, granted=True, reason="fine")
    told = words(letters.make(store, Wanted("work", work, "letter-extension"), today=TODAY).data)
    assert text.day(due + timedelta(days=3)) in told
    assert text.day(due + timedelta(days=6)) in told
