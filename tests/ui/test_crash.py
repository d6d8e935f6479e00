"""A fault of ours: one window, what is safe, a report that names nobody."""

from __future__ import annotations

import logging
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.errors import SystemFault, UserError
from ui.crash import CrashWatch, CrashWindow, report
from ui.theme import Theme


@pytest.fixture
def watch(qapp: QApplication) -> Iterator[CrashWatch]:
    Theme.apply(qapp, "light")
    made = CrashWatch("0.1", lambda: "Everything is saved.")
    yield made
    window = made.findChild(CrashWindow) or next(
        (one for one in qapp.topLevelWidgets() if isinstance(one, CrashWindow) and one.isVisible()), None
    )
    if window is not None:
        window.accept()


def broken(secret: str) -> None:
    hidden = f"{secret}@example.edu"
    raise ValueError(hidden)


def caught() -> ValueError:
    try:
        broken("Amara Okafor")
    except ValueError as error:
        return error
    raise AssertionError


def window(qapp: QApplication) -> CrashWindow:
    return next(one for one in qapp.topLevelWidgets() if isinstance(one, CrashWindow) and one.isVisible())


def test_a_report_has_frames_and_versions_and_nobody() -> None:
    error = caught()
    words = report(type(error), error.__traceback__, "0.1")
    assert "builtins.ValueError" in words
    assert "tests/ui/test_crash.py" in words
    assert "in broken" in words
    assert "Amara" not in words
    assert "example.edu" not in words
    assert str(Path.home()) not in words


@pytest.mark.allow_log
def test_repeats_stand_once_in_one_window(
    watch: CrashWatch, qapp: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    error = caught()
    for _ in range(5):
        watch.take(error)
    shown = window(qapp)
    text = shown.text.toPlainText()
    assert text.count("ValueError") == 1
    assert "(5 times)" in text
    assert len([one for one in caplog.records if one.name == "foothold.crash"]) == 1
    assert "Amara" not in caplog.text
    shown.copy()
    assert QApplication.clipboard().text() == text


@pytest.mark.allow_log
def test_from_a_worker_it_reaches_the_main_thread(watch: CrashWatch, qapp: QApplication, qtbot: QtBot) -> None:
    with qtbot.waitSignal(watch.broken, timeout=5000):
        worker = Thread(target=lambda: watch.take(caught()))
        worker.start()
        worker.join()
    assert "ValueError" in window(qapp).text.toPlainText()


@pytest.mark.parametrize("error", [UserError("The file has no rows."), SystemFault("The disk is full.")])
def test_errors_of_the_person_and_the_surroundings_are_plain(watch: CrashWatch, error: Exception) -> None:
    got: list[str] = []
    watch.plain.connect(got.append)
    watch.take(error)
    assert got == [str(error)]


@pytest.mark.allow_log
def test_the_hook_sees_what_a_slot_raises(tmp_path: Path) -> None:
    program = textwrap.dedent("""
        import sys
        from pathlib import Path
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication
        from ui.crash import CrashWatch
        from ui.theme import Theme
        app = QApplication([])
        Theme.apply(app, "light")
        watch = CrashWatch("0.1")
        print("left:", watch.install(Path(sys.argv[1])))
        watch.broken.connect(lambda words: (print(words), app.quit()))
        def slot(): raise ValueError("Amara Okafor")
        QTimer.singleShot(0, slot)
        app.exec()
        watch.uninstall()
    """)
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "ValueError" in done.stdout
    assert "Amara" not in done.stdout + done.stderr


def test_what_died_without_a_word_is_told_at_the_next_start(tmp_path: Path, qapp: QApplication) -> None:
    program = textwrap.dedent("""
        import ctypes, sys
        from pathlib import Path
        from ui.crash import CrashWatch
        CrashWatch().install(Path(sys.argv[1]))
        ctypes.string_at(0)
    """)
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    next_one = CrashWatch()
    try:
        assert "Fatal Python error" in next_one.install(tmp_path)
    finally:
        next_one.uninstall()
    again = CrashWatch()
    try:
        assert again.install(tmp_path) == ""
    finally:
        again.uninstall()


@pytest.mark.allow_log
@pytest.mark.qt_no_exception_capture
def test_what_qt_complains_of_is_logged(
    watch: CrashWatch, tmp_path: Path, caplog: pytest.LogCaptureFixture, qtlog: object
) -> None:
    watch.install()
    try:
        with caplog.at_level(logging.WARNING):
            qWarning("something about a layout")
    finally:
        watch.uninstall()
    assert any("something about a layout" in one.getMessage() for one in caplog.records)
