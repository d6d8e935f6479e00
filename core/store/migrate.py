"""The schema of a store: made new, or brought up step by step after a checked copy of the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from core.errors import SystemFault, UserError
from core.model import Base
from core.store import search
from core.store.backup import checked_copy
from core.store.engine import make_engine
from core.store.file import APPLICATION_ID
from core.store.keys import Key

SCRIPTS = Path(__file__).with_name("migrations")


def head(scripts: Path = SCRIPTS) -> str:
    """The newest schema this program knows: the highest number among the steps, read without Alembic's cost."""
    return max(file.name.split("_", 1)[0] for file in (scripts / "versions").glob("[0-9]*.py"))


def make_schema(engine: Engine) -> None:
    """A new store gets today's tables at once and is stamped with the newest step."""
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        search.create(connection.exec_driver_sql)
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": head()})
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        connection.exec_driver_sql("BEGIN")


def version(connection: Connection) -> str:
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def upgrade(path: Path, key: Key, current: str, *, scripts: Path = SCRIPTS) -> None:
    """Brings the store at `path` from `current` to the newest schema, or leaves it as it was.

    A checked copy `NAME.before-HEAD.bak` is made first and kept. UserError for a newer store, SystemFault where a
    step fails.
    """
    newest = head(scripts)
    if current == newest:
        return
    if current > newest:
        raise UserError(
            f"{path.name} was last opened by a newer Foothold (its tables are at step {current}, this program knows "
            f"{newest}). Install the newer program to open it; nothing was changed."
        )
    copy = path.with_name(f"{path.name}.before-{newest}.bak")
    checked_copy(path, key, copy)
    # Rebuilding a table while foreign keys are on would delete the rows that refer to it.
    engine = make_engine(path, key, foreign_keys=False)
    try:
        with engine.begin() as connection:
            before = _counts(connection)
            run_steps(connection, scripts)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            lost = [name for name, count in _counts(connection).items() if count < before.get(name, 0)]
            if broken or lost:
                raise RuntimeError("an upgrade step lost rows")
    except Exception as error:
        raise SystemFault(
            f"{path.name} could not be brought up to this version of Foothold, and stays as it was. "
            f"A copy of it stands beside it as {copy.name}."
        ) from error
    finally:
        engine.dispose()


def run_steps(connection: Connection, scripts: Path = SCRIPTS) -> None:
    """Runs Alembic's steps on an open connection, within its transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _counts(connection: Connection) -> dict[str, int]:
    def count(name: str) -> Any:
        return connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar()  # noqa: S608 - names of our tables

    return {name: int(count(name)) for name in inspect(connection).get_table_names() if "search_" not in name}
