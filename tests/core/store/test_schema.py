"""The schema of a store, however it came to be, and its way from one step to the next."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect

from core.errors import SystemFault, UserError
from core.model import School
from core.store import Key, Label, Store, keys, migrate
from core.store.engine import make_engine
from tests.support.stores import new_store


def shape(path: Path, key: Key) -> dict[str, Any]:
    """Tables with their columns, types, nullability, keys, uniques and indexes."""
    engine = make_engine(path, key)
    try:
        found: dict[str, Any] = {}
        inspector = inspect(engine)
        for name in sorted(inspector.get_table_names()):
            found[name] = {
                "columns": {
                    c["name"]: (str(c["type"]), c["nullable"], c["default"]) for c in inspector.get_columns(name)
                },
                "primary": inspector.get_pk_constraint(name)["constrained_columns"],
                "indexes": sorted(
                    (i["name"], tuple(i["column_names"]), i["unique"]) for i in inspector.get_indexes(name)
                ),
                "uniques": sorted(tuple(u["column_names"]) for u in inspector.get_unique_constraints(name)),
                "foreign": sorted(
                    (
                        tuple(f["constrained_columns"]),
                        f["referred_table"],
                        tuple(f["referred_columns"]),
                        str(f["options"]),
                    )
                    for f in inspector.get_foreign_keys(name)
                ),
            }
        return found
    finally:
        engine.dispose()


def test_the_steps_lead_to_the_schema_that_a_new_store_has(tmp_path: Path) -> None:
    key = keys.new_key()
    by_steps = tmp_path / "steps.foothold"
    engine = make_engine(by_steps, key, foreign_keys=False)
    with engine.begin() as connection:
        migrate.run_steps(connection)
    engine.dispose()
    with new_store(tmp_path) as store:
        pass
    stepped, made = shape(by_steps, key), shape(store.path, store.key)
    assert stepped.keys() == made.keys()
    for name in made:
        assert stepped[name] == made[name], name
    assert any(table["foreign"] for table in made.values())


def test_the_models_ask_for_no_further_step(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from core.model import Base

    with new_store(tmp_path) as store, store._engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: not (kind == "table" and "search_" in (name or ""))}
        )
        assert compare_metadata(context, Base.metadata) == []


# --- upgrades ---------------------------------------------------------------------------------------------------------

STEP = """
from alembic import op
import sqlalchemy as sa
revision = "9000"
down_revision = "{head}"
def upgrade():
    {body}
"""
GOOD = """with op.batch_alter_table("schools") as table:
        table.add_column(sa.Column("motto", sa.Text(), nullable=False, server_default=""))"""
FAILING = GOOD + "; raise RuntimeError('the step fails')"
LOSING = """op.execute("DELETE FROM schools")"""
DANGLING = """op.execute("UPDATE school_contacts SET school_id = 'gone'")"""


def steps(folder: Path, body: str) -> Path:
    """The program's own steps and one more."""
    scripts = folder / "migrations"
    shutil.copytree(migrate.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "9000_more.py").write_text(STEP.format(head=migrate.head(), body=body), "utf-8")
    return scripts


def old_store(folder: Path) -> tuple[Path, Key]:
    from core.model import SchoolContact

    with new_store(folder) as store, store.change(Label.SCHOOL_ADDED) as session:
        school = School(id="a" * 36, name="Northwestern")
        session.add_all([school, SchoolContact(school_id=school.id, name="Pat")])
    return store.path, store.key


def rows_of(path: Path, key: Key, sql: str) -> list[Any]:
    engine = make_engine(path, key)
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(sql)]
    finally:
        engine.dispose()


def test_an_older_store_is_brought_up_after_a_checked_copy(tmp_path: Path) -> None:
    path, key = old_store(tmp_path)
    migrate.upgrade(path, key, migrate.head(), scripts=steps(tmp_path, GOOD))
    assert rows_of(path, key, "SELECT name, motto FROM schools") == [("Northwestern", "")]
    assert rows_of(path, key, "SELECT version_num FROM alembic_version") == [("9000",)]
    assert rows_of(path, key, "SELECT name FROM school_contacts") == [("Pat",)]
    copy = path.with_name("test.foothold.before-9000.bak")
    with Store.open(copy, key) as before, before.read() as session:
        assert session.query(School).one().name == "Northwestern"


@pytest.mark.allow_log
@pytest.mark.parametrize("body", [FAILING, LOSING, DANGLING])
def test_a_step_that_fails_leaves_the_store_as_it_was(tmp_path: Path, body: str) -> None:
    path, key = old_store(tmp_path)
    with pytest.raises(SystemFault, match=r"stays as it was.*before-9000\.bak"):
        migrate.upgrade(path, key, migrate.head(), scripts=steps(tmp_path, body))
    with Store.open(path, key) as store:
        assert store.check() == []
        with store.read() as session:
            assert session.query(School).one().name == "Northwestern"
        assert [hit.title for hit in store.search("northw")] == ["Northwestern"]
        store.undo()


def test_the_newest_store_needs_no_copy(tmp_path: Path) -> None:
    path, key = old_store(tmp_path)
    migrate.upgrade(path, key, migrate.head())
    assert not list(tmp_path.glob("*.bak"))


def test_a_store_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    path, key = old_store(tmp_path)
    engine = make_engine(path, key)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    before = path.read_bytes()
    for write in (True, False):
        with pytest.raises(UserError, match=r"newer Foothold .*step 9999"):
            Store.open(path, key, write=write)
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("*.bak"))


def test_an_older_store_is_not_upgraded_by_reading_it(tmp_path: Path) -> None:
    path, key = old_store(tmp_path)
    engine = make_engine(path, key)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    engine.dispose()
    with pytest.raises(UserError, match="older Foothold"):
        Store.open(path, key, write=False)


def test_no_disk_space_for_the_copy_means_no_upgrade(tmp_path: Path) -> None:
    path, key = old_store(tmp_path)
    (tmp_path / "test.foothold.before-9000.bak").mkdir()
    with pytest.raises(SystemFault, match="could not be written"):
        migrate.upgrade(path, key, migrate.head(), scripts=steps(tmp_path, GOOD))
    assert rows_of(path, key, "SELECT version_num FROM alembic_version") == [(migrate.head(),)]
