"""Offer letters to many: files, one file, or drafts; what cannot be made stops no other; a stop leaves no trace."""

from __future__ import annotations

import email
from collections.abc import Iterator
from datetime import timedelta
from email.policy import default
from pathlib import Path

import pytest
from pypdf import PdfReader

from core.errors import UserError
from core.insight.offers import unanswered
from core.insight.records import listing
from core.jobs import papers
from core.jobs.many_letters import Way, write_letters
from core.model import Offer
from core.store import Label, Store
from tests.support import made
from tests.support.stores import TODAY, new_store

NAMES = ("Ada Lovelace", "ADA LOVELACE", "Nguyễn: Ánh / Zoë", "CON", "Łukasz Nowak.")


class Stopped(Exception):
    pass


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made_ = tmp_path / "letters"
    made_.mkdir()
    return made_


@pytest.fixture
def offers(store: Store) -> list[str]:
    project = made.project(store, openings=len(NAMES))
    people = [
        made.candidate(store, name, emails=[f"person.{at}@northfield.example.edu"]) for at, name in enumerate(NAMES)
    ]
    until = TODAY + timedelta(days=14)
    return [made.drafted_offer(store, made.application(store, project, one), expires_on=until) for one in people]


def left(store: Store) -> list[str]:
    return [str(row) for row in listing(store, "disclosures", today=TODAY).rows if "Offer letter" in str(row)]


def test_each_gets_a_file_whose_name_every_system_takes(store: Store, folder: Path, offers: list[str]) -> None:
    steps: list[tuple[int, int]] = []
    done = write_letters(store, offers, folder, today=TODAY, progress=lambda at, of: steps.append((at, of)))
    assert done.letters == len(done.files) == len(NAMES)
    assert len({out.name.casefold() for out in done.files}) == len(NAMES)
    assert not any(letter in out.name for out in done.files for letter in '<>:"/\\|?*')
    assert steps == [(at, len(NAMES)) for at in range(len(NAMES))]
    assert len(left(store)) == len(NAMES)
    for offer, out in zip(offers, done.files, strict=True):
        assert out.read_bytes() == papers.draw_letter(store, offer, today=TODAY)


def test_one_file_has_them_all_to_print(store: Store, folder: Path, offers: list[str]) -> None:
    done = write_letters(store, offers, folder, "one", today=TODAY)
    (out,) = done.files
    pages = [page.extract_text() for page in PdfReader(out).pages]
    assert len(pages) == len(NAMES)
    assert all("page 1 of 1" in page for page in pages)
    assert "Nguyễn" in pages[2]
    assert len(left(store)) == len(NAMES)


def test_a_draft_has_the_letter_in_it(store: Store, folder: Path, offers: list[str]) -> None:
    done = write_letters(store, offers[:1], folder, "drafts", today=TODAY)
    (out,) = done.files
    read = email.message_from_bytes(out.read_bytes(), policy=default)
    (paper,) = read.iter_attachments()
    assert paper.get_content() == papers.draw_letter(store, offers[0], today=TODAY)
    assert paper.get_filename() == "Offer P-001 Ada Lovelace.pdf"
    assert "person.0@" in read["To"]
    assert "Ada" in read.get_body().get_content()  # type: ignore[union-attr]


@pytest.mark.parametrize("way", ["files", "one", "drafts"])
def test_who_stops_it_leaves_no_trace(store: Store, folder: Path, offers: list[str], way: Way) -> None:
    def stop(at: int, _of: int) -> None:
        if at == 3:
            raise Stopped

    with pytest.raises(Stopped):
        write_letters(store, offers, folder, way, today=TODAY, progress=stop)
    assert list(folder.iterdir()) == []
    assert left(store) == []


def test_one_that_cannot_be_made_stops_no_other(store: Store, folder: Path, offers: list[str]) -> None:
    with store.change(Label.OFFER_CHANGED) as session:
        session.get_one(Offer, offers[1]).expires_on = None
    done = write_letters(store, offers, folder, today=TODAY)
    assert done.letters == len(NAMES) - 1
    assert "no last day" in done.refused[0][1]
    assert "1 not written" in done.words
    with pytest.raises(UserError, match="No letter was written"):
        write_letters(store, offers[1:2], folder, "one", today=TODAY)
    again = write_letters(store, offers[2:], folder, "one", today=TODAY)
    assert again.letters == 3


def test_what_is_there_is_not_written_over_unasked(store: Store, folder: Path, offers: list[str]) -> None:
    first = write_letters(store, offers[:1], folder, today=TODAY)
    first.files[0].write_bytes(b"mine")
    second = write_letters(store, offers[:2], folder, today=TODAY)
    assert second.letters == 1
    assert "there already" in second.refused[0][1]
    assert first.files[0].read_bytes() == b"mine"
    third = write_letters(store, offers[:1], folder, today=TODAY, overwrite=True)
    assert third.files[0].read_bytes().startswith(b"%PDF")


def test_every_open_offer_is_meant_where_none_is_named(store: Store, offers: list[str]) -> None:
    assert unanswered(store) == offers
