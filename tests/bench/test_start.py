"""From process start to the desk's two moments, against a bare window with an empty table in the same run.

A: the frame is painted. B: Today's real rows are painted; the sample store is made before.
Seconds are only printed, and so is a start that finds no glance kept: it has to load SQLAlchemy first.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core import clock
from core.jobs.sample import fill
from core.store import keys
from tests.support.stores import new_store

ROOT = Path(__file__).parents[2]
RUNS = 5
MOST = 4.0

BARE = """
import time, sys
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget
app = QApplication(sys.argv)
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("B", time.time(), time.process_time(), flush=True)
        app.quit()
window = Window(); window.setCentralWidget(QTableWidget(0, 5)); window.resize(1280, 800); window.show()
app.exec()
"""


def moments(*args: str) -> dict[str, tuple[float, float]]:
    """Seconds on the clock since the process was started, and seconds of work it had done, at each moment."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env["FOOTHOLD_MOMENTS"] = "1"
    began = time.time()
    done = subprocess.run(
        [sys.executable, *args],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        env=env,
    )
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines() if line[:2] in ("A ", "B ")]
    return {name: (float(at) - began, float(work)) for name, at, work in lines}


def test_todays_rows_are_painted_within_the_bound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = new_store(tmp_path)
    fill(store, clock.today())
    key_file = tmp_path / "key"
    key_file.write_text(" ".join(keys.to_words(store.key)))
    key_file.chmod(0o600)
    store.close()
    unkept = shutil.copyfile(store.path, tmp_path / "unkept.foothold")
    bare_window = ("-c", BARE)
    desk = ("main.py", str(store.path), "--key-file", str(key_file))
    moments(*bare_window), moments(*desk)  # both warm, and the glance is kept on closing
    runs = [(moments(*bare_window)["B"], moments(*desk)) for _ in range(RUNS)]
    bare, frame, rows = (
        [statistics.median(one[which] for one in column) for which in (0, 1)]
        for column in ([b for b, _ in runs], [d["A"] for _, d in runs], [d["B"] for _, d in runs])
    )
    with capsys.disabled():
        for words, which in (("on the clock", 0), ("of work", 1)):
            ratios = f"A {frame[which] / bare[which]:.1f}, B {rows[which] / bare[which]:.1f} bare windows"
            print(f"\nbare window {bare[which]:.2f} s {words}; {ratios} (at most {MOST:.0f})")
        anew = moments("main.py", str(unkept), "--key-file", str(key_file))["B"]
        print(f"\nwith nothing kept B {anew[1] / bare[1]:.1f} bare windows of work")
    # Work, not the clock: what else the machine does stretches a long start more than a short one.
    assert rows[1] / bare[1] <= MOST
