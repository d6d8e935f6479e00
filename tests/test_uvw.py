"""What the wrapper hands on from pip to uv, and what it says where there is no Python to run it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
# The Python under the environment: that one has pip, for it fetched uv; an environment that uv makes has none.
PYTHON: str = getattr(sys, "_base_executable", sys.executable)


@pytest.fixture
def uvw() -> ModuleType:
    spec = importlib.util.spec_from_file_location("uvw", ROOT / "installer" / "uvw.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def pip_conf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty settings file in place of all that this computer has."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    file = tmp_path / "pip.conf"
    monkeypatch.setenv("PIP_CONFIG_FILE", str(file))
    return file


def test_a_mirror_of_pip_reaches_uv(uvw: ModuleType, pip_conf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = "[global]\nindex-url = https://a.example/\n[install]\nindex-url = https://b.example/\n"
    pip_conf.write_text(settings, "utf-8")
    assert uvw.handed_on(uvw.pip_settings(PYTHON), {})["UV_DEFAULT_INDEX"] == "https://b.example/"
    monkeypatch.setenv("PIP_INDEX_URL", "https://c.example/")
    assert uvw.handed_on(uvw.pip_settings(PYTHON), {})["UV_DEFAULT_INDEX"] == "https://c.example/"


def test_places_with_letters_of_every_alphabet_are_handed_on(
    uvw: ModuleType, pip_conf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pip_conf.write_text("[global]\ntimeout = 90\n", "utf-8")
    monkeypatch.setenv("PIP_CERT", "/Büro/Łódź/ключ.pem")
    given = uvw.handed_on(uvw.pip_settings(PYTHON), {})
    assert (given["SSL_CERT_FILE"], given["UV_HTTP_TIMEOUT"]) == ("/Büro/Łódź/ключ.pem", "90")


def test_several_places_are_handed_on_as_uv_reads_them(uvw: ModuleType, pip_conf: Path) -> None:
    pip_conf.write_text(
        "[global]\nextra-index-url =\n  https://a.example/\n  https://b.example/\nfind-links = /x /y\n"
        "cert = /c.pem\ntimeout = 90\n",
        "utf-8",
    )
    given = uvw.handed_on(uvw.pip_settings(PYTHON), {})
    assert given["UV_INDEX"] == "https://a.example/ https://b.example/"
    assert given["UV_FIND_LINKS"] == "/x,/y"
    assert given["SSL_CERT_FILE"] == "/c.pem"
    assert given["UV_HTTP_TIMEOUT"] == "90"


def test_what_the_user_told_uv_himself_stays(uvw: ModuleType) -> None:
    settings = {"index-url": "https://a.example/", "find-links": "/x", "timeout": "90", "cert": "/c.pem"}
    own = {"UV_DEFAULT_INDEX": "https://mine.example/", "UV_HTTP_TIMEOUT": "5", "UV_PYTHON_DOWNLOADS": "manual"}
    assert uvw.handed_on(settings, own) == {"SSL_CERT_FILE": "/c.pem"}


def test_without_settings_nothing_but_python_is_decided(uvw: ModuleType) -> None:
    assert uvw.handed_on({}, {}) == {"UV_PYTHON_DOWNLOADS": "never"}


@pytest.mark.platform("linux")
def test_without_python_one_line_says_so(tmp_path: Path) -> None:
    for tool in ("dirname", "sh"):
        (tmp_path / tool).symlink_to(str(shutil.which(tool)))
    done = subprocess.run([ROOT / "uvw", "run", "main.py"], env={"PATH": str(tmp_path)}, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("foothold: no Python 3.11 or later")
    assert done.stderr.count("\n") == 1
