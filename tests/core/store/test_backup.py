"""A backup is a whole, checked copy; a new key voids the old one."""

from __future__ import annotations

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
