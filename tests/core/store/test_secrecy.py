"""Nothing of what is stored can be read without the key; what was deleted is gone."""

from __future__ import annotations

from pathlib import Path

from core.ids import new_id
from core.model import Candidate
from core.store import Label, Store
from tests.support.stores import new_store

NAME = "Quennevillesdorp"
FORMS = [form(NAME) for form in (str, str.lower, str.upper)]


def add_person(store: Store) -> str:
    person = new_id()
    with store.change(Label.CANDIDATE_ADDED, ("candidates", person)) as session:
        session.add(Candidate(id=person, number=1, first_name=NAME, notes=f"{NAME} " * 500))
    store.keep_draft("candidates:new", {"first_name": NAME})
    return person


def traces(data: bytes) -> list[str]:
    return [form for form in FORMS for code in ("utf-8", "utf-16-le", "utf-16-be") if form.encode(code) in data]


def test_no_file_of_an_open_store_holds_a_name(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        add_person(store)
        files = [p for p in tmp_path.iterdir() if p.is_file()]
        assert {p.name for p in files} >= {"test.foothold", "test.foothold-wal", "test.foothold-shm"}
        for file in files:
            data = file.read_bytes()
            assert traces(data) == [], file.name
            assert store.key.raw not in data
            assert store.key.raw.hex().encode() not in data
    assert traces(store.path.read_bytes()) == []


def test_a_backup_is_as_closed_as_the_store(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        add_person(store)
        store.backup(tmp_path / "copy.foothold")
    assert traces((tmp_path / "copy.foothold").read_bytes()) == []


def test_words_that_were_deleted_are_gone_from_the_index(tmp_path: Path) -> None:
    """Without FTS5's own `secure-delete` they would stay in the index's segments."""
    with new_store(tmp_path) as store:
        person = add_person(store)
        with store._engine.connect() as connection:
            before = _index(connection)
        with store.change(Label.CANDIDATE_CHANGED) as session:
            row = session.get_one(Candidate, person)
            row.first_name, row.notes = "Ann", ""
        with store._engine.connect() as connection:
            after = _index(connection)
        assert store.search(NAME) == []
        assert [hit.title for hit in store.search("ann")] == ["Ann"]
    assert traces(before)
    assert traces(after) == []


def _index(connection: object) -> bytes:
    rows = connection.exec_driver_sql("SELECT block FROM search_words_data").fetchall()  # type: ignore[attr-defined]
    return b"".join(row[0] for row in rows)
