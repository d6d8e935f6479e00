"""What breaks half way on the command line is one clear line, and nothing half is left."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import DBAPIError, OperationalError

from core.errors import SystemFault
from core.jobs import opening
from core.store import Store, migrate
from core.work import todos
from tests import old_stores
from tests.support.stores import TODAY
from tests.test_main import Shop

OLD = Path(old_stores.__file__).parent
CANNOT_BE_PRINTED = "ሀ Print"


def left(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir() if one.is_file()}


@pytest.mark.parametrize("key", [True, False])
def test_a_store_whose_sheet_fails_is_not_kept(tmp_path: Path, key: bool) -> None:
    shop = Shop(tmp_path)
    before = left(tmp_path)
    said = shop.refused("new", shop.store, "--business", CANNOT_BE_PRINTED, "--sheet", "sheet.pdf", key=key)
    assert "ሀ" in said
    assert left(tmp_path) == before
    if not key:
        kept = (tmp_path / "surroundings" / "keyring.json").read_text("utf-8")
        assert '"key"' not in kept
    # So the next try stands in nobody's way.
    shop.done("new", shop.store, "--business", "Lee Print", "--sheet", "sheet.pdf", key=key)
    assert left(tmp_path) == before | {"shop.foothold", "sheet.pdf"}


@pytest.mark.parametrize("name", ["sheet.txt", "shop.foothold", "lost/sheet.pdf", "key.txt"])
def test_where_no_sheet_can_lie_no_store_is_made(tmp_path: Path, name: str) -> None:
    shop = Shop(tmp_path)
    before = left(tmp_path)
    shop.refused("new", shop.store, "--sheet", name)
    assert left(tmp_path) == before


@pytest.mark.allow_log
@pytest.mark.parametrize("verb", [["undo"], ["import", "in.csv"]])
def test_an_upgrade_that_fails_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: list[str]) -> None:
    def fails(connection: Connection, *_: object) -> None:
        connection.exec_driver_sql("UPDATE employer SET name = 'half'")
        raise OperationalError("ALTER TABLE", {}, Exception("duplicate column name"))

    shop = Shop(tmp_path)
    shop.table("First name\nAna\n")
    shutil.copyfile(OLD / "0001.foothold", shop.store)
    shop.key.write_text((OLD / "0001.txt").read_text("utf-8"), "utf-8")
    before = shop.store.read_bytes()
    monkeypatch.setattr(migrate, "run_steps", fails)
    said = shop.refused(verb[0], shop.store, *verb[1:])
    assert "could not be brought up to this version" in said
    assert "stays as it was" in said
    assert shop.store.read_bytes() == before
    assert not [name for name in left(tmp_path) if name.endswith((".open", ".lock", ".part"))]
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    assert "Undid" in shop.done("undo", shop.store)


def test_a_log_that_cannot_be_folded_in_keeps_nobody_from_closing(tmp_path: Path) -> None:
    """The database itself says no to the checkpoint, as it does where the disk fails."""
    path = tmp_path / "a.foothold"
    store, _ = opening.make_store(path, "Shop", secret="four plain words here", today=TODAY)

    @event.listens_for(store._engine, "checkout")
    def refuse(connection: object, *_: object) -> None:
        connection.set_authorizer(lambda _action, what, *_: 1 if what == "wal_checkpoint" else 0)  # type: ignore[attr-defined]

    todos.capture_todo(store, "Tidy the archive", today=TODAY)
    with store._engine.connect() as connection, pytest.raises(DBAPIError, match="not authorized"):
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    assert not [name for name in left(tmp_path) if name.endswith((".open", ".lock"))]
    with Store.open(path, store.key) as again:
        assert [hit.title for hit in again.search("archive")] == ["Tidy the archive"]
        assert again.check() == []


def test_an_export_that_cannot_be_recorded_leaves_the_older_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Shop(tmp_path)
    shop.done("new", shop.store)
    shop.table("First name\nAna\n")
    shop.done("import", shop.store, "in.csv")
    shop.done("export", shop.store, "out.csv")
    before = (tmp_path / "out.csv").read_bytes()
    shop.table("First name\nBo\n")
    shop.done("import", shop.store, "in.csv")

    def refuses(*_: object, **__: object) -> None:
        raise SystemFault("The disk is full.")

    monkeypatch.setattr(Store, "disclose", refuses)
    assert "The disk is full." in shop.refused("export", shop.store, "out.csv", "--force")
    assert (tmp_path / "out.csv").read_bytes() == before
    monkeypatch.undo()
    shop.done("export", shop.store, "out.csv", "--force")
    assert b"Bo" in (tmp_path / "out.csv").read_bytes()


def test_a_trial_of_a_file_with_no_row_that_fits_says_so_in_its_end(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.done("new", shop.store)
    shop.table("First name,E-mail\n,no address\n")
    ran = shop.run("import", shop.store, "in.csv", "--dry-run")
    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1


def test_history_says_nothing_of_what_nobody_has_filled(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.done("new", shop.store)
    shop.table("First name\nAna\n")
    shop.done("import", shop.store, "in.csv")
    told = json.loads(shop.done("history", shop.store, "--json"))
    fields = [field for entry in told for field in entry["fields"]]
    assert any(field["new"] == "Ana" for field in fields)
    assert not [field for field in fields if field["old"] in (None, "", []) and field["new"] in (None, "", [])]
