"""Work off the main thread always ends, on the main thread, in one of three ways."""

from __future__ import annotations

from threading import Event, Lock, current_thread, main_thread

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.errors import UserError
from ui.tasks import SHOWN_AFTER_MS, Cancelled, Progress, Task, Tasks
from ui.theme import Theme
from ui.widgets.progress_line import ProgressLine


@pytest.fixture
def tasks(qapp: QApplication) -> Tasks:
    Theme.apply(qapp, "light")
    return Tasks()


def test_a_result_arrives_on_the_main_thread(tasks: Tasks) -> None:
    where: list[object] = []
    tasks.run(lambda _: where.append(current_thread()) or 42, done=lambda got: where.extend([got, current_thread()]))
    assert tasks.wait_all()
    assert where[0] is not main_thread()
    assert where[1:] == [42, main_thread()]


def test_an_error_arrives_too_and_ends_the_task(tasks: Tasks) -> None:
    def fails(_: Progress) -> None:
        raise UserError("The file has no rows.")

    got: list[Exception] = []
    ended: list[Task] = []
    tasks.ended.connect(ended.append)
    tasks.run(fails, failed=got.append, done=got.append)
    assert tasks.wait_all()
    assert [str(one) for one in got] == ["The file has no rows."]
    assert len(ended) == 1
    assert not tasks.busy


def test_an_error_that_nobody_takes_goes_out_as_broke(tasks: Tasks) -> None:
    got: list[Exception] = []
    tasks.broke.connect(got.append)
    tasks.run(lambda _: 1 / 0)
    assert tasks.wait_all()
    assert [type(one) for one in got] == [ZeroDivisionError]


def test_cancel_stops_at_the_next_step(tasks: Tasks) -> None:
    reached, go = Event(), Event()
    ways: list[str] = []

    def long(progress: Progress) -> None:
        for number in range(1000):
            progress.step(number, 1000)
            reached.set()
            go.wait(10)

    task = tasks.run(
        long,
        done=lambda _: ways.append("done"),
        failed=lambda _: ways.append("failed"),
        cancelled=lambda: ways.append("cancelled"),
        words="Reading",
        cancellable=True,
    )
    assert reached.wait(10)
    task.progress.cancel()
    go.set()
    assert tasks.wait_all()
    assert ways == ["cancelled"]


def test_cancelled_before_its_turn_it_never_starts(tasks: Tasks) -> None:
    go, ran = Event(), []
    tasks.run(lambda _: go.wait(10))
    late = tasks.run(lambda _: ran.append(1))
    late.progress.cancel()
    go.set()
    assert tasks.wait_all()
    assert not ran


def test_the_store_has_one_worker(tasks: Tasks) -> None:
    lock, together, most = Lock(), [0], [0]

    def work(_: Progress) -> None:
        with lock:
            together[0] += 1
            most[0] = max(most[0], together[0])
        with lock:
            together[0] -= 1

    order: list[int] = []
    for number in range(50):
        tasks.run(lambda progress, number=number: (work(progress), order.append(number)))
    assert tasks.wait_all()
    assert most == [1]
    assert order == list(range(50))


def test_only_what_takes_long_is_shown(tasks: Tasks, qtbot: QtBot) -> None:
    line = ProgressLine()
    qtbot.addWidget(line)
    line.follow(tasks)
    tasks.run(lambda _: None, words="Short")
    assert tasks.wait_all()
    go = Event()

    def long(progress: Progress) -> None:
        progress.step(0, 0)
        go.wait(10)
        progress.step(3, 10)

    with qtbot.waitSignal(tasks.shown, timeout=SHOWN_AFTER_MS + 5000) as shown:
        task = tasks.run(long, words="Reading the file", cancellable=True)
    assert shown.args == [task]
    assert not line.isHidden()
    assert not line.cancel.isHidden()
    assert line.words.text().startswith("Reading the file")
    go.set()
    assert tasks.wait_all()
    assert line.isHidden()


def test_cancel_in_the_line_reaches_the_work(tasks: Tasks, qtbot: QtBot) -> None:
    line = ProgressLine()
    qtbot.addWidget(line)
    line.follow(tasks)
    stopped: list[bool] = []

    def long(progress: Progress) -> None:
        while True:
            progress.step(1, 2)

    with qtbot.waitSignal(tasks.shown, timeout=SHOWN_AFTER_MS + 5000):
        tasks.run(long, cancelled=lambda: stopped.append(True), words="Counting", cancellable=True)
    line.cancel.click()
    assert tasks.wait_all()
    assert stopped == [True]


def test_what_comes_back_may_start_more(tasks: Tasks) -> None:
    got: list[int] = []
    tasks.run(lambda _: 1, done=lambda one: tasks.run(lambda _: one + 1, done=got.append))
    assert tasks.wait_all()
    assert got == [2]


def test_a_worker_may_not_start_tasks(tasks: Tasks) -> None:
    got: list[Exception] = []
    tasks.run(lambda _: tasks.run(lambda _: None), failed=got.append)
    assert tasks.wait_all()
    assert "main thread" in str(got[0])


def test_step_raises_once_cancelled() -> None:
    progress = Progress(lambda _done, _total: None)
    progress.step(1, 2)
    progress.cancel()
    with pytest.raises(Cancelled):
        progress.step(2, 2)
