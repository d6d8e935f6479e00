"""A store of each released schema opens in today's program, whole: one file a schema lies in tests/old_stores."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.insight import records
from core.store import Store, keys, migrate
from core.work.documents import document_bytes
from tests import old_stores
from tests.core.store.test_schema import shape
from tests.support.stores import new_store
from tests.support.tables import tables

FOLDER = Path(old_stores.__file__).parent
NUMBERS = sorted(path.stem for path in FOLDER.glob("*.foothold"))


def old(number: str, folder: Path) -> tuple[Path, keys.Key]:
    path = folder / f"{number}.foothold"
    shutil.copyfile(FOLDER / path.name, path)
    return path, keys.from_secret((FOLDER / f"{number}.txt").read_text("utf-8").strip(), keys.salt_of(path))


def test_each_schema_has_its_store() -> None:
    steps = sorted(path.name.split("_")[0] for path in (migrate.SCRIPTS / "versions").glob("[0-9]*.py"))
    assert steps == NUMBERS


@pytest.mark.parametrize("number", NUMBERS)
def test_an_old_store_opens_whole(tmp_path: Path, number: str) -> None:
    path, key = old(number, tmp_path)
    with Store.open(path, key) as store:
        assert store.check() == []
        assert {noun: len(records.listing(store, noun).rows) for noun in ("candidates", "payments", "scores")} == {
            # Since the fourth schema someone else is there, who was told apart from the first.
            "candidates": 1 if number < "0004" else 2,
            "payments": 1,
            "scores": 4,
        }
        assert [hit.title for hit in store.search("lecka")] == ["Zoë Łęcka"]
        assert store.draft("candidates:new") == {"first_name": "Half"}
        assert records.listing(store, "disclosures").rows
        assert store.can_redo() is not None


@pytest.mark.parametrize("number", [number for number in NUMBERS if number >= "0003"])
def test_what_stands_around_a_project_comes_along(tmp_path: Path, number: str) -> None:
    path, key = old(number, tmp_path)
    with Store.open(path, key) as store:
        kept = tables(store)
        for noun in ("programs", "check_ins", "milestones_done", "work_authorisations", "documents"):
            assert len(kept[noun]) == 1, noun
        assert [row["kind"] for row in kept["templates"].values()].count("project") == 1
        assert document_bytes(store, next(iter(kept["documents"]))) == b"Dear readers"


@pytest.mark.parametrize("number", [number for number in NUMBERS if number >= "0004"])
def test_what_is_kept_of_people_comes_along(tmp_path: Path, number: str) -> None:
    path, key = old(number, tmp_path)
    with Store.open(path, key) as store:
        kept = tables(store)
        nouns = ("tags", "candidate_tags", "custom_fields", "custom_values", "candidate_languages", "accommodations",
                 "pool_entries", "touch_plans", "saved_lists", "different_people", "project_stages")  # fmt: skip
        for noun in nouns:
            assert len(kept[noun]) == 1, noun
        assert kept["application_moves"]


@pytest.mark.parametrize("number", NUMBERS)
def test_an_old_stores_history_is_undone_to_its_beginning(tmp_path: Path, number: str) -> None:
    path, key = old(number, tmp_path)
    with Store.open(path, key) as store:
        while store.can_undo():
            store.undo()
        for noun in ("candidates", "projects", "payments", "schools", "to-dos"):
            assert records.listing(store, noun).rows == [], noun
        assert store.check() == []


@pytest.mark.parametrize("number", NUMBERS)
def test_an_upgraded_store_has_the_schema_of_a_new_one(tmp_path: Path, number: str) -> None:
    path, key = old(number, tmp_path)
    with Store.open(path, key):
        pass
    with new_store(tmp_path) as store:
        pass
    assert shape(path, key) == shape(store.path, store.key)
