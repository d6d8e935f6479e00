"""A file that answers is read by raters as its masked words, or held back with the reason; no more is told of it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select as choose

from core.errors import UserError
from core.insight import blind_files, records
from core.insight.blind import masks
from core.insight.blind_files import AnswerFile, masked
from core.insight.scoring import scoring_queue
from core.insight.told import told
from core.jobs import shown
from core.jobs.export import export
from core.jobs.files import save_file
from core.jobs.words import looked_at, read_waiting
from core.model import Document, DocumentText, Question
from core.store import Store
from core.work import evaluate, select
from core.work.answer_files import keep_answer_files
from core.work.documents import remove_file
from tests.core.insight.build import Build
from tests.support import files
from tests.support.stores import TODAY

PNG = b"\x89PNG\r\n\x1a\nof Ada"


class Office:
    def __init__(self, store: Store, build: Build, name: str = "Ada Lovelace") -> None:
        self.store = store
        self.project = build.project("Menu", openings=1)
        build.rubric(self.project, 1)
        self.person = build.person(name, build.school("DePaul University", short_name="DPU"))
        with store.read() as session:
            self.question = session.scalars(choose(Question.id)).one()
        draft = select.ApplicationDraft(
            project_id=self.project, candidate_id=self.person, applied_on=TODAY - timedelta(days=3)
        )
        self.application = select.record_application(store, draft, today=TODAY)

    def keep(self, *given: tuple[str, bytes]) -> list[str]:
        return keep_answer_files(self.store, self.application, self.question, given, today=TODAY)

    def seen(self) -> tuple[AnswerFile, ...]:
        read_waiting(self.store)
        (one,) = scoring_queue(self.store, self.project, self.store.me or "").applications
        return one.files


@pytest.fixture
def office(store: Store, build: Build) -> Office:
    return Office(store, build)


def test_words_of_each_kind_come_masked_under_a_neutral_name(office: Office) -> None:
    office.keep(
        ("Ada Lovelace.pdf", files.pdf("Menu by Ada Lovelace of DePaul", "Prices first")),
        ("lovelace_menu.docx", files.docx("I am ADA.", "Photos then")),
        ("ada.txt", b"lovelace@example.edu: count twice"),
    )
    pdf, docx, text = office.seen()
    assert (pdf.name, docx.name, text.name) == ("File 1, PDF", "File 2, DOCX", "File 3, text")
    assert "Prices first" in pdf.words
    assert "Menu by [name] of [school]" in pdf.words
    assert docx.words == "I am [name].\nPhotos then"
    assert text.words == "[address]: count twice"
    assert {one.document_id for one in (pdf, docx, text)} == {None}
    assert {one.note for one in (pdf, docx, text)} == {""}
    assert "lovelace" not in repr((pdf, docx, text)).lower()


def test_heads_and_feet_and_properties_of_a_word_file_are_left_out(office: Office) -> None:
    body = f"<w:document {files.W}><w:p><w:t>Prices first</w:t></w:p></w:document>"
    head = f"<w:hdr {files.W}><w:p><w:t>Spring show of the harbour club</w:t></w:p></w:hdr>"
    office.keep(("a.docx", files.docx_of(body, header1=head, footer1=head.replace("hdr", "ftr"))))
    (one,) = office.seen()
    assert one.words == "Prices first"


def test_what_cannot_be_masked_is_held_back_with_the_reason(office: Office) -> None:
    office.keep(
        ("me.png", PNG),
        ("scan.pdf", files.pdf("")),
        ("locked.pdf", files.locked_pdf("Ada", "secret")),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Ada"),
        ("wrong.docx", b"no docx, by Ada"),
    )
    seen = office.seen()
    assert {one.words for one in seen} == {""}
    held = (blind_files.PICTURE, blind_files.NO_WORDS, blind_files.REFUSED, blind_files.OTHER, blind_files.REFUSED)
    assert tuple(one.note for one in seen) == held


def test_a_text_that_is_still_being_read_is_not_shown(office: Office) -> None:
    office.keep(("ada.txt", b"I am Ada"))
    (one,) = scoring_queue(office.store, office.project, office.store.me or "").applications
    assert [(file.words, file.note) for file in one.files] == [("", blind_files.NOT_YET)]


@pytest.mark.parametrize(
    ("name", "words", "covered"),
    [
        ("Will Turner", "I will start with the prices", False),
        ("Ada May", "It may be so", False),
        ("Bo Tran", "a bo tree", False),
        ("Bo Tran", "Tran counts the prices", True),
        ("Will Turner", "Count the prices first", True),
        ("Ada Lovelace", "Ada counts the prices", True),
        ("Ada Lovelace", "by A d a  L o v e l a c e", False),
        ("Ada Lovelace", "by Love-\nlace", True),
        ("明 王", "我是王明。王", False),
        ("小明 欧阳", "我叫欧阳小明", True),
    ],
)
def test_short_and_everyday_names_hold_a_text_back_where_they_stand(
    store: Store, build: Build, name: str, words: str, covered: bool
) -> None:
    row_id = build.person(name)
    with store.read() as session:
        mask = masks(session, [row_id])[row_id]
    shown_words, note = masked("text", DocumentText(state="read", text=words, why=""), mask)
    assert (note == "") is covered, shown_words
    assert (note == blind_files.UNSAFE) is not covered
    for part in name.casefold().split():
        assert part not in shown_words.casefold()


def test_a_long_text_is_shown_in_part(office: Office) -> None:
    office.keep(("long.txt", b"count twice " * 5_000))
    (one,) = office.seen()
    assert len(one.words) <= blind_files.MOST
    assert one.note == blind_files.PART


def test_after_the_reveal_the_name_and_the_way_to_it_stand_there(office: Office, tmp_path: Path) -> None:
    (kept,) = office.keep(("Ada Lovelace.txt", b"I am Ada"))
    evaluate.reveal_names(office.store, office.project, today=TODAY, reason="Time")
    (one,) = office.seen()
    assert (one.name, one.words, one.document_id, one.shown) == ("Ada Lovelace.txt", "I am Ada", kept, "words")
    assert save_file(office.store, kept, tmp_path / "a.txt").read_bytes() == b"I am Ada"


def test_a_file_under_a_code_is_neither_opened_nor_saved(office: Office, tmp_path: Path) -> None:
    (kept,) = office.keep(("Ada Lovelace.txt", b"I am Ada"))
    with pytest.raises(UserError, match="under a code"):
        save_file(office.store, kept, tmp_path / "a.txt")
    with pytest.raises(UserError, match="under a code"):
        looked_at(office.store, kept, lambda: None)
    assert not (tmp_path / "a.txt").exists()


def test_rows_history_and_copies_tell_neither_name_nor_content_nor_moment(office: Office, tmp_path: Path) -> None:
    store = office.store
    kept, gone = office.keep(("Ada Lovelace.txt", b"I am Ada"), ("DePaul.txt", b"DePaul"))
    remove_file(store, gone, today=TODAY)
    with store.read() as session:
        row = session.get_one(Document, kept)
        telling = (row.name, row.sha256, row.sha256[:12], str(row.created_at), "DePaul", "Lovelace")
    out = tmp_path / "all.json"
    export(store, out, today=TODAY)
    export(store, tmp_path / "documents.csv", "documents", today=TODAY)
    histories = []
    for noun, row_id in (("documents", None), ("documents", kept), ("applications", office.application), (None, None)):
        entries = told(store, store.history(noun, row_id), noun, row_id)
        entries = [one for one in entries if one.words in ("Kept a file", "Removed a file")]
        assert entries or noun is None
        names = records.names_of(store, [tuple(ref.split(":")) for one in entries for ref in one.refs])  # type: ignore[misc]
        histories.append(shown.history_json(entries) + repr(names))
    record = records.record(store, "documents", kept)
    pages = [
        *(page.replace(str(row.created_at), "") for page in histories),
        shown.record_json(record),
        shown.listing_json(records.listing(store, "documents", all_columns=True)),
        json.dumps(json.loads(out.read_text("utf-8"))["nouns"]["documents"]),
        (tmp_path / "documents.csv").read_text("utf-8-sig"),
        json.dumps(records.record(store, "questions", office.question).parts["documents"], default=str),
    ]
    for page in pages:
        assert not [one for one in telling if one in page], page
    assert record.fields["name"] == "File 1, text"
    assert (record.fields["size"], record.fields["added_on"], record.fields["created_at"]) == (None, None, None)
    with pytest.raises(UserError, match="none of the documents"):
        records.record(store, "documents", "Ada Lovelace.txt")
    by_name = told(store, store.history("candidates", office.person), "candidates", office.person)
    assert not [one for one in by_name if one.words in ("Kept a file", "Removed a file")]


def test_a_name_that_a_line_or_the_end_cuts_is_masked(office: Office) -> None:
    office.keep(
        ("a.txt", b"A Lovelace-\nstyled menu of Love-\nlace, de-\nsigned."),
        ("b.txt", b"x" * (blind_files.MOST - 5) + b" Lovelace " + b"y" * 900),
    )
    one, other = office.seen()
    assert one.words == "[name]-\nstyled menu of [name], designed."
    assert "Love" not in other.words
    assert len(other.words) == blind_files.MOST
