"""The desk's start from source, against a bare window in the same run.

Seconds are only printed, and so is a start that finds no glance kept: it has to load SQLAlchemy first.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from core import clock
from core.jobs.sample import fill
from core.store import keys
from installer.started import compared, moments
from tests.support.stores import new_store

ROOT = Path(__file__).parents[2]
MOST = 4.0


def test_todays_rows_are_painted_within_the_bound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = new_store(tmp_path)
    fill(store, clock.today())
    key_file = tmp_path / "key"
    key_file.write_text(" ".join(keys.to_words(store.key)))
    key_file.chmod(0o600)
    store.close()
    unkept = shutil.copyfile(store.path, tmp_path / "unkept.foothold")

    def desk(path: Path) -> list[str]:
        return [sys.executable, "main.py", str(path), "--key-file", str(key_file)]

    found = compared([sys.executable, "installer/bare.py"], desk(store.path), ROOT)
    anew = moments(desk(unkept), ROOT)["B"]
    with capsys.disabled():
        print(f"\n{found.words(MOST)}\nwith nothing kept B {anew[1] / found.bare[1]:.1f} bare windows of work")
    assert found.ratio <= MOST
