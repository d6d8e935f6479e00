"""A résumé's words: searched for as long as the file is kept, on the person and on nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

import resources
from core.errors import FieldErrors, UserError
from core.exchange import resume_text
from core.insight.files import KeptFile, files_of, words_of
from core.insight.people import CandidateFilter, candidate_ids
from core.jobs import sample_days
from core.jobs.export import export
from core.jobs.words import read_waiting
from core.model import DocumentBody, DocumentText
from core.store import Store, texts
from core.work import candidates, documents, gather
from tests.support import files, made
from tests.support.stores import TODAY, new_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def ada(store: Store) -> str:
    return made.candidate(store)


def keep(store: Store, owner: str, name: str, data: bytes, **more: str) -> str:
    return documents.keep_file(store, "candidates", owner, name, data, today=TODAY, **more)


def found(store: Store, words: str) -> list[tuple[str, str]]:
    return [(hit.noun, hit.row_id) for hit in store.search(words)]


def listed(store: Store, words: str) -> list[str]:
    return candidate_ids(store, CandidateFilter(text=words), today=TODAY)


def only(store: Store, owner: str) -> KeptFile:
    (file,) = files_of(store, "candidates", owner)
    return file


def kept_texts(store: Store) -> list[str]:
    with store.read() as session:
        return list(session.scalars(select(DocumentText.text)))


def test_a_resumes_words_find_its_person_everywhere(store: Store, ada: str) -> None:
    made.candidate(store, "Grace Hopper")
    heard: set[str] = set()
    row = keep(store, ada, "Résumé.pdf", files.pdf("Zoë wrote parsers in Kotlin"))
    store.listen(lambda changes: heard.update(changes.nouns))
    assert found(store, "kotlin") == []
    assert only(store, ada).state == ""
    before = store.history()
    assert read_waiting(store) == 1
    assert store.history() == before  # it is no change
    assert "document_texts" in heard
    assert only(store, ada).state == "read"
    assert words_of(store, row) == "Zoë wrote parsers in Kotlin"
    assert found(store, "PARSERS zoe") == [("candidates", ada)]
    assert listed(store, "kotl") == [ada]
    assert read_waiting(store) == 0


def test_what_is_removed_is_found_no_more_and_undo_finds_it_again(store: Store, ada: str) -> None:
    row = keep(store, ada, "cv.docx", files.docx("Kotlin"))
    read_waiting(store)
    documents.remove_file(store, row, today=TODAY)
    assert found(store, "kotlin") == []
    store.undo()
    assert found(store, "kotlin") == [("candidates", ada)]
    gather.remove_candidate(store, ada, today=TODAY)
    assert found(store, "kotlin") == []
    store.undo()
    assert found(store, "kotlin") == [("candidates", ada)]
    assert store.check() == []


def test_words_stay_while_other_things_of_the_person_change(store: Store, ada: str) -> None:
    keep(store, ada, "cv.docx", files.docx("Kotlin"))
    read_waiting(store)
    draft = candidates.candidate_draft(store, ada, today=TODAY)
    gather.change_candidate(store, ada, draft, today=TODAY)
    made.candidate(store, "Grace Hopper")
    assert found(store, "kotlin") == [("candidates", ada)]


def test_the_same_file_of_two_people_is_read_once_and_finds_both(store: Store, ada: str) -> None:
    grace = made.candidate(store, "Grace Hopper")
    for owner in (ada, grace):
        keep(store, owner, "cv.txt", b"Kotlin")
    assert read_waiting(store) == 1
    later = made.candidate(store, "Edith Clarke")
    keep(store, later, "cv.txt", b"Kotlin")
    assert read_waiting(store) == 0
    assert {row_id for _, row_id in found(store, "kotlin")} == {ada, grace, later}


def test_files_of_others_than_candidates_are_not_searched(store: Store, ada: str) -> None:
    project = made.project(store)
    documents.keep_file(store, "projects", project, "brief.txt", b"Kotlin", today=TODAY)
    assert read_waiting(store) == 0
    assert found(store, "kotlin") == []


def test_a_word_finds_the_person_and_tells_no_code_of_a_blind_project(store: Store, ada: str) -> None:
    project = made.project(store)
    made.rubric(store, project)
    made.application(store, project, ada)
    keep(store, ada, "cv.txt", b"Kotlin")
    read_waiting(store)
    (hit,) = store.search("kotlin")
    assert (hit.noun, hit.row_id, hit.detail) == ("candidates", ada, "Northfield College")


@pytest.mark.parametrize(
    ("name", "data", "state", "why"),
    [
        ("cv.pdf", files.locked_pdf("secret", "sesame"), "refused", "protected by a password"),
        ("cv.pdf", b"MZ\x90\0" + b"\0" * 99, "refused", "something else"),
        ("cv.docx", b"PK\3\4", "refused", "damaged"),
        ("photo.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "none", ""),
        ("tool.exe", b"MZ\x90\0", "none", ""),
        ("cv.pdf", files.stream_pdf(b"0 0 9 9 re f"), "none", "picture of its pages"),
        ("blank.txt", b"  \n", "none", ""),
    ],
)
def test_what_has_no_words_says_why_and_is_not_tried_again(
    store: Store, ada: str, name: str, data: bytes, state: str, why: str
) -> None:
    keep(store, ada, name, data)
    assert read_waiting(store) == 1
    file = only(store, ada)
    assert file.state == state
    assert why in file.why
    assert read_waiting(store) == 0
    assert store.check() == []


def test_what_a_file_may_not_be(store: Store, ada: str) -> None:
    for data in (b"", b"x" * (documents.MOST_BYTES + 1)):
        with pytest.raises(FieldErrors):
            keep(store, ada, "cv.pdf", data)
    row = keep(store, ada, "C:\\people\\..\\" + "n" * 300 + ".txt", b"Kotlin")
    assert only(store, ada).name == "n" * 176 + ".txt"
    assert words_of(store, row) is None


def test_one_file_is_the_resume(store: Store, ada: str) -> None:
    keep(store, ada, "photo.png", b"\x89PNG\r\n\x1a\n")
    first = keep(store, ada, "cv.pdf", files.pdf("x"))
    second = keep(store, ada, "grades.pdf", files.pdf("y"))

    def resumes() -> list[str]:
        return [file.id for file in files_of(store, "candidates", ada) if file.is_resume]

    assert resumes() == [first]
    documents.make_resume(store, second, today=TODAY)
    assert resumes() == [second]
    assert files_of(store, "candidates", ada)[0].id == second
    store.undo()
    assert resumes() == [first]
    third = keep(store, ada, "new.pdf", files.pdf("z"), purpose="resume")
    assert resumes() == [third]
    project = made.project(store)
    of_project = documents.keep_file(store, "projects", project, "a.pdf", b"%PDF-", today=TODAY)
    with pytest.raises(UserError, match="candidate"):
        documents.make_resume(store, of_project, today=TODAY)


def reopened(store: Store) -> Store:
    path, key = store.path, store.key
    store.close()
    return Store.open(path, key)


def test_words_go_with_the_bytes(store: Store, ada: str) -> None:
    keep(store, ada, "cv.txt", b"Kotlin")
    read_waiting(store)
    store.undo()
    made.candidate(store, "Grace Hopper")
    store = reopened(store)
    assert kept_texts(store) == []
    assert store.check() == []
    store.close()


def test_words_without_a_file_are_told_by_check(store: Store, ada: str) -> None:
    with store.beside() as session:
        session.add(DocumentText(sha256="0" * 64, state="read", text="left"))
    assert store.check() == ["The words of a file that is gone (000000000000) are still kept."]


def test_a_backup_finds_the_words_too(store: Store, ada: str, tmp_path: Path) -> None:
    keep(store, ada, "cv.txt", b"Kotlin")
    read_waiting(store)
    store.backup(tmp_path / "copy.foothold")
    with Store.open(tmp_path / "copy.foothold", store.key, write=False) as copy:
        assert found(copy, "kotlin") == [("candidates", ada)]


def test_a_whole_copy_names_files_and_holds_no_words(store: Store, ada: str, tmp_path: Path) -> None:
    keep(store, ada, "cv.txt", b"Kotlin")
    read_waiting(store)
    export(store, tmp_path / "all.json", today=TODAY)
    copy = (tmp_path / "all.json").read_text("utf-8")
    assert "cv.txt" in copy
    assert "Kotlin" not in copy


def test_what_was_refused_is_looked_into_again_when_asked(store: Store, ada: str) -> None:
    row = keep(store, ada, "cv.pdf", files.locked_pdf("secret", "sesame"))
    read_waiting(store)
    texts.ask_again(store, row)
    assert read_waiting(store) == 1
    assert only(store, ada).state == "refused"
    good = keep(store, ada, "cv.txt", b"Kotlin")
    read_waiting(store)
    texts.ask_again(store, good)
    assert read_waiting(store) == 0


def test_it_stops_between_two_files_and_goes_on_later(store: Store, ada: str) -> None:
    for number in range(3):
        keep(store, ada, f"{number}.txt", f"Kotlin {number}".encode())

    class Stopped(Exception):
        pass

    def step(done: int, total: int) -> None:
        assert total == 3
        if done == 2:
            raise Stopped

    with pytest.raises(Stopped):
        read_waiting(store, step)
    assert len(kept_texts(store)) == 2
    assert read_waiting(store) == 1


def test_a_change_of_many_people_keeps_the_words_of_all(store: Store) -> None:
    from core.model import Candidate

    people = [made.candidate(store, f"Person {number}") for number in range(12)]
    keep(store, people[3], "cv.txt", b"Kotlin")
    read_waiting(store)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("core.store.search._FEW", 4)
        with store.change(documents.Label.CANDIDATE_CHANGED) as session:
            for person in session.scalars(select(Candidate)):
                person.notes = "Spoke with them"
    assert found(store, "kotlin spoke") == [("candidates", people[3])]
    assert len(found(store, "spoke")) == 12
    with store.read() as session:
        assert len(session.scalars(select(DocumentBody.sha256)).all()) == 1


def test_the_samples_files_have_the_words_that_it_says() -> None:
    for item in sample_days.read("files")["files"]:
        data = resources.path(f"sample/files/{item['file']}").read_bytes()
        text, why = resume_text.words(item["file"], data)
        assert text.split() == item["words"].split()
        assert why == ""
