"""Opening and making a store: where its key comes from, and the sheet that opens it elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import UserError
from core.files import replace_file
from core.store import keys
from core.store.file import refuse_foreign
from core.store.keys import Key

if TYPE_CHECKING:
    from core.store import Store

Ask = Callable[[str], str | None]
"""Asks the person for a passphrase with these words; None where they gave none."""


def find_key(path: Path, key_file: Path | None = None, ask: Ask | None = None) -> Key:
    """The key of the store at `path`: from the key file, else the system's keyring, else what `ask` is told.

    UserError where `path` is no store or no key is to be had. Whether the key fits shows when it is opened.
    """
    refuse_foreign(path)
    salt = keys.salt_of(path)
    if key_file is not None:
        return keys.from_secret(keys.read_key_file(key_file), salt)
    if (kept := keys.recall(salt)) is not None:
        return kept
    secret = ask(f"Passphrase or recovery words of {path.name}: ") if ask is not None else None
    if secret is None or not secret.strip():
        raise UserError(
            f"The key of {path.name} is not in this computer's keyring. Give its passphrase or recovery words, "
            "or a file that holds them: --key-file FILE."
        )
    return keys.from_secret(secret, salt)


def open_store(path: Path, key_file: Path | None = None, ask: Ask | None = None, *, write: bool = True) -> Store:
    """Opens a store with its key from wherever that is. `write=False`: beside an open desk."""
    from core.store import Store

    return Store.open(path, find_key(path, key_file, ask), write=write)


def make_store(
    path: Path,
    business: str,
    owner: str = "",
    *,
    secret: str | None = None,
    keep: bool = False,
    sample: bool = False,
    today: date,
) -> tuple[Store, bool]:
    """A new store, open, and whether the keyring keeps its key.

    `secret`: a passphrase, which with `keep` goes into the keyring too; without one the key is drawn and must be kept
    there, else UserError and no file. `sample`: with the sample program in it.
    """
    from core.store import Store

    if path.exists():
        raise UserError(f"{path.name} is there already. Choose another name, or open it.")
    key = keys.new_key() if secret is None else keys.from_passphrase(secret)
    if secret is not None and keys.from_words(secret, key.salt) is not None:
        raise UserError("These are the recovery words of a store. Choose a passphrase of your own for a new one.")
    kept = keys.remember(key) if secret is None or keep else False
    if secret is None and not kept:
        raise UserError(keys.no_keyring_words())
    store: Store | None = None
    try:
        store = Store.create(path, key, business, owner)
        if sample:
            from core.insight import glance
            from core.jobs.sample import fill

            fill(store, today)
            glance.keep(store, today=today)
    except BaseException:
        if store is not None:
            store.close()
            path.unlink(missing_ok=True)
        if kept:
            keys.forget(key.salt)
        raise
    return store, kept


def draw_recovery_sheet(store: Store, *, today: date, voids_earlier: bool = False) -> bytes:
    """The PDF whose words open the store on another machine. `voids_earlier`: the key was changed."""
    from core.jobs.leaving import drawn, stationery
    from core.paper import sheet
    from core.paper.facts import SheetFacts

    words = tuple(keys.to_words(store.key))
    facts = SheetFacts(stationery(store, today), store.path.stem, words, voids_earlier)
    return drawn(lambda into: sheet.make(facts, into))


def recovery_sheet(
    store: Store, out: Path, *, today: date, overwrite: bool = False, voids_earlier: bool = False
) -> None:
    """Writes the sheet to `out`. It tells nothing about anyone and is no disclosure."""
    from core.jobs.leaving import check_target

    check_target(out, overwrite)
    data = draw_recovery_sheet(store, today=today, voids_earlier=voids_earlier)
    with replace_file(out, overwrite=overwrite) as file:
        file.write(data)
