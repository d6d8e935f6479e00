"""Where a store's key is looked for, and what is made when a store is."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

from core.errors import SystemFault, UserError
from core.insight import records
from core.jobs import sample
from core.jobs.opening import draw_recovery_sheet, find_key, make_store, open_store, recovery_sheet
from core.store import Store, keys
from tests.support import keyring_backend
from tests.support.stores import TODAY, new_store

PASSPHRASE = "four plain words here"


def key_file(folder: Path, words: str) -> Path:
    path = folder / "key.txt"
    path.write_text(words + "\n", "utf-8")
    path.chmod(0o600)
    return path


def no_asking(words: str) -> str | None:
    raise AssertionError(words)


def test_a_drawn_key_is_kept_in_the_keyring(tmp_path: Path) -> None:
    path = tmp_path / "a.foothold"
    store, kept = make_store(path, "A", today=TODAY)
    store.close()
    assert kept
    with open_store(path, ask=no_asking) as again:
        assert again.key == store.key


def test_without_keyring_and_passphrase_no_store_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(keyring_backend.VARIABLE, "none")
    with pytest.raises(UserError, match="passphrase"):
        make_store(tmp_path / "a.foothold", "A", today=TODAY)
    assert not (tmp_path / "a.foothold").exists()


def test_a_passphrase_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.foothold"
    store, kept = make_store(path, "A", secret=PASSPHRASE, today=TODAY)
    store.close()
    assert not kept
    asked: list[str] = []

    def ask(words: str) -> str:
        asked.append(words)
        return PASSPHRASE

    with open_store(path, ask=ask):
        pass
    assert "a.foothold" in asked[0]
    with open_store(path, ask=lambda _: " ".join(keys.to_words(store.key)).upper()):
        pass
    with pytest.raises(UserError, match="does not open with this key"):
        open_store(path, ask=lambda _: "another passphrase")
    for nothing in (None, "", "  "):
        with pytest.raises(UserError, match="--key-file"):
            open_store(path, ask=lambda _, said=nothing: said)
    with pytest.raises(UserError, match="--key-file"):
        open_store(path)


def test_the_keyring_may_keep_a_passphrases_key_too(tmp_path: Path) -> None:
    path = tmp_path / "a.foothold"
    store, kept = make_store(path, "A", secret=PASSPHRASE, keep=True, today=TODAY)
    store.close()
    assert kept
    assert find_key(path, ask=no_asking) == store.key


def test_a_key_file_wins_over_the_keyring(tmp_path: Path) -> None:
    path = tmp_path / "a.foothold"
    store, _ = make_store(path, "A", today=TODAY)
    store.close()
    with pytest.raises(UserError, match="does not open with this key"):
        open_store(path, key_file(tmp_path, "another passphrase"), no_asking)
    with open_store(path, key_file(tmp_path, " ".join(keys.to_words(store.key))), no_asking):
        pass


def test_no_key_is_asked_for_where_no_store_is(tmp_path: Path) -> None:
    for make in (lambda _: None, lambda p: p.write_text("hello"), lambda p: p.mkdir()):
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.foothold"
        make(path)
        with pytest.raises(UserError):
            find_key(path, ask=no_asking)


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.foothold"
    path.write_text("mine", "utf-8")
    with pytest.raises(UserError, match="there already"):
        make_store(path, "A", today=TODAY)
    assert path.read_text("utf-8") == "mine"
    assert not Path(tmp_path / "surroundings" / "keyring.json").exists()


def test_a_store_that_cannot_be_made_leaves_no_key_behind(tmp_path: Path) -> None:
    with pytest.raises(SystemFault):
        make_store(tmp_path / "lost" / "a.foothold", "A", today=TODAY)
    entries = (tmp_path / "surroundings" / "keyring.json").read_text("utf-8")
    assert "key" not in entries.replace("keyring", "")


HALF = """
import sys, time
from datetime import date
from pathlib import Path
from core.jobs import sample
from core.jobs.opening import make_store

def stop(store, today):
    print("half", flush=True)
    time.sleep(60)

