"""Files kept inside the store: names, sizes, undo, what is checked, what is dropped, what leaves."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from core.errors import FieldErrors, UserError
from core.files import safe_name
from core.insight.at_work import engagement
from core.jobs.files import read_files, save_file
from core.model import Disclosure, Document, DocumentBody
from core.store import Store
from core.work import documents, hours, run
from tests.support import made
from tests.support.stores import TODAY, new_store
from tests.support.tables import tables

PDF = b"%PDF-1.7\n%a small one\n"


@pytest.fixture
def work(store: Store) -> str:
    row = made.engagement(store, made.application(store, made.project(store), made.candidate(store)))
    run.start(store, row, today=TODAY)
    return row


def bodies(store: Store) -> list[bytes]:
    with store.read() as session:
        return sorted(session.scalars(select(DocumentBody.body)))


def files(store: Store, work: str) -> list[tuple[str, int, str]]:
    (delivery,) = engagement(store, work, today=TODAY).deliveries
    return [(one.name, one.size, one.media_type) for one in delivery.files]


def test_a_delivery_brings_its_files_in_one_change(store: Store, work: str) -> None:
    before = tables(store)
    delivery = run.deliver(store, work, today=TODAY, files=[("Table.csv", b"a,b\n"), ("Note.pdf", PDF)])
    assert sorted(files(store, work)) == [("Note.pdf", len(PDF), "application/pdf"), ("Table.csv", 4, "")]
    store.undo()
    assert tables(store) == before
    store.redo()
    ids = [one.id for one in engagement(store, work, today=TODAY).deliveries[0].files]
    assert {documents.document_bytes(store, one) for one in ids} == {b"a,b\n", PDF}
    more = documents.keep_file(store, "deliveries", delivery, "Table.csv", b"again", today=TODAY)
    assert "Table (2).csv" in [name for name, _, _ in files(store, work)]
    documents.remove_file(store, more, today=TODAY)
    store.undo()
    assert documents.document_bytes(store, more) == b"again"
    assert store.check() == []


def test_what_has_files_is_not_undone_from_under_them(store: Store, work: str) -> None:
    delivery = run.deliver(store, work, today=TODAY)
    change = store.history()[0].change_id
    hours.log_hours(store, work, 10, today=TODAY)
    documents.keep_file(store, "deliveries", delivery, "Table.csv", b"1", today=TODAY)
    with pytest.raises(UserError, match=r"Kept a file.*stands on it"):
        store.undo(change)


def test_the_same_bytes_are_kept_once(store: Store, work: str) -> None:
    run.deliver(store, work, today=TODAY, files=[("One.txt", b"same"), ("Two.txt", b"same")])
    assert bodies(store) == [b"same"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\Table.csv", "Table.csv"),
        ("CON.txt", "CON_.txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\nb\0c.csv", "a bc.csv"),
        ("...", "Untitled"),
        ("", "Untitled"),
        ("<b>x</b>.txt", "b-.txt"),
        ("n" * 400 + ".pdf", "n" * 176 + ".pdf"),
    ],
)
def test_a_hostile_name_becomes_a_plain_one(store: Store, work: str, name: str, kept: str) -> None:
    run.deliver(store, work, today=TODAY, files=[(name, b"x")])
    assert files(store, work)[0][0] == kept


@given(st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_every_name_is_one_that_stays_in_its_folder(name: str) -> None:
    cleaned = safe_name(name.replace("\\", "/").rpartition("/")[2])
    assert cleaned not in ("", ".", "..")
    assert Path("folder", cleaned).name == cleaned
    assert safe_name(cleaned) == cleaned


def test_too_big_empty_and_gone_is_said_in_words(store: Store, work: str, tmp_path: Path) -> None:
    for data, words in ((b"", "is empty"), (b"x" * (documents.MOST_BYTES + 1), "at most 25 MB")):
        with pytest.raises(FieldErrors) as caught:
            run.deliver(store, work, today=TODAY, files=[("Table.csv", data)])
        assert words in caught.value.fields["files"]
    assert engagement(store, work, today=TODAY).deliveries == ()
    with pytest.raises(FieldErrors, match="is not there any more"):
        read_files([tmp_path / "none.csv"])
    with pytest.raises(FieldErrors, match="is a folder"):
        read_files([tmp_path])
    with pytest.raises(UserError, match="not with applications"):
        documents.keep_file(store, "applications", "x", "a.txt", b"x", today=TODAY)


def test_check_tells_damaged_and_missing_contents(store: Store, work: str) -> None:
    run.deliver(store, work, today=TODAY, files=[("One.txt", b"one"), ("Two.txt", b"two")])
    assert store.check() == []
    with store.change(documents.Label.DOCUMENT_ADDED) as session:
        digests = list(session.scalars(select(DocumentBody.sha256).order_by(DocumentBody.body)))
        session.execute(update(DocumentBody).where(DocumentBody.sha256 == digests[0]).values(body=b"0ne"))
        session.delete(session.get_one(DocumentBody, digests[1]))
    found = store.check()
    assert len(found) == 2
    assert "damaged" in found[0]
    assert "missing" in found[1]
    assert "One.txt" not in " ".join(found)


def reopened(store: Store) -> Store:
    path, key = store.path, store.key
    store.close()
    return Store.open(path, key)


def test_bodies_go_once_nothing_can_lay_them_back(store: Store, work: str) -> None:
    delivery = run.deliver(store, work, today=TODAY)
    kept = documents.keep_file(store, "deliveries", delivery, "One.txt", b"one", today=TODAY)
    documents.remove_file(store, kept, today=TODAY)
    store = reopened(store)
    assert bodies(store) == [b"one"]  # undo may lay it back
    store.undo()
    store.undo()
    store = reopened(store)
    assert bodies(store) == [b"one"]  # redo may
    store.redo()
    assert documents.document_bytes(store, kept) == b"one"
    store.undo()
    hours.log_hours(store, work, 30, today=TODAY)
    store = reopened(store)
    assert bodies(store) == []  # nothing can
    assert store.check() == []
    store.close()


def test_a_backup_holds_the_files(store: Store, work: str, tmp_path: Path) -> None:
    run.deliver(store, work, today=TODAY, files=[("One.txt", b"one")])
    target = tmp_path / "copy.foothold"
    store.backup(target)
    with Store.open(target, store.key) as copy:
        assert bodies(copy) == [b"one"]
        assert copy.check() == []


def test_a_file_leaves_by_ones_own_act_and_is_recorded(store: Store, work: str, tmp_path: Path) -> None:
    run.deliver(store, work, today=TODAY, files=[("One.txt", b"one")])
    (file,) = engagement(store, work, today=TODAY).deliveries[0].files
    out = tmp_path / "out.txt"
    save_file(store, file.id, out)
    assert out.read_bytes() == b"one"
    with store.read() as session:
        (left,) = session.scalars(select(Disclosure))
        document = session.get_one(Document, file.id)
    assert (left.kind, left.file_name, left.sha256) == ("file", "out.txt", document.sha256)
    with pytest.raises(UserError):
        save_file(store, file.id, out)


@given(st.lists(st.tuples(st.sampled_from(["add", "remove", "undo", "redo", "other"]), st.integers(0, 4)), max_size=14))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_done_each_file_keeps_its_bytes(steps: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder, new_store(Path(folder)) as store:
        project = made.project(store)
        for verb, at in steps:
            with store.read() as session:
                there = list(session.scalars(select(Document.id).order_by(Document.id)))
            try:
                if verb == "add":
                    documents.keep_file(store, "projects", project, f"{at}.txt", bytes([at + 65]), today=TODAY)
                elif verb == "remove" and there:
                    documents.remove_file(store, there[at % len(there)], today=TODAY)
                elif verb == "undo" and store.can_undo():
                    store.undo()
                elif verb == "redo" and store.can_redo():
                    store.redo()
                else:
                    store.keep_draft("x", {})
            except UserError:
                continue
            if made.status(store, project) != "open":
                return
            with store.change(documents.Label.DOCUMENT_REMOVED) as session:
                from core.store.bodies import sweep

                sweep(session)
            assert store.check() == []
