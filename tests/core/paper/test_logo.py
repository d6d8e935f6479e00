"""A logo is checked at intake: a picture that papers can print, small, without what a camera adds."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from core.errors import UserError
from core.paper import letter
from core.paper.logo import KEPT_SIDE, MAX_BYTES, check_logo
from tests.core.paper import samples


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"), ("JPEG", "RGB"), ("JPEG", "CMYK")]
)
def test_pictures_that_are_taken(kind: str, mode: str, tmp_path: Path) -> None:
    kept = check_logo(samples.picture(kind, (3000, 800), mode if mode != "1" else "L"))
    with Image.open(BytesIO(kept)) as picture:
        assert picture.format == "PNG"
        assert max(picture.size) == KEPT_SIDE
    out = tmp_path / "letter.pdf"
    letter.make(samples.offer(stationery=samples.stationery(logo=kept)), out)
    assert len(PdfReader(out).pages[0].images) >= 1


def test_what_a_camera_adds_is_left_out() -> None:
    made = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    exif[0x0112] = 6
    Image.new("RGB", (200, 100)).save(made, "JPEG", exif=exif)
    kept = check_logo(made.getvalue())
    assert b"taken at home" not in kept
    with Image.open(BytesIO(kept)) as picture:
        assert picture.size == (100, 200)


def _bomb() -> bytes:
    """A PNG of a few bytes that says it has 60,000 × 60,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"hello", "no PNG or JPEG"),
        (b"%PDF-1.4", "no PNG or JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no PNG or JPEG"),
        (samples.picture("GIF"), "no PNG or JPEG"),
        (samples.picture()[:90], "damaged"),
        (samples.picture("JPEG", (900, 900))[:700], "damaged"),
        (b"x" * (MAX_BYTES + 1), "larger than 5 MB"),
        (_bomb(), "damaged|too many"),
    ],
)
def test_pictures_that_are_refused(data: bytes, said: str) -> None:
    with pytest.raises(UserError, match=said):
        check_logo(data)


def test_a_bad_logo_stops_the_paper_and_leaves_no_file(tmp_path: Path) -> None:
    out = tmp_path / "letter.pdf"
    with pytest.raises(UserError, match="logo"):
        letter.make(samples.offer(stationery=samples.stationery(logo=b"no picture")), out)
    assert not out.exists()


def test_a_letterhead_that_fills_the_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="fill too much of the page"):
        letter.make(samples.offer(stationery=samples.stationery(lines=("a line",) * 60)), tmp_path / "letter.pdf")


@pytest.mark.parametrize(("size", "right"), [((300, 90), True), ((200, 190), False)])
def test_a_wide_logo_is_not_followed_by_the_name_that_it_draws(
    size: tuple[int, int], right: bool, tmp_path: Path
) -> None:
    out, found = tmp_path / "letter.pdf", list[float]()
    paper = samples.stationery(logo=check_logo(samples.picture("PNG", size)))
    letter.make(samples.offer(stationery=paper), out)
    page = PdfReader(out).pages[0]

    def see(text: str, moved: list[float], place: list[float], *_: object) -> None:
        if text.strip().startswith(paper.employer):
            found.append(moved[4] + place[4])

    page.extract_text(visitor_text=see)
    assert (found[0] > float(page.mediabox.width) / 2) == right
