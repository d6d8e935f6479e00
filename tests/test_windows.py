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
PEOPLE = "First name,Last name,E-mail\nŁukasz,Żółć,lukasz@example.edu\nДарья,李,darya@example.edu\n"


@pytest.fixture
def locker(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Path]]:
    """Children have the real Credential Locker. What they keep there for the stores put on this list is taken out."""
    for variable in ("PYTHON_KEYRING_BACKEND", "PYTHONIOENCODING", "PYTHONUTF8"):
        monkeypatch.delenv(variable, raising=False)
    stores: list[Path] = []
    yield stores
    code = "import sys; from core.store import keys; keys.forget(bytes.fromhex(sys.argv[1]))"
    for store in stores:
        subprocess.run([sys.executable, "-c", code, keys.salt_of(store).hex()], check=True, cwd=ROOT)


def foothold(*words: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, ROOT / "main.py", *words], capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_credential_locker_keeps_the_key_from_one_process_to_the_next(tmp_path: Path, locker: list[Path]) -> None:
    store = tmp_path / "Zoë's Büro & Söhne.foothold"
    table = tmp_path / "people.csv"
    table.write_text(PEOPLE, "utf-8")
    assert "keyring" in foothold("new", store)
    locker.append(store)
    foothold("import", store, table)
    said = foothold("list", store, "candidates")
    assert "Łukasz" in said
    assert "Дарья" in said
    code = "import keyring; print(keyring.get_keyring().name)"
    assert "WinVault" in subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert keys.recall(keys.salt_of(store)) is None  # the tests' own keyring never had it


def test_a_list_that_goes_into_a_file_keeps_every_letter(tmp_path: Path, locker: list[Path]) -> None:
    store, table, out = tmp_path / "s.foothold", tmp_path / "people.csv", tmp_path / "list.txt"
    table.write_text(PEOPLE, "utf-8")
    foothold("new", store)
    locker.append(store)
    foothold("import", store, table)
    with out.open("wb") as file:
        subprocess.run([sys.executable, ROOT / "main.py", "list", store, "candidates"], stdout=file, check=True)
    assert "Żółć" in out.read_text("utf-8")


@pytest.mark.parametrize("name", ["NUL", "con.foothold", "COM1.pdf", "a:b.foothold", "what?.pdf", "ends.", "blank "])
def test_names_that_windows_takes_for_something_else(tmp_path: Path, name: str) -> None:
    # Not joined by pathlib: that would read "a:" as a drive.
    path = Path(f"{tmp_path}{os.sep}{name}")
    store = Store.create(tmp_path / "s.foothold", keys.new_key(), "Shop")
    before = sorted(os.listdir(tmp_path))
    with store:
        with pytest.raises(UserError, match="no name for a file on Windows"), replace_file(path) as file:
            file.write(b"x")
        with pytest.raises(UserError, match="no name for a file on Windows"):
            store.backup(path)
        with pytest.raises(UserError, match="no name for a file on Windows"):
            Store.create(path, keys.new_key(), "Shop")
        assert sorted(os.listdir(tmp_path)) == before


def test_a_store_closes_while_someone_reads_its_note(tmp_path: Path) -> None:
    path, key = tmp_path / "s.foothold", keys.new_key()
    store = Store.create(path, key, "Shop")
    with (tmp_path / "s.foothold.open").open("rb"):
        store.close()
    with Store.open(path, key) as again:
        assert again.check() == []
