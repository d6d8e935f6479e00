"""A program on a stick: its settings and stores stay with it, whatever letter the next computer gives the stick."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core import portable
from core.jobs import mishap
from core.store import keys
from ui import folders
from ui.crash import CrashWatch
from ui.last import remember, remembered
from ui.start import StartWindow


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A frozen program's folder with the folder beside it that makes it portable."""
    program = tmp_path / "stick" / "Foothold"
    (program / portable.NAME).mkdir(parents=True)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program / "foothold"))
    return program / portable.NAME


def test_all_that_it_writes_lies_beside_it(stick: Path, qtbot: QtBot) -> None:
    assert portable.folder() == stick
    settings = folders.settings()
    settings.setValue("theme", "dark")
    settings.sync()
    assert (stick / "Foothold.ini").is_file()
    assert folders.documents() == folders.logs() == stick
    report = mishap.write_report(ValueError("Ana"))
    assert report is not None
    assert report.parent == stick
    window = StartWindow(settings)
    qtbot.addWidget(window)
    assert window.with_passphrase.isChecked()
    window.business.setText("Lakeside")
    window.passphrase.setText("four words do well")
    window.start()
    assert window.opened is not None
    assert window.opened.store.path.parent == stick
    assert keys.recall(window.opened.store.key.salt) is None
    window.opened.store.close()


def test_the_last_store_is_found_under_another_letter(stick: Path, tmp_path: Path) -> None:
    settings = folders.settings()
    (stick / "Lakeside.foothold").touch()
    remember(settings, stick / "Lakeside.foothold")
    assert remembered(settings) == stick / "Lakeside.foothold"
    moved = (tmp_path / "stick").rename(tmp_path / "E")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "executable", str(moved / "Foothold" / "foothold"))
        assert remembered(settings) == moved / "Foothold" / portable.NAME / "Lakeside.foothold"


def test_a_last_store_that_cannot_even_be_looked_for_is_none(stick: Path) -> None:
    settings = folders.settings()
    settings.setValue("last_store", str(stick / ("x" * 300)))
    assert remembered(settings) is None


def test_without_that_folder_it_is_a_program_like_any_other(stick: Path) -> None:
    stick.rmdir()
    assert portable.folder() is None


def test_where_nothing_can_be_written_it_starts_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a file").touch()
    monkeypatch.setenv("FOOTHOLD_DATA", str(tmp_path / "a file" / "Foothold data"))
    folder = folders.logs()
    assert folder.is_dir()
    assert not folder.is_relative_to(tmp_path / "a file")
    watch = CrashWatch()
    watch.install(folder)
    watch.uninstall()


def test_beside_what_the_setup_laid_out_is_beside_its_folder_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "Foothold" / "app"
    program.mkdir(parents=True)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program / "Foothold.exe"))
    assert portable.folder() is None
    (program.parent / portable.NAME).mkdir()
    assert portable.folder() == program.parent / portable.NAME
    (program / portable.NAME).mkdir()
    assert portable.folder() == program / portable.NAME


def test_beside_a_mac_bundle_is_beside_its_icon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "Foothold.app" / "Contents" / "MacOS"
    inside.mkdir(parents=True)
    (tmp_path / portable.NAME).mkdir()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(inside / "foothold"))
    assert portable.folder() == tmp_path / portable.NAME


def test_what_another_version_wrote_into_the_settings_stays(stick: Path) -> None:
    newer = folders.settings()
    newer.setValue("theme", "dark")
    newer.setValue("of_a_newer_foothold/columns", "a,b")
    newer.sync()
    older = folders.settings()
    older.setValue("theme", "light")
    older.sync()
    assert folders.settings().value("of_a_newer_foothold/columns") == "a,b"
