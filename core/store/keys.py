"""The key of a store: 256 random bits or Argon2id of a passphrase, the system's keyring, the recovery words."""

from __future__ import annotations

import secrets
import stat
import sys
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import UserError

SALT_BYTES = 16
_KEY_BYTES = 32


@dataclass(frozen=True)
class Key:
    """32 bytes that open a store, and the 16 plain bytes that its file begins with. Never shown, never logged."""

    raw: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    @property
    def pragma(self) -> str:
        """SQLCipher's raw-key form: no derivation per connection, and the file begins with our salt."""
        return f"x'{self.raw.hex()}{self.salt.hex()}'"


def new_key() -> Key:
    return Key(secrets.token_bytes(_KEY_BYTES), secrets.token_bytes(SALT_BYTES))


def from_passphrase(passphrase: str, salt: bytes | None = None) -> Key:
    """Argon2id, RFC 9106's second recommended option (3 passes, 64 MiB, 4 lanes); NFC, so that keyboards agree."""
    from argon2.low_level import Type, hash_secret_raw

    if len(passphrase) < 8:
        raise UserError("A passphrase needs at least 8 characters. Four or five words that you can remember do well.")
    salt = salt or secrets.token_bytes(SALT_BYTES)
    raw = hash_secret_raw(unicodedata.normalize("NFC", passphrase).encode(), salt, 3, 65536, 4, _KEY_BYTES, Type.ID)
    return Key(raw, salt)


def to_words(key: Key) -> list[str]:
    """24 words of BIP 39's English list: 256 bits and a checksum of 8."""
    from mnemonic import Mnemonic

    return Mnemonic("english").to_mnemonic(key.raw).split()


def from_words(text: str, salt: bytes) -> Key | None:
    """The key behind 24 recovery words; None where these are no such words."""
    from mnemonic import Mnemonic

    words = text.lower().split()
    if len(words) != 24:
        return None
    try:
        return Key(bytes(Mnemonic("english").to_entropy(words)), salt)
    except (ValueError, LookupError):
        return None


def from_secret(text: str, salt: bytes) -> Key:
    """What a person types or a key file holds: the recovery words, else a passphrase."""
    return from_words(text, salt) or from_passphrase(text, salt)


def read_key_file(path: Path) -> str:
    """The one line of a key file. UserError where it is absent, empty or open to others' eyes."""
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UserError(f"There is no key file {path.name} there.") from None
    except (OSError, UnicodeDecodeError):
        raise UserError(f"The key file {path.name} could not be read: one line of UTF-8 text is expected.") from None
    if sys.platform != "win32" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UserError(f"Others can read the key file {path.name}. Make it yours alone first: chmod 600.")
    line = text.removesuffix("\n").removesuffix("\r")
    if not line.strip() or "\n" in line:
        raise UserError(f"The key file {path.name} should hold one line: the passphrase or the recovery words.")
    return line


def salt_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(SALT_BYTES)


def _service(salt: bytes) -> str:
    return f"Foothold store {salt.hex()}"


def remember(key: Key) -> bool:
    """Keeps the key in the system's keyring. False where there is none that really keeps it (it is read back)."""
    import keyring
    from keyring.errors import KeyringError

    try:
        ring = keyring.get_keyring()
        for backend in getattr(ring, "backends", [ring]):
            if hasattr(backend, "persist"):  # Windows: roaming to other machines is the default there
                backend.persist = "local machine"
        keyring.set_password(_service(key.salt), "key", key.raw.hex())
        return keyring.get_password(_service(key.salt), "key") == key.raw.hex()
    except (KeyringError, RuntimeError, OSError):
        return False


def recall(salt: bytes) -> Key | None:
    """The key that the system's keyring keeps for the file that begins with `salt`."""
    import keyring
    from keyring.errors import KeyringError

    try:
        kept = keyring.get_password(_service(salt), "key")
    except (KeyringError, RuntimeError, OSError):
        return None
    try:
        raw = bytes.fromhex(kept or "")
    except ValueError:
        return None
    return Key(raw, salt) if len(raw) == _KEY_BYTES else None


def forget(salt: bytes) -> None:
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.delete_password(_service(salt), "key")
    except (KeyringError, RuntimeError, OSError):
        return


def no_keyring_words() -> str:
    return (
        "This computer has no keyring that keeps Foothold's key. "
        "Give the store a passphrase instead; without a keyring and without a passphrase no store is made."
    )
