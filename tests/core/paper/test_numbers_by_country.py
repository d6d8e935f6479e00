"""Numbers with a part stand on papers as the employer's country writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import formats
from tests.core.paper import readback
from tests.core.paper.samples import EVERY_PAPER


@pytest.fixture(autouse=True)
def own() -> Iterator[None]:
    yield
    formats.use("")


@pytest.mark.parametrize("paper", list(EVERY_PAPER))
def test_no_number_has_the_point_of_another_country(paper: str, tmp_path: Path) -> None:
    out = tmp_path / "paper.pdf"
    formats.use("DE")
    EVERY_PAPER[paper](out, "a4")
    assert re.findall(r"(?<![\d.])\d+\.\d{1,2}(?![\d.])", readback.text(out)) == []
