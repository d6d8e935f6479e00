"""Letters of any kind to many: about what is theirs, not to who wished none; what is bound is kept and known too."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from core.errors import UserError
from core.insight.records import rows_where
from core.jobs import returned
from core.jobs.letters import Wanted
from core.jobs.many_letters import wanted_for, write_letters, write_many
from core.letter_text import LetterText
from core.model import Candidate
from core.store import Label, Store
from core.work import declining, evaluate, letter_templates, offer
from core.work.documents import document_bytes
from tests.core.paper.structure import faults
from tests.support import made
from tests.support.stores import TODAY, new_store

NAMES = ("Ada Lovelace", "Bao Tran", "Łukasz Nowak")
UNTIL = TODAY + timedelta(days=14)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "letters"
    found.mkdir()
    return found


@pytest.fixture
def people(store: Store) -> list[str]:
    return [made.candidate(store, name, emails=[f"p{at}@x.example.edu"]) for at, name in enumerate(NAMES)]


@pytest.fixture
def project(store: Store) -> str:
    return made.project(store, openings=3)


@pytest.fixture
def offers(store: Store, people: list[str], project: str) -> list[str]:
    return [made.drafted_offer(store, made.application(store, project, one), expires_on=UNTIL) for one in people]


def words(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def quiet(store: Store, person: str) -> None:
    with store.change(Label.CANDIDATE_CHANGED) as session:
        session.get_one(Candidate, person).do_not_contact_on = TODAY


def kept(store: Store) -> list[dict[str, object]]:
    return [row for row in rows_where(store, "documents") if row["purpose"] == "letter"]


def test_each_of_those_bound_is_kept_as_its_pages_are(store: Store, folder: Path, offers: list[str]) -> None:
    done = write_letters(store, offers, folder, "one", today=TODAY)
    assert done.letters == 3
    bound = [" ".join(page.extract_text().split()) for page in PdfReader(done.files[0]).pages]
    files = kept(store)
    assert {row["owner_id"] for row in files} == set(offers)
    assert sorted(words(document_bytes(store, str(row["id"]))) for row in files) == sorted(bound)
    assert {str(row["name"]) for row in files} == {f"Offer P-001 {name}.pdf" for name in NAMES}
    assert not any("I accept I decline" in page for page in bound)
    assert faults(done.files[0]) == []


def test_a_bound_letter_that_comes_back_as_a_scan_is_known(
    store: Store, folder: Path, offers: list[str], tmp_path: Path
) -> None:
    done = write_letters(store, offers, folder, "one", today=TODAY)
    page = ["-f", "2", "-l", "2"]
    subprocess.run(["pdftoppm", "-r", "150", "-gray", "-png", *page, done.files[0], tmp_path / "s"], check=True)
    (sheet,) = tmp_path.glob("s*.png")
    Image.open(sheet).save(tmp_path / "scan.pdf", resolution=150)
    (one,) = returned.look(store, [tmp_path / "scan.pdf"], today=TODAY)
    assert one.takes, one.problems
    assert one.whose == "Bao Tran"
    returned.take_in(store, [one], [one.sha256], today=TODAY)
    (signed,) = [row for row in rows_where(store, "documents") if row["purpose"] == "signed"]
    assert signed["owner_id"] == offers[1]


def test_a_letter_printed_and_one_to_fill_in_have_codes_of_their_own(
    store: Store, folder: Path, offers: list[str]
) -> None:
    write_letters(store, offers, folder, "one", today=TODAY)
    write_letters(store, offers, folder, today=TODAY)
    assert len(rows_where(store, "forms")) == 6
    assert len(kept(store)) == 6


def test_who_stops_it_while_it_is_put_on_record_leaves_no_trace(store: Store, folder: Path, offers: list[str]) -> None:
    class Stopped(Exception):
        pass

    def stop(at: int, of: int) -> None:
        if at == of - 1:
            raise Stopped

    wanted, _ = wanted_for(store, "letter-offer", [row["id"] for row in rows_where(store, "candidates")], today=TODAY)
    with pytest.raises(Stopped):
        write_many(store, wanted, folder, "one", today=TODAY, progress=stop)
    assert list(folder.iterdir()) == []
    assert kept(store) == []
    assert rows_where(store, "forms") == []


def test_thanks_to_all_who_worked(store: Store, folder: Path, people: list[str], offers: list[str]) -> None:
    for one in offers[:2]:
        offer.send_offer(store, one, today=TODAY, reason="agreed")
        offer.accept_offer(store, one, today=TODAY)
    ask = "ask: What did they do that helped you most?"
    said = {ask: "They found 40 lost customers.", "reply_to": "hello@example.com"}
    wanted, lacks = wanted_for(store, "letter-thank-you", people, said=said, today=TODAY)
    assert lacks == [("Łukasz Nowak", "No work of theirs is there to write about.")]
    done = write_many(store, wanted, folder, "drafts", today=TODAY, refused=lacks)
    assert [out.name for out in done.files] == [f"Thank you P-001 {name}.eml" for name in NAMES[:2]]
    assert "1 not written. Łukasz Nowak" in done.words
    assert all("They found 40 lost customers." in words(document_bytes(store, str(row["id"]))) for row in kept(store))
    assert {row["noun"] for row in kept(store)} == {"engagements"}
    unsaid, _ = wanted_for(store, "letter-thank-you", people, today=TODAY)
    with pytest.raises(UserError, match="no words for this yet: What did they do"):
        write_many(store, unsaid, folder, today=TODAY)


def test_of_an_application_behind_a_code_nothing_is_said(
    store: Store, folder: Path, people: list[str], project: str
) -> None:
    made.rubric(store, project)
    applied = [made.application(store, project, one) for one in people[:2]]
    wanted, lacks = wanted_for(store, "letter-not-selected", people, project, today=TODAY)
    assert wanted == []
    assert {why for _, why in lacks} == {"No application of theirs was declined, or it is still held back."}
    evaluate.reveal_names(store, project, today=TODAY, reason="agreed")
    later = TODAY + timedelta(days=3)
    declining.decline(store, applied, reason="Others fitted better.", hold_days=2, today=TODAY)
    wanted, _ = wanted_for(store, "letter-not-selected", people, project, today=TODAY)
    assert wanted == [], "the message is held back"
    wanted, lacks = wanted_for(store, "letter-not-selected", people, project, today=later)
    assert [who for who, _ in lacks] == [NAMES[2]]
    assert write_many(store, wanted, folder, today=TODAY).letters == 2
    assert {row["noun"] for row in kept(store)} == {"candidates"}


def test_who_wished_no_contact_gets_none(store: Store, folder: Path, people: list[str], offers: list[str]) -> None:
    quiet(store, people[1])
    done = write_letters(store, offers, folder, today=TODAY)
    assert done.letters == 2
    ((who, why),) = done.refused
    assert who == "P-001 Bao Tran"
    assert "not to be written to" in why
    wanted, _ = wanted_for(store, "letter-offer", people[1:2], today=TODAY)
    assert write_many(store, wanted, folder, today=TODAY, even_so=True).letters == 1


def test_an_offer_whose_day_has_passed_gets_none(store: Store, folder: Path, offers: list[str]) -> None:
    later = UNTIL + timedelta(days=1)
    with pytest.raises(UserError, match="The last day to answer was"):
        write_letters(store, offers, folder, today=later)
    offer.send_offer(store, offers[0], today=TODAY, reason="agreed")
    offer.accept_offer(store, offers[0], today=TODAY)
    done = write_letters(store, offers, folder, today=later)
    assert [one.name for one in done.files] == ["Offer P-001 Ada Lovelace.pdf"]
    assert write_letters(store, offers[1:], folder, today=UNTIL).letters == 2


@pytest.mark.parametrize("way", ["files", "one", "drafts"])
def test_beside_what_is_there(store: Store, folder: Path, people: list[str], offers: list[str], way: str) -> None:
    wanted, _ = wanted_for(store, "letter-offer", people, today=TODAY)
    first = write_many(store, wanted, folder, way, today=TODAY, beside=True)  # type: ignore[arg-type]
    again = write_many(store, wanted, folder, way, today=TODAY, beside=True)  # type: ignore[arg-type]
    assert again.letters == 3
    assert all(Path(one).stem.endswith(" 2") for one in again.files)
    assert not set(first.files) & set(again.files)
    assert [one.read_bytes() for one in first.files] == [one.read_bytes() for one in again.files]


def test_letters_with_and_without_an_answer_are_bound_in_one(
    store: Store, folder: Path, people: list[str], offers: list[str]
) -> None:
    text = LetterText(name="A word", about="offer", title="A word", text="Dear {first_name},\n\nso be it.")
    key = letter_templates.save_letter(store, text, today=TODAY)
    wanted = [Wanted("offer", offers[0], key), Wanted("offer", offers[1], "letter-offer")]
    done = write_many(store, wanted, folder, "one", today=TODAY)
    assert done.files[0].name == f"Letters {TODAY.isoformat()}.pdf"
    assert len(PdfReader(done.files[0]).pages) == 2
    assert len(rows_where(store, "forms")) == 1
    assert faults(done.files[0]) == []
