"""The data behind a summary lies inside its PDF, and other programs take it out as it was put in."""

from __future__ import annotations

import csv
import io
import subprocess
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from core.exchange.write import csv_bytes
from core.paper import summary
from core.paper.attach import Attached
from tests.core.paper import readback, structure
from tests.core.paper.samples import year

ROWS = [["Nguyễn 李 محمد", 5], ['=HYPERLINK("http://x.example")', 7], ['a, "b"\nc', None]]
FILES = (
    Attached("reach.csv", "text/csv", "Reach by school", csv_bytes(["School", "Applied"], ROWS)),
    Attached("figures.csv", "text/csv", "Every figure", csv_bytes(["Figure"], [["81 %"]])),
)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    out = tmp_path / "summary.pdf"
    summary.make(year(), out, FILES)
    return out


def test_they_are_taken_out_as_they_were_put_in(paper: Path) -> None:
    with pikepdf.open(paper) as pdf:
        found = {name: file.get_file() for name, file in pdf.attachments.items()}
        assert {name: file.read_bytes() for name, file in found.items()} == {one.name: one.data for one in FILES}
        assert {file.mime_type for file in found.values()} == {"text/csv"}
        assert len(pdf.Root.AF) == len(FILES)
        assert {str(one.AFRelationship) for one in pdf.Root.AF} == {"/Data"}
    assert {name: data[0] for name, data in PdfReader(paper).attachments.items()} == {
        one.name: one.data for one in FILES
    }


@readback.needs_poppler
def test_poppler_lists_and_saves_them(paper: Path, tmp_path: Path) -> None:
    listed = subprocess.run(["pdfdetach", "-list", str(paper)], capture_output=True, text=True, check=True).stdout
    assert "2 embedded files" in listed
    saved = tmp_path / "out.csv"
    subprocess.run(["pdfdetach", "-save", "2", "-o", str(saved), str(paper)], check=True)
    rows = list(csv.reader(io.StringIO(saved.read_bytes().decode("utf-8-sig"))))
    assert rows[1] == ["Nguyễn 李 محمد", "5"]
    # No spreadsheet takes it for a formula.
    assert not rows[2][0].startswith("=")
    assert rows[3] == ['a, "b"\nc', ""]


def test_it_can_be_read_aloud_says_where_the_data_is_and_is_the_same_twice(paper: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.pdf"
    summary.make(year(), again, FILES)
    assert again.read_bytes() == paper.read_bytes()
    assert structure.faults(paper) == []
    assert "is attached to this file as CSV" in " ".join(readback.text(paper).split())
    plain = tmp_path / "plain.pdf"
    summary.make(year(), plain)
    assert "attachments" not in readback.text(plain)
    assert not PdfReader(plain).attachments
