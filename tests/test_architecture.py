"""Rules of the house that the import contracts of pyproject.toml cannot say. Each finder is shown to find something."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.check import LONGEST, too_long

ROOT = Path(__file__).resolve().parent.parent
Finder = Callable[[ast.AST], bool]


def name_of(node: ast.AST) -> str | None:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else None


def calls(*names: str) -> Finder:
    """A call of a function or a method of one of these names."""
    return lambda node: isinstance(node, ast.Call) and name_of(node.func) in names


def calls_plain(*names: str) -> Finder:
    """A call of a function of one of these names; methods may have it."""
    return lambda node: isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names


def calls_method(owner: str, *names: str) -> Finder:
    """A call of owner.name(...)."""

    def finds(node: ast.AST) -> bool:
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names):
            return False
        return name_of(node.func.value) == owner

    return finds


def takes_from_sqlalchemy(*names: str) -> Finder:
    """An import of one of these names from SQLAlchemy, or its use by way of the package's name."""

    def finds(node: ast.AST) -> bool:
        if isinstance(node, ast.ImportFrom):
            return (node.module or "").split(".")[0] == "sqlalchemy" and any(one.name in names for one in node.names)
        return isinstance(node, ast.Attribute) and node.attr in names and name_of(node.value) in ("sqlalchemy", "sa")

    return finds


def says(word: str) -> Finder:
    """A text that begins with the word, as in "PRAGMA key"."""
    return lambda node: (
        isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.lstrip().upper().startswith(word)
    )


@dataclass(frozen=True)
class Rule:
    words: str
    finds: Finder
    example: str
    within: tuple[str, ...] = ("core", "ui", "main.py")
    but: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.words


RULES = [
    Rule("no processEvents", calls("processEvents"), "app.processEvents()"),
    Rule("style sheets only in the theme", calls("setStyleSheet"), "w.setStyleSheet('')", but=("ui/theme.py",)),
    Rule("the screen says no select", calls_plain("select"), "select(Candidate)", within=("ui", "main.py")),
    Rule(
        "questions to the store only in insight, work and store, and where the sample is laid in",
        takes_from_sqlalchemy("select"),
        "from sqlalchemy import select",
        but=("core/insight/", "core/work/", "core/store/", "core/jobs/sample"),
    ),
    Rule("sessions only in the store", calls("Session", "sessionmaker"), "Session(engine)", but=("core/store/",)),
    Rule("commits only in the store", calls("commit"), "session.commit()", but=("core/store/",)),
    Rule("engines only in the store", calls("create_engine"), "create_engine('')", but=("core/store/",)),
    Rule("pragmas only in the store", says("PRAGMA "), "run('PRAGMA foreign_keys=ON')", but=("core/store/",)),
    Rule(
        # They pass by the journal, so that nobody could undo them.
        "no bulk statements outside the store",
        takes_from_sqlalchemy("update", "delete", "insert"),
        "from sqlalchemy import update",
        but=("core/store/",),
    ),
    Rule(
        "no bulk statements by way of a query",
        calls("bulk_save_objects", "bulk_insert_mappings", "bulk_update_mappings", "query"),
        "session.query(Candidate).delete()",
        within=("core",),
        but=("core/store/",),
    ),
    Rule("today is passed in", calls_method("date", "today"), "date.today()", but=("core/clock.py",)),
    Rule("only the clock reads the time", calls_method("datetime", "now"), "datetime.now(UTC)", but=("core/clock.py",)),
]


def sources(within: tuple[str, ...]) -> Iterator[Path]:
    for place in within:
        path = ROOT / place
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_rule(rule: Rule) -> None:
    found = [
        f"{relative}:{node.lineno}"
        for path in sources(rule.within)
        if not (relative := path.relative_to(ROOT).as_posix()).startswith(rule.but or ("\0",))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if rule.finds(node) and isinstance(node, ast.expr | ast.stmt)
    ]
    assert not found, f"{rule.words}: {', '.join(found)}"


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_rule_finds_what_it_is_about(rule: Rule) -> None:
    assert any(map(rule.finds, ast.walk(ast.parse(rule.example))))


def test_no_file_is_longer_than_one_subject() -> None:
    assert too_long() == []


def test_a_long_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "long.py").write_text("x = 1\n" * (LONGEST + 1), "utf-8")
    (tmp_path / "core" / "short.py").write_text("x = 1\n" * LONGEST, "utf-8")
    assert [line.split(":")[0] for line in too_long(tmp_path)] == [str(Path("core", "long.py"))]


def test_all_of_core_loads_without_qt() -> None:
    folders = ROOT / "core" / "store" / "migrations"
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        # Migrations are run by Alembic, never imported.
        for path in sources(("core",))
        if folders not in path.parents
    ]
    assert "core.errors" in names
    ask = (
        "import importlib, sys\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('PySide6', 'shiboken6', 'ui')])"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", ask], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_the_desk_can_be_painted_before_anything_heavy_is_loaded() -> None:
    ask = (
        "import sys, ui.run, ui.places.today, core.insight.glance, core.jobs.opening;"
        "print(sorted({'sqlalchemy', 'alembic', 'reportlab', 'keyring', 'mnemonic', 'argon2', 'python_calamine', "
        "'xlsxwriter', 'PIL'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
