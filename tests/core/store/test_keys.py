"""Where a key comes from and where it is kept."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import keyring
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keyring.backends import fail, null

from core.errors import UserError
from core.store import Key, keys
from tests.support import keyring_backend

SALT = bytes(range(16))


@given(raw=st.binary(min_size=32, max_size=32), salt=st.binary(min_size=16, max_size=16))
def test_the_recovery_words_say_the_key(raw: bytes, salt: bytes) -> None:
    words = keys.to_words(Key(raw, salt))
    assert len(words) == 24
    assert keys.from_words("  ".join(words).upper(), salt) == Key(raw, salt)


@given(raw=st.binary(min_size=32, max_size=32), at=st.integers(0, 23))
def test_a_slip_in_the_words_is_no_other_key_unseen(raw: bytes, at: int) -> None:
    words = keys.to_words(Key(raw, SALT))
    words[at] = "notaword"
    assert keys.from_words(" ".join(words), SALT) is None
    assert keys.from_words(" ".join(words[:-1]), SALT) is None


@settings(max_examples=3, deadline=None)
@given(st.text(min_size=8, max_size=40))
def test_a_passphrase_gives_one_key_for_one_salt(words: str) -> None:
    key = keys.from_passphrase(words, SALT)
    assert key == keys.from_passphrase(unicodedata.normalize("NFC", words), SALT)


def test_keyboards_that_compose_differently_open_the_same_store() -> None:
    composed, taken_apart = "Zürich im März", unicodedata.normalize("NFD", "Zürich im März")
    assert composed != taken_apart
    assert keys.from_passphrase(composed, SALT) == keys.from_passphrase(taken_apart, SALT)


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(UserError, match="at least 8"):
        keys.from_passphrase("seven77")


def test_what_is_typed_may_be_either() -> None:
    key = keys.new_key()
    assert keys.from_secret(" ".join(keys.to_words(key)), key.salt) == key
    assert keys.from_secret("four plain words here", SALT) == keys.from_passphrase("four plain words here", SALT)


def test_a_key_shows_itself_in_no_text() -> None:
    key = keys.new_key()
    for text in (repr(key), str(key), f"{key}"):
        assert key.raw.hex() not in text


def key_file(folder: Path, data: bytes, mode: int = 0o600) -> Path:
    path = folder / "key"
    path.write_bytes(data)
    path.chmod(mode)
    return path


@pytest.mark.parametrize("ending", [b"", b"\n", b"\r\n"])
def test_a_key_file_holds_one_line(tmp_path: Path, ending: bytes) -> None:
    path = key_file(tmp_path, b"\xef\xbb\xbf" + " spaces count \u00e9".encode() + ending)
    assert keys.read_key_file(path) == " spaces count é"


@pytest.mark.parametrize(
    ("data", "words"), [(b"", "one line"), (b"\n", "one line"), (b"a\nb\n", "one line"), (b"\xff\xfe\x00", "UTF-8")]
)
def test_a_key_file_that_holds_no_line_is_refused(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words):
        keys.read_key_file(key_file(tmp_path, data))


def test_a_key_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no key file lost\.txt"):
        keys.read_key_file(tmp_path / "lost.txt")


@pytest.mark.platform("linux")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(UserError, match="Others can read"):
        keys.read_key_file(key_file(tmp_path, b"a good passphrase\n", mode))


def test_the_keyring_keeps_and_forgets() -> None:
    key = keys.new_key()
    assert keys.recall(key.salt) is None
    assert keys.remember(key)
    assert keys.recall(key.salt) == key
    assert keys.recall(keys.new_key().salt) is None
    keys.forget(key.salt)
    assert keys.recall(key.salt) is None
    keys.forget(key.salt)


@pytest.mark.parametrize("back_end", [null.Keyring, fail.Keyring])
def test_a_keyring_that_keeps_nothing_is_found_out(back_end: type[keyring.backend.KeyringBackend]) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(back_end())
    try:
        key = keys.new_key()
        assert not keys.remember(key)
        assert keys.recall(key.salt) is None
        keys.forget(key.salt)
    finally:
        keyring.set_keyring(before)


def test_a_keyring_that_holds_something_else_gives_no_key() -> None:
    service = f"Foothold store {SALT.hex()}"
    for kept in ("not hex", "abcd", ""):
        keyring.set_password(service, "key", kept)
        assert keys.recall(SALT) is None


def test_without_a_keyring_there_are_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(keyring_backend.VARIABLE, "none")
    assert not keys.remember(keys.new_key())
    assert "passphrase" in keys.no_keyring_words()
