"""Every paper can be read aloud: tagged, in order, with its language; and the checker that says so can say no."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.paper.facts import PageSize
from tests.core.paper import structure
from tests.core.paper.samples import EVERY_PAPER


@pytest.mark.parametrize("size", ["a4", "letter"])
@pytest.mark.parametrize("paper", list(EVERY_PAPER))
def test_every_paper_can_be_read_aloud(paper: str, size: PageSize, tmp_path: Path) -> None:
    out = tmp_path / "paper.pdf"
    EVERY_PAPER[paper](out, size)
    assert structure.faults(out) == []
    roles = [role for role, _ in structure.outline(out)]
    assert roles.count("H1") == 1
    assert "P" in roles
