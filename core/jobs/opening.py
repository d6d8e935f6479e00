"""Opening and making a store: where its key comes from, and the sheet that opens it elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from core import formats
from core.errors import SystemFault, UserError
from core.files import check_name, replace_file
from core.store import keys
from core.store.file import refuse_foreign
from core.store.keys import Key
from core.text import in_digits, line

if TYPE_CHECKING:
    from core.store import Store

Ask = Callable[[str], str | None]
"""Asks the person for a passphrase with these words; None where they gave none."""


def find_key(path: Path, key_file: Path | None = None, ask: Ask | None = None) -> Key:
    """The key of the store at `path`: from the key file, else the system's keyring, else what `ask` is told.

    UserError where `path` is no store or no key is to be had. Whether the key fits shows when it is opened.
    """
    _refuse_what_is_no_file(path)
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
    """Opens a store with its key from wherever that is. `write=False`: beside an open desk.

    From then on days, money and numbers are written as its employer does.
    """
    from core.insight.office import country
    from core.store import Store

    store = Store.open(path, find_key(path, key_file, ask), write=write)
    formats.use(country(store))
    return store


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
    """A new store, open, and whether the keyring keeps its key. UserError, SystemFault, and then no file.

    `secret`: a passphrase, which with `keep` goes into the keyring too; without one the key is drawn and must be kept
    there, else UserError. `sample`: with the sample program in it.
    """
    from core.store import Store

    _refuse_place(path)
    business, owner = _named(business, owner)
    building = path.with_name(f".{path.name}.new")
    _clear_away(building, path)
    key = keys.new_key() if secret is None else keys.from_passphrase(secret)
    if secret is not None and keys.from_words(secret, key.salt) is not None:
        raise UserError("These are the recovery words of a store. Choose a passphrase of your own for a new one.")
    kept = keys.remember(key) if secret is None or keep else False
    if secret is None and not kept:
        raise UserError(keys.no_keyring_words())
    try:
        # Whoever pulls the plug meanwhile finds no half store under the name of a whole one.
        with Store.create(building, key, business, owner) as store:
            if sample:
                _fill(store, today)
        _move(building, path)
        return Store.open(path, key), kept
    except BaseException as error:
        _remove(building)
        if kept:
            keys.forget(key.salt)
        if isinstance(error, UserError | SystemFault) and building.name in str(error):
            raise type(error)(str(error).replace(building.name, path.name)) from error
        raise


def _fill(store: Store, today: date) -> None:
    from core.insight import glance
    from core.jobs.sample import fill

    fill(store, today)
    glance.keep(store, today=today)


def _named(business: str, owner: str) -> tuple[str, str]:
    from core.work.checks import LINE_LIMIT

    names = line(business), line(owner)
    if not names[0]:
        raise UserError("Give the name of the business: it stands on every letter.")
    for whose, name in zip(("business", "owner"), names, strict=True):
        if len(name) > LINE_LIMIT:
            raise UserError(
                f"The {whose}’s name has {in_digits(len(name))} characters; "
                f"at most {LINE_LIMIT} fit. Please shorten it."
            )
    return names


def _refuse_what_is_no_file(path: Path) -> None:
    if not path.name:
        raise UserError("That names no file. Give the one of the store, such as program.foothold.")
    check_name(path)
    if path.exists() and not path.is_file() and not path.is_dir():
        raise UserError(f"{path} is a device, not a store. Give a file, such as program.foothold.")


def _refuse_place(path: Path) -> None:
    _refuse_what_is_no_file(path)
    if path.is_dir():
        raise UserError(f"{path} is a folder. Name a file in it, such as {path / 'program.foothold'}.")
    if path.exists():
        raise UserError(f"{path.name} is there already. Choose another name, or open it.")
    for other in _siblings(path):
        # What was written last may stand only in there; it is not ours to throw away.
        if other.exists() and other.stat().st_size:
            raise UserError(
                f"{other.name} belongs to a store that stood there and was moved without it. "
                "Move it to that store, or choose another name."
            )


def _siblings(path: Path) -> list[Path]:
    return [path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal")]


def _remove(path: Path) -> None:
    for one in (path, *_siblings(path)):
        one.unlink(missing_ok=True)


def _clear_away(building: Path, path: Path) -> None:
    """What a making that was cut off has left, the key of it too."""
    from core.store.lock import WriterLock

    if not building.exists():
        return
    try:
        lock = WriterLock(building)
    except UserError:
        raise UserError(
            f"{path.name} is being made in another Foothold just now. Wait until it is done, or choose another name."
        ) from None
    try:
        keys.forget(keys.salt_of(building))
        _remove(building)
    except OSError:
        raise SystemFault(f"{building} is left of an attempt that was cut off. Delete it, then try again.") from None
    finally:
        lock.release()


def _move(building: Path, path: Path) -> None:
    if any(one.exists() and one.stat().st_size for one in _siblings(building)):
        raise SystemFault(f"{path.name} could not be written whole. Is the disk full? Nothing was kept.")
    if path.exists():
        raise UserError(f"{path.name} appeared meanwhile. Choose another name.")
    for one in (*_siblings(building), *_siblings(path)):
        one.unlink(missing_ok=True)
    building.rename(path)


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
