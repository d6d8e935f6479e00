"""What holds for every test: no screen, no settings or keyring of whoever runs it, no log record that nobody expects.

The environment is set before anything imports Qt or keyring, and children inherit it.
"""

from __future__ import annotations

import gc
import itertools
import logging
import os
import sys
from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["PYTHON_KEYRING_BACKEND"] = "tests.support.keyring_backend.FileKeyring"
os.environ["PYTHONPATH"] = os.pathsep.join(
    filter(None, [str(Path(__file__).parent.parent), os.environ.get("PYTHONPATH")])
)
for name in ("DISPLAY", "WAYLAND_DISPLAY", "FOOTHOLD_TODAY", "QT_SCALE_FACTOR", "QT_STYLE_OVERRIDE"):
    os.environ.pop(name, None)

import pytest  # noqa: E402

from tests.support import keyring_backend  # noqa: E402

IN_CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")
COLLECT_EVERY = 50
_FINISHED = itertools.count(1)
LEFT_OUT = pytest.StashKey[Counter[str]]()


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, data, caches and keys of this test lie in its own folder, also those of a child process."""
    own = tmp_path / "surroundings"
    for variable, folder in {
        "XDG_CONFIG_HOME": "config",
        "XDG_DATA_HOME": "data",
        "XDG_STATE_HOME": "state",
        "XDG_CACHE_HOME": "cache",
        "APPDATA": "config",
        "LOCALAPPDATA": "data",
        # Windows has its folders from a call, not from the environment; platformdirs lets that be told otherwise.
        "WIN_PD_OVERRIDE_LOCAL_APPDATA": "data",
    }.items():
        monkeypatch.setenv(variable, str(own / folder))
    own.mkdir()
    monkeypatch.setenv(keyring_backend.VARIABLE, str(own / "keyring.json"))
    # QSettings remembers the folder of its first use, so that it must be told anew. A test without Qt stays without.
    core = sys.modules.get("PySide6.QtCore")
    if core is not None:
        for form in (core.QSettings.Format.IniFormat, core.QSettings.Format.NativeFormat):
            core.QSettings.setPath(form, core.QSettings.Scope.UserScope, str(own / "config"))


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning or an error in the log fails the test, unless it is marked `allow_log`."""
    yield
    if request.node.get_closest_marker("allow_log"):
        return
    phases = ("setup", "call")
    loud = [one for phase in phases for one in caplog.get_records(phase) if one.levelno >= logging.WARNING]
    if loud:
        lines = "\n".join(f"{one.levelname} {one.name}: {one.getMessage()}" for one in loud)
        pytest.fail(f"Logged, but not expected:\n{lines}", pytrace=False)


def pytest_configure(config: pytest.Config) -> None:
    config.stash[LEFT_OUT] = Counter()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test for another system is left out here, and counted at the end: it is no skip."""
    kept, left = [], []
    for item in items:
        marker = item.get_closest_marker("platform")
        if marker is None or sys.platform.startswith(marker.args[0]):
            kept.append(item)
        else:
            left.append(item)
            config.stash[LEFT_OUT][marker.args[0]] += 1
    if left:
        items[:] = kept
        config.hook.pytest_deselected(items=left)


def _not_in_ci(report: pytest.TestReport | pytest.CollectReport) -> None:
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"Skipped, which nothing may be in CI: {reason}"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _not_in_ci(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _not_in_ci(report)
    return report


def pytest_runtest_logfinish(nodeid: str) -> None:
    """A store that a test leaves open is freed with its caches in a full collection only, and those are rare here."""
    if next(_FINISHED) % COLLECT_EVERY == 0:
        gc.collect()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Each worker collects all tests; what one of them left out is what all left out."""
    config, output = node.config, getattr(node, "workeroutput", {})  # type: ignore[attr-defined]
    config.stash[LEFT_OUT] |= Counter(output.get("left_out", {}))


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = dict(session.config.stash[LEFT_OUT])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for system, count in sorted(config.stash[LEFT_OUT].items()):
        terminalreporter.write_line(f"LEFT OUT [{count}] only for {system}")


@pytest.fixture(scope="session")
def qapp_cls() -> type:
    """The program's own, as its windows are tried on it."""
    from ui.application import Application

    return Application
