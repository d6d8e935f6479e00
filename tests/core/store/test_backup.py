"""A backup is a whole, checked copy; a new key voids the old one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from core.errors import SystemFault, UserError
from core.model import School
from core.store import Label, Store, keys
from tests.support.stores import new_store


def add(store: Store, name: str) -> None:
    with store.change(Label.SCHOOL_ADDED) as session:
        session.add(School(name=name))


def schools(store: Store) -> list[str]:
    with store.read() as session:
        return sorted(school.name for school in session.query(School))


def test_a_backup_of_an_open_store_opens_with_its_key(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        add(store, "Before")
        store.backup(tmp_path / "copy.foothold")
        add(store, "After")
        assert schools(store) == ["After", "Before"]
    with Store.open(tmp_path / "copy.foothold", store.key) as copy:
        assert schools(copy) == ["Before"]
        assert copy.check() == []
        assert [hit.title for hit in copy.search("bef")] == ["Before"]
        copy.undo()
        assert schools(copy) == []
    assert not list(tmp_path.glob(".*"))


def test_a_backup_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    copy = tmp_path / "copy.foothold"
    with new_store(tmp_path) as store:
        store.backup(copy)
        add(store, "Later")
        store.backup(copy)
    with Store.open(copy, store.key) as found:
        assert schools(found) == ["Later"]


def test_no_folder_means_no_backup(tmp_path: Path) -> None:
    with new_store(tmp_path) as store, pytest.raises(SystemFault, match="no folder"):
        store.backup(tmp_path / "lost" / "copy.foothold")


@pytest.mark.parametrize("name", ["test.foothold-wal", "test.foothold-shm", "test.foothold.lock", "copy", "copy.pdf"])
def test_a_backup_takes_no_name_that_something_else_has(tmp_path: Path, name: str) -> None:
    with new_store(tmp_path) as store:
        before = sorted(path.name for path in tmp_path.iterdir())
        with pytest.raises(UserError, match=r"ending \.foothold"):
            store.backup(tmp_path / name)
        with pytest.raises(UserError, match="the store itself"):
            store.backup(tmp_path / "." / store.path.name)
        assert sorted(path.name for path in tmp_path.iterdir()) == before
        assert store.check() == []


@pytest.mark.platform("linux")
def test_a_backup_is_for_its_owners_eyes_and_replaces_files_alone(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.backup(tmp_path / "copy.foothold")
        assert (tmp_path / "copy.foothold").stat().st_mode & 0o077 == 0
        os.mkfifo(tmp_path / "pipe.foothold")
        with pytest.raises(UserError, match="no file"):
            store.backup(tmp_path / "pipe.foothold")
        assert (tmp_path / "pipe.foothold").is_fifo()


@pytest.mark.platform("linux")
def test_a_store_in_a_folder_that_is_only_read_is_read_and_backed_up() -> None:
    with tempfile.TemporaryDirectory() as name:  # where others may go too, as pytest's own folder is its maker's alone
        _read_on_a_shelf(Path(name))


def _read_on_a_shelf(folder: Path) -> None:
    shelf = folder / "shelf"
    shelf.mkdir()
    with new_store(shelf) as store:
        add(store, "Harbor College")
    store.path.chmod(0o444)
    shelf.chmod(0o555)
    folder.chmod(0o777)
    if os.getuid() == 0:  # who may write anywhere
        os.seteuid(65534)
    try:
        with Store.open(store.path, store.key, write=False) as found:
            assert schools(found) == ["Harbor College"]
            assert found.check() == []
            found.backup(folder / "copy.foothold")
        with pytest.raises(UserError, match="cannot be written to"):
            Store.open(store.path, store.key)
    finally:
        os.seteuid(os.getuid())
        shelf.chmod(0o755)
    with Store.open(folder / "copy.foothold", store.key, write=False) as copy:
        assert schools(copy) == ["Harbor College"]


@pytest.mark.platform("linux")
def test_a_full_disk_leaves_no_half_backup(tmp_path: Path) -> None:
    import resource
    import signal

    with new_store(tmp_path) as store:
        add(store, "Here")
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        # A file that may not grow on is the nearest to a full disk that a test can have.
        before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, hard))
        try:
            with pytest.raises(SystemFault):
                store.backup(tmp_path / "copy.foothold")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            signal.signal(signal.SIGXFSZ, before)
        assert schools(store) == ["Here"]
    assert not [p for p in tmp_path.iterdir() if "copy" in p.name]


def test_a_new_key_voids_the_old_one(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    add(store, "Here")
    old = store.key
    store.backup(tmp_path / "older.foothold")
    new = keys.from_passphrase("four plain words here", old.salt)
    store.rekey(new)
    assert schools(store) == ["Here"]
    add(store, "After")
    store.close()
    with pytest.raises(UserError, match="does not open with this key"):
        Store.open(store.path, old)
    with Store.open(store.path, keys.from_secret("four plain words here", keys.salt_of(store.path))) as again:
        assert schools(again) == ["After", "Here"]
        assert again.check() == []
        again.undo()
    with Store.open(tmp_path / "older.foothold", old) as older:
        assert schools(older) == ["Here"]


def test_rekey_keeps_the_salt(tmp_path: Path) -> None:
    with new_store(tmp_path) as store, pytest.raises(ValueError, match="salt"):
        store.rekey(keys.new_key())
