"""The menu Help: what this Foothold is, how old, where a newer one would be, and whose work is inside."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from core import VERSION, build
from tests.support.stores import TODAY, new_store
from tests.ui import walking
from ui import about, tour
from ui.app import App
from ui.theme import Theme
from ui.widgets.text import IconButton

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def app(qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    monkeypatch.setenv("FOOTHOLD_TODAY", TODAY.isoformat())
    Theme.apply(qapp, "light")
    settings = QSettings(str(tmp_path / "Foothold.ini"), QSettings.Format.IniFormat)
    made = App(new_store(tmp_path), settings)
    made.desk.resize(1280, 800)
    with qtbot.waitActive(made.desk):
        made.desk.show()
    yield made
    made.tasks.wait_all()
    made.desk.close()
    made.desk.deleteLater()


def choose(app: App, words: str) -> None:
    """As the menu does."""
    found = [one for one in app.desk.findChildren(QAction) if one.text() == words]
    found[-1].trigger()
    app.tasks.wait_all()
    tour.settle(app.desk)


def lines(app: App) -> dict[str, str]:
    sheet = app.desk.layer.sheet
    assert sheet is not None
    return {one.accessibleName(): one.text() for one in sheet.findChildren(QLineEdit)}


def words(app: App) -> str:
    sheet = app.desk.layer.sheet
    assert sheet is not None
    return "\n".join(one.text() for one in sheet.findChildren(QLabel))


def test_about_says_which_one_and_where_its_things_lie(app: App, tmp_path: Path) -> None:
    choose(app, "About Foothold")
    assert f"Foothold {VERSION}" in words(app)
    assert "never asks the network" in words(app)
    assert "MIT" in words(app)
    assert lines(app) == {
        "Page of newer versions": build.RELEASES,
        "This store": str(app.store.path),
        "Settings": str(tmp_path / "Foothold.ini"),
        "Program": str(ROOT),
    }


def test_the_address_is_copied(app: App) -> None:
    choose(app, "About Foothold")
    sheet = app.desk.layer.sheet
    assert sheet is not None
    copy = next(one for one in sheet.findChildren(IconButton) if one.accessibleName() == "Copy: Page of newer versions")
    copy.click()
    assert QApplication.clipboard().text() == build.RELEASES


def test_the_notices_are_read_in_the_program(app: App) -> None:
    choose(app, "About Foothold")
    inside = app.desk.layer.sheet.inside  # type: ignore[union-attr]
    assert isinstance(inside, about.About)
    inside.notices.click()
    app.tasks.wait_all()
    shown = app.desk.layer.sheet.inside  # type: ignore[union-attr]
    assert isinstance(shown, about.Notices)
    assert "How to replace Qt in Foothold" in shown.text.toPlainText()
    shown.copy()
    assert QApplication.clipboard().text() == shown.text.toPlainText()


@pytest.mark.parametrize("title", ["About Foothold", "Third-party notices"])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_both_are_walked_by_name_and_by_key(app: App, qapp: QApplication, title: str, mode: str) -> None:
    Theme.apply(qapp, mode)  # type: ignore[arg-type]
    choose(app, title)
    under = walking.ground(app.desk)
    assert under is app.desk.layer.sheet
    assert walking.nameless(under) == []
    assert walking.doubled_letters(app.desk) == []
    assert walking.stray(under) == []
    assert walking.cut(under) == []


def test_missing_notices_are_said_and_nothing_opens(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unreadable = tmp_path / "THIRD-PARTY.txt"
    unreadable.mkdir()
    monkeypatch.setattr(build, "notices", lambda: unreadable)
    choose(app, "Third-party notices")
    assert app.desk.layer.sheet is None
    assert "Install it again" in "\n".join(one.text() for one in app.desk.foot.findChildren(QLabel))


def test_the_page_of_newer_versions_is_the_projects_own() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["urls"]["Releases"] == build.RELEASES


def test_a_program_that_was_built_knows_its_day(tmp_path: Path) -> None:
    facts = {"version": "1.2.3", "made_on": "2026-11-22", "commit": "abc1234"}
    (tmp_path / "build.json").write_text(json.dumps(facts), "utf-8")
    made = build.read(tmp_path)
    assert made == build.Build("1.2.3", date(2026, 11, 22), "abc1234")
    assert made.words(date(2027, 2, 25)) == "Made on Sun 22 November 2026, 3 months ago"
    # A calendar that is wrong says nothing about the program's age.
    assert made.words(date(2026, 1, 1)) == "Made on Sun 22 November 2026"


def test_from_source_the_newest_version_of_the_changelog_counts(tmp_path: Path) -> None:
    log = "# What is new\n\n## [Unreleased]\n\n## [0.2.0] - 2026-12-01\n\n- A.\n\n## [0.1.0] - 2026-11-22\n"
    (tmp_path / "CHANGELOG.md").write_text(log, "utf-8")
    made = build.read(tmp_path)
    assert made.made_on == date(2026, 12, 1)
    assert made.words(date(2026, 12, 2)) == "Run from source, of the version of Tue 1 December 2026, yesterday"
    empty = build.read(tmp_path / "nothing")
    assert empty == build.Build(VERSION, None, "")
    assert empty.words(TODAY) == "Run from source"


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"version": "1", "made_on": "soon", "commit": "a"}', "\0"])
def test_broken_facts_are_no_facts(tmp_path: Path, broken: str) -> None:
    (tmp_path / "build.json").write_text(broken, "utf-8")
    assert build.read(tmp_path).made_on is None


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "today"), (1, "yesterday"), (2, "2 days ago"), (13, "13 days ago"), (14, "2 weeks ago"), (45, "6 weeks ago"),
     (92, "3 months ago"), (700, "23 months ago"), (731, "2 years ago"), (-1, "")],
)  # fmt: skip
def test_age_in_words(days: int, said: str) -> None:
    assert build.age(date(2026, 11, 22), date.fromordinal(date(2026, 11, 22).toordinal() + days)) == said