sample.fill = stop
make_store(Path(sys.argv[1]), "A", secret="four plain words here", keep=True, sample=True, today=date(2026, 11, 22))
"""


def test_a_making_that_is_cut_off_leaves_no_half_store_and_is_in_nobodys_way(tmp_path: Path) -> None:
    path = tmp_path / "a.foothold"
    child = subprocess.Popen([sys.executable, "-c", HALF, str(path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    with child:
        assert child.stdout.readline() == "half\n"
        with pytest.raises(UserError, match=r"a\.foothold is being made in another Foothold"):
            make_store(path, "A", secret=PASSPHRASE, today=TODAY)
        child.kill()
    assert not path.exists()
    store, _ = make_store(path, "A", secret=PASSPHRASE, sample=True, today=TODAY)
    with store:
        assert store.path == path
        assert store.check() == []
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["a.foothold"]
    # The key of the half one is gone with it.
    assert '"key"' not in (tmp_path / "surroundings" / "keyring.json").read_text("utf-8")


def test_what_a_moved_store_left_behind_is_not_thrown_away(tmp_path: Path) -> None:
    (tmp_path / "a.foothold-wal").write_bytes(b"the last changes")
    (tmp_path / "b.foothold-wal").touch()
    with pytest.raises(UserError, match=r"a\.foothold-wal belongs to a store"):
        make_store(tmp_path / "a.foothold", "A", secret=PASSPHRASE, today=TODAY)
    assert (tmp_path / "a.foothold-wal").read_bytes() == b"the last changes"
    make_store(tmp_path / "b.foothold", "A", secret=PASSPHRASE, today=TODAY)[0].close()


def test_what_fails_while_it_is_made_leaves_nothing_and_speaks_of_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(store: Store, *_: object) -> None:
        raise SystemFault(f"The disk is full: nothing was changed in {store.path.name}.")

    monkeypatch.setattr(sample, "fill", full)
    with pytest.raises(SystemFault, match=r"in a\.foothold\."):
        make_store(tmp_path / "a.foothold", "A", secret=PASSPHRASE, sample=True, today=TODAY)
    assert [one for one in tmp_path.iterdir() if one.is_file()] == []


@pytest.mark.parametrize("business", ["   ", "\u200b", "x" * 300])
def test_a_business_has_a_name_that_fits(tmp_path: Path, business: str) -> None:
    with pytest.raises(UserError, match="name"):
        make_store(tmp_path / "a.foothold", business, secret=PASSPHRASE, today=TODAY)
    with pytest.raises(UserError, match="owner"):
        make_store(tmp_path / "a.foothold", "A", "x" * 300, secret=PASSPHRASE, today=TODAY)
    assert [one for one in tmp_path.iterdir() if one.is_file()] == []


def test_a_place_that_can_be_no_store_is_named_for_what_it_is(tmp_path: Path) -> None:
    places = [(Path(""), "names no file"), (tmp_path, "is a folder"), (Path("/dev/null"), "is a device")]
    # Windows keeps no devices among its files.
    for path, words in places[: 2 if os.name == "nt" else 3]:
        with pytest.raises(UserError, match=words):
            find_key(path, ask=no_asking)
        with pytest.raises(UserError, match=words):
            make_store(path, "A", secret=PASSPHRASE, today=TODAY)


def test_the_sample_program_comes_with_the_store(tmp_path: Path) -> None:
    store, _ = make_store(tmp_path / "a.foothold", "A", secret=PASSPHRASE, sample=True, today=TODAY)
    with store:
        assert len(records.listing(store, "candidates").rows) >= 60
        assert store.can_undo() is None
        assert store.check() == []


def test_the_recovery_sheet_says_the_words(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        text = pypdf.PdfReader(io.BytesIO(draw_recovery_sheet(store, today=TODAY))).pages[0].extract_text()
        for word in keys.to_words(store.key):
            assert word in text
        out = tmp_path / "sheet.pdf"
        recovery_sheet(store, out, today=TODAY)
        with pytest.raises(UserError, match="there already"):
            recovery_sheet(store, out, today=TODAY)
        recovery_sheet(store, out, today=TODAY, overwrite=True)
        assert records.listing(store, "disclosures").rows == []


def test_words_of_the_sheet_open_a_copy_elsewhere(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        words = " ".join(keys.to_words(store.key))
        store.backup(tmp_path / "copy.foothold")
    with Store.open(
        tmp_path / "copy.foothold", find_key(tmp_path / "copy.foothold", key_file(tmp_path, words))
    ) as copy:
        assert copy.check() == []


def test_recovery_words_are_no_passphrase_for_a_new_store(tmp_path: Path) -> None:
    words = " ".join(keys.to_words(keys.new_key()))
    with pytest.raises(UserError, match="passphrase of your own"):
        make_store(tmp_path / "new.foothold", "Lakeside", secret=words, today=TODAY)
    assert not (tmp_path / "new.foothold").exists()
