"""None outlives Qt, also under Python 3.11."""

from __future__ import annotations

import subprocess
import sys
import textwrap

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import ui
from ui.none import ENOUGH, keep_alive


def test_a_hundred_thousand_calls_into_qt_leave_the_interpreter_standing() -> None:
    program = textwrap.dedent("""
        import ui
        from PySide6.QtWidgets import QApplication, QWidget
        app = QApplication([])
        one = QWidget()
        for _ in range(100_000):
            one.update()
        print("standing")
    """)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "standing"), done.stderr


def test_it_is_done_once(qtbot: QtBot) -> None:
    assert ui.keep_alive is keep_alive
    one = QWidget()
    qtbot.addWidget(one)
    keep_alive()
    keep_alive()
    if sys.version_info < (3, 12):
        assert ENOUGH // 2 < sys.getrefcount(None) < 2 * ENOUGH
