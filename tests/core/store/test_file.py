"""The file: made, opened, held by one writer, and refused in words where it is none of ours or hurt."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import SystemFault, UserError
from core.model import Colleague, Employer, School, Threshold, Touch
from core.store import Key, Label, Store, keys
from core.store.engine import make_engine
from tests.support.stores import new_store


def closed(folder: Path) -> tuple[Path, Key]:
    """A store with two hundred schools, closed."""
    with new_store(folder) as store:
        with store.change(Label.SCHOOL_ADDED) as session:
            session.add_all(School(name=f"School number {n}", city="Evanston") for n in range(200))
        return store.path, store.key


def test_a_new_store_has_its_employer_and_its_owner(tmp_path: Path) -> None:
    with new_store(tmp_path) as store, store.read() as session:
        assert session.query(Employer).one().name == "Lakeside Print & Design"
        me = session.query(Colleague).one()
        assert (me.name, me.role, me.id) == ("Maria Keller", "owner", store.me)
        assert {t.year: t.amount for t in session.query(Threshold)} == {2025: 60_000, 2026: 200_000}
        assert store.can_undo() is None


def test_it_begins_with_its_salt(tmp_path: Path) -> None:
    path, key = closed(tmp_path)
    assert keys.salt_of(path) == key.salt


def test_it_opens_again_and_leaves_nothing_beside_itself(tmp_path: Path) -> None:
    path, key = closed(tmp_path)
    with Store.open(path, key) as store, store.read() as session:
        assert session.query(School).count() == 200
        assert store.me == session.query(Colleague).one().id
    assert [p for p in tmp_path.iterdir() if p.is_file()] == [path]


def test_making_never_overwrites(tmp_path: Path) -> None:
    path, _ = closed(tmp_path)
    before = path.read_bytes()
    with pytest.raises(UserError, match="there already"):
        Store.create(path, keys.new_key(), "Another")
    assert path.read_bytes() == before


def test_making_where_no_folder_is_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(SystemFault, match="no folder"):
        Store.create(tmp_path / "lost" / "a.foothold", keys.new_key(), "A")
    assert not (tmp_path / "lost").exists()


def test_a_wrong_key_touches_nothing(tmp_path: Path) -> None:
    path, key = closed(tmp_path)
    before = path.read_bytes()
    with pytest.raises(UserError, match="does not open with this key"):
        Store.open(path, Key(os.urandom(32), key.salt))
    assert path.read_bytes() == before
    with Store.open(path, key):
        pass


# --- what is no store -------------------------------------------------------------------------------------------------


def make_plain_database(path: Path) -> None:
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE a (b)")
    plain.commit()
    plain.close()


FOREIGN: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda _: None, "no store"),
    "folder": (lambda path: path.mkdir(), "folder"),
    "empty": (lambda path: path.touch(), "empty"),
    "text": (lambda path: path.write_text("Dear all,\n" * 2000, "utf-8"), "no Foothold store"),
    "one word": (lambda path: path.write_text("x", "utf-8"), "no Foothold store"),
    "pdf": (lambda path: path.write_bytes(b"%PDF-1.7\n" + os.urandom(8192)), "PDF"),
    "workbook": (lambda path: path.write_bytes(b"PK\x03\x04" + os.urandom(8192)), "Excel"),
    "picture": (lambda path: path.write_bytes(b"\x89PNG\r\n" + os.urandom(8192)), "picture"),
    "json": (lambda path: path.write_text('{"a": 1}' * 900, "utf-8"), "text"),
    "page": (lambda path: path.write_text("<html>" * 900, "utf-8"), "web page"),
    "plain database": (make_plain_database, "without encryption"),
    "noise": (lambda path: path.write_bytes(os.urandom(8192)), "does not open with this key"),
    "noise cut short": (lambda path: path.write_bytes(os.urandom(8192 + 7)), "end is missing"),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_what_is_no_store_is_said_to_be_none(tmp_path: Path, kind: str) -> None:
    make, words = FOREIGN[kind]
    path = tmp_path / "file.foothold"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises((UserError, SystemFault), match=words) as said:
        Store.open(path, keys.new_key())
    assert "file.foothold" in str(said.value)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert {p.name for p in tmp_path.iterdir()} - {"file.foothold", "surroundings"} == set()


# --- damage -----------------------------------------------------------------------------------------------------------


def hurt(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def test_flipped_bytes_are_found(tmp_path: Path) -> None:
    path, key = closed(tmp_path)
    last = path.stat().st_size - 4096 + 100
    hurt(path, last, bytes(b ^ 0xFF for b in path.read_bytes()[last : last + 32]))
    with Store.open(path, key, write=False) as store:
        assert any("damaged" in words for words in store.check())


def test_a_sound_store_has_nothing_to_complain_of(tmp_path: Path) -> None:
    path, key = closed(tmp_path)
    with Store.open(path, key, write=False) as store:
        assert store.check() == []


def test_a_damaged_store_is_not_taken_for_a_backup(tmp_path: Path) -> None:
    path, key = closed(tmp_path)
    hurt(path, path.stat().st_size - 4096 + 100, os.urandom(64))
    with Store.open(path, key, write=False) as store, pytest.raises(SystemFault):
        store.backup(tmp_path / "copy.foothold")
    assert not list(tmp_path.glob("*copy*"))


@pytest.mark.parametrize("cut", [1, 100, 4096, 3 * 4096, 40 * 4096])
def test_a_missing_end_is_said(tmp_path: Path, cut: int) -> None:
    path, key = closed(tmp_path)
    os.truncate(path, path.stat().st_size - cut)
    before = path.read_bytes()
    with pytest.raises(SystemFault, match="damaged"):
        Store.open(path, key)
    assert path.read_bytes() == before


@pytest.mark.parametrize("length", [64, 4096])
def test_an_overwritten_head_is_said(tmp_path: Path, length: int) -> None:
    path, key = closed(tmp_path)
    hurt(path, 16, os.urandom(length))
    before = path.read_bytes()
    with pytest.raises((UserError, SystemFault), match="key"):
        Store.open(path, key)
    assert path.read_bytes() == before


def test_an_index_that_lacks_rows_is_found(tmp_path: Path) -> None:
    path, key = closed(tmp_path)
    with Store.open(path, key) as store:
        with store._engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM search_rows WHERE noun = 'schools'")
        assert any("index" in words for words in store.check())


@pytest.mark.parametrize("sql", ["DELETE FROM alembic_version", "DROP TABLE alembic_version"])
def test_a_store_that_does_not_say_its_step_is_damaged(tmp_path: Path, sql: str) -> None:
    path, key = closed(tmp_path)
    engine = make_engine(path, key)
    with engine.begin() as connection:
        connection.exec_driver_sql(sql)
    engine.dispose()
    with pytest.raises(SystemFault, match="is damaged"):
        Store.open(path, key)


def test_a_store_that_lacks_a_table_is_damaged(tmp_path: Path) -> None:
    path, key = closed(tmp_path)
    engine = make_engine(path, key, foreign_keys=False)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE touches")
    engine.dispose()
    with Store.open(path, key) as store, pytest.raises(SystemFault, match="is damaged"), store.read() as session:
        session.query(Touch).all()


# --- one writer -------------------------------------------------------------------------------------------------------

HOLD = """
import sys
from pathlib import Path
from core.store import Key, Store
store = Store.open(Path(sys.argv[1]), Key(bytes.fromhex(sys.argv[2]), bytes.fromhex(sys.argv[3])))
print("held", flush=True)
sys.stdin.read()
store.close()
"""


def holder(path: Path, key: Key) -> subprocess.Popen[str]:
    """Another process that has the store open for writing; it closes it when its input ends."""
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), key.raw.hex(), key.salt.hex()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    return child


def test_a_second_writer_is_told_who_holds_the_store(tmp_path: Path) -> None:
    path, key = closed(tmp_path)
    with holder(path, key) as child:
        with pytest.raises(UserError, match=r"open for writing in another Foothold \(.+ on .+, since \d\d:\d\d\)"):
            Store.open(path, key)
        with Store.open(path, key, write=False) as beside:
            with beside.read() as session:
                assert session.query(School).count() == 200
            assert beside.check() == []
            beside.backup(tmp_path / "copy.foothold")
            with pytest.raises(UserError, match="reading only"), beside.change(Label.SCHOOL_ADDED):
                pass
        child.communicate("")
    with Store.open(path, key):
        pass
    with Store.open(tmp_path / "copy.foothold", key) as copy, copy.read() as session:
        assert session.query(School).count() == 200


def test_the_lock_goes_with_its_process(tmp_path: Path) -> None:
    path, key = closed(tmp_path)
    with holder(path, key) as child:
        child.kill()
        child.communicate()
    with Store.open(path, key) as store, store.change(Label.SCHOOL_ADDED) as session:
        session.add(School(name="After the kill"))


def test_two_at_once_in_one_process_are_refused_too(tmp_path: Path) -> None:
    with new_store(tmp_path) as store, pytest.raises(UserError, match="open for writing"):
        Store.open(store.path, store.key)


def test_what_was_written_and_not_closed_is_there_after_a_crash(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    with store.change(Label.SCHOOL_ADDED) as session:
        session.add(School(name="Written"))
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for file in tmp_path.glob("test.foothold*"):
        shutil.copy(file, crashed)
    (crashed / "test.foothold.lock").unlink()
    store.close()
    with Store.open(crashed / "test.foothold", store.key) as again, again.read() as session:
        assert [s.name for s in session.query(School)] == ["Written"]
        assert again.can_undo() is not None


@pytest.mark.platform("linux")
def test_a_link_to_an_open_store_finds_it_open(tmp_path: Path) -> None:
    path, key = closed(tmp_path)
    link = tmp_path / "link.foothold"
    link.symlink_to(path)
    with Store.open(path, key), pytest.raises(UserError, match="open for writing"):
        Store.open(link, key)
