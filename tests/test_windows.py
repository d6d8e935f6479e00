"""What Windows alone has: its Credential Locker, names it takes for devices, files that someone reads just now."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import UserError
from core.files import replace_file
from core.store import Store, keys

pytestmark = pytest.mark.platform("win32")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def locker() -> Iterator[list[Path]]:
    """The key of each store put on this list is taken out of the real Credential Locker at the end."""
    stores: list[Path] = []
    yield stores
    code = "import sys; from core.store import keys; keys.forget(bytes.fromhex(sys.argv[1]))"
    for store in stores:
        python("-c", code, keys.salt_of(store).hex())


def python(*words: str | Path) -> bytes:
    """Standard output of a Python that knows nothing of the tests' own keyring, and of no encoding but the system's."""
    ours = ("PYTHON_KEYRING_BACKEND", "PYTHONIOENCODING", "PYTHONUTF8")
    own = {name: value for name, value in os.environ.items() if name not in ours}
    done = subprocess.run([sys.executable, *words], capture_output=True, stdin=subprocess.DEVNULL, env=own, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


def refused(*words: str | Path) -> str:
    done = subprocess.run([sys.executable, ROOT / "main.py", *words], capture_output=True, stdin=subprocess.DEVNULL)
    assert (done.returncode, done.stdout) == (1, b"")
    return done.stderr.decode("utf-8")


def foothold(*words: str | Path) -> str:
    return python(ROOT / "main.py", *words).decode("utf-8")


def test_the_credential_locker_keeps_the_key_from_one_process_to_the_next(tmp_path: Path, locker: list[Path]) -> None:
    store, table = tmp_path / "Zoë's Büro & Söhne.foothold", tmp_path / "people.csv"
    table.write_text(
        "First name,Last name,E-mail\nŁukasz,Żółć,lukasz@example.edu\nДарья,李,darya@example.edu\n", "utf-8"
    )
    assert b"WinVault" in python("-c", "import keyring; print(keyring.get_keyring().name)")
    assert "Its key is in this computer's keyring." in foothold("new", store)
    locker.append(store)
    foothold("import", store, table)
    said = foothold("list", store, "candidates")
    for name in ("Łukasz", "Żółć", "Дарья", "李"):
        assert name in said


@pytest.mark.parametrize(
    "name", ["NUL", "con.foothold", "COM1.x.foothold", "a:b.foothold", "what?.foothold", "ends.", "blank "]
)
def test_names_that_windows_takes_for_something_else(tmp_path: Path, name: str) -> None:
    # Not joined by pathlib: that would read "a:" as a drive.
    path = Path(f"{tmp_path}{os.sep}{name}")
    store = Store.create(tmp_path / "s.foothold", keys.new_key(), "Shop")
    before = sorted(os.listdir(tmp_path))
    with store:
        with pytest.raises(UserError, match="no name for a file on Windows"), replace_file(path) as file:
            file.write(b"x")
        with pytest.raises(UserError, match="name"):
            store.backup(path)
        with pytest.raises(UserError, match="no name for a file on Windows"):
            Store.create(path, keys.new_key(), "Shop")
        assert sorted(os.listdir(tmp_path)) == before


@pytest.mark.parametrize("name", ["NUL", "con.foothold", "a:b.foothold", "what?.foothold"])
def test_the_command_line_refuses_such_names_in_words(tmp_path: Path, name: str) -> None:
    Store.create(tmp_path / "s.foothold", keys.new_key(), "Shop").close()
    path = f"{tmp_path}{os.sep}{name}"
    for words in (["new", path], ["list", path, "candidates"], ["backup", tmp_path / "s.foothold", path]):
        assert "is no name for a file on Windows" in refused(*words)
    assert {one.name for one in tmp_path.iterdir()} == {"s.foothold", "surroundings"}


def test_a_store_closes_while_someone_reads_its_note(tmp_path: Path) -> None:
    path, key = tmp_path / "s.foothold", keys.new_key()
    store = Store.create(path, key, "Shop")
    with (tmp_path / "s.foothold.open").open("rb"):
        store.close()
    with Store.open(path, key) as again:
        assert again.check() == []
