"""The rules of tests/conftest.py, each shown to bite: pytest runs small files under them in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest_plugins = ["pytester"]


def outcomes(pytester: pytest.Pytester, body: str, *options: str) -> dict[str, int]:
    pytester.makepyfile(body)
    pytester.makeini("[pytest]\nmarkers =\n  allow_log\n  platform(name)\n")
    result = pytester.runpytest_subprocess("-p", "tests.conftest", "-p", "no:cacheprovider", *options)
    return result.parseoutcomes()


SKIPS = """
import pytest
def test_skipped(): pytest.skip("no such thing here")
@pytest.mark.xfail(strict=True)
def test_known(): assert False
"""


def test_a_skip_is_a_failure_in_ci(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    assert outcomes(pytester, SKIPS) == {"failed": 1, "xfailed": 1}


def test_a_skip_is_a_skip_elsewhere(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    assert outcomes(pytester, SKIPS) == {"skipped": 1, "xfailed": 1}


def test_a_module_that_skips_itself_fails_in_ci(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    body = "import pytest\npytest.importorskip('no_such_module')\ndef test_a(): pass\n"
    found = outcomes(pytester, body)
    assert found.get("errors") == 1
    assert "skipped" not in found


@pytest.mark.parametrize("options", [(), ("-n", "2")])
def test_a_test_for_another_system_is_left_out_and_counted(pytester: pytest.Pytester, options: tuple[str, ...]) -> None:
    pytester.makepyfile(
        "import pytest\n@pytest.mark.platform('amiga')\ndef test_there(): pass\ndef test_here(): pass\n"
    )
    pytester.makeini("[pytest]\nmarkers =\n  platform(name)\n")
    result = pytester.runpytest_subprocess("-p", "tests.conftest", "-p", "no:cacheprovider", *options)
    assert result.ret == 0
    result.stdout.fnmatch_lines(["*LEFT OUT ?1? only for amiga*"])


def test_an_unexpected_warning_in_the_log_fails(pytester: pytest.Pytester) -> None:
    body = """
import logging, pytest
def test_loud(): logging.getLogger("x").warning("what is this")
@pytest.mark.allow_log
def test_about_it(): logging.getLogger("x").warning("this is it")
def test_quiet(): logging.getLogger("x").info("so be it")
"""
    assert outcomes(pytester, body) == {"passed": 3, "errors": 1}


def test_keys_stay_in_the_tests_own_keyring_also_in_a_child() -> None:
    import keyring

    keyring.set_password("a store", "key", "kept")
    ask = "import keyring; print(keyring.get_password('a store', 'key'))"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "kept"
    keyring.delete_password("a store", "key")
    assert keyring.get_password("a store", "key") is None


@pytest.mark.platform("linux")
@pytest.mark.parametrize("time", [1, 2])
def test_settings_of_one_test_are_gone_in_the_next(time: int) -> None:
    from PySide6.QtCore import QSettings

    settings = QSettings("Foothold", "house rules")
    assert settings.value("seen") is None
    settings.setValue("seen", time)
    settings.sync()
    assert "surroundings" in settings.fileName()
