"""Views hear of changes on the main thread, and only of theirs."""

from __future__ import annotations

from threading import Thread, current_thread, main_thread

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.bus import Bus


def test_listeners_hear_their_nouns(qtbot: QtBot) -> None:
    bus, heard = Bus(), []
    bus.listen({"offer", "project"}, lambda: heard.append("both"))
    bus.listen({"to-do"}, lambda: heard.append("to-do"))
    bus.tell({"offer", "engagement"})
    bus.tell([])
    bus.tell({"school"})
    assert heard == ["both"]


def test_from_a_worker_it_arrives_on_the_main_thread(qtbot: QtBot) -> None:
    bus, where = Bus(), []
    bus.changed.connect(lambda words: where.append((words, current_thread())))
    with qtbot.waitSignal(bus.changed, timeout=5000):
        worker = Thread(target=lambda: bus.tell({"offer"}))
        worker.start()
        worker.join()
    assert where == [(frozenset({"offer"}), main_thread())]


def test_a_view_that_is_gone_is_not_called(qtbot: QtBot) -> None:
    bus, heard, view = Bus(), [], QObject()
    bus.listen({"offer"}, lambda: heard.append(1), view)
    bus.tell({"offer"})
    view.deleteLater()
    with qtbot.waitSignal(view.destroyed, timeout=5000):
        pass
    bus.tell({"offer"})
    assert heard == [1]
