"""Any file is chosen for a logo: what papers cannot print is said at once, and what they can comes out on a letter."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from core.jobs import letters
from core.store import Store
from core.work.office import employer_draft
from tests.journeys.conftest import FIRST_DAY
from tests.journeys.hand import Hand
from tests.support import made


def picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (400, 120), **more: object) -> bytes:
    out = BytesIO()
    Image.new(mode, size).save(out, kind, **more)
    return out.getvalue()


def noise(side: int) -> bytes:
    """A picture that no packing makes small."""
    out = BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(out, "JPEG", quality=95)
    return out.getvalue()


TAKEN = {
    "print shop, CMYK.jpg": picture("JPEG", "CMYK"),
    "clear.png": picture("PNG", "RGBA"),
    "sixteen bits.png": picture("PNG", "I;16"),
    "wrongly named.jpg": picture("PNG", "P", transparency=0),
    "out of a camera.jpeg": noise(2000),
    "long.png": picture("PNG", "1", (20_000, 40)),
}
REFUSED = {
    "poster.png": (picture("PNG", "1", (20_000, 20_000)), "40,000,000 pixels, too many for a letterhead"),
    "drawing.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no PNG or JPEG picture"),
    "drawing.png": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no PNG or JPEG picture"),
    "of the web.png": (picture("WEBP", "RGBA"), "no PNG or JPEG picture"),
    "from a phone.jpg": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "no PNG or JPEG picture"),
    "half.png": (picture("PNG")[:90], "damaged"),
    "half.jpg": (noise(300)[:2_000], "damaged"),
    "nothing.png": (b"", "empty"),
    "film.png": (b"\x89PNG\r\n\x1a\n" + b"\0" * 6_000_000, "larger than 5 MB"),
}


def choose(hand: Hand, path: Path) -> None:
    hand.choosing(path)
    hand.click("Choose a picture…")


@pytest.mark.parametrize("name", TAKEN)
def test_a_logo_that_papers_can_print(hand: Hand, store: Store, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(TAKEN[name])
    hand.app.open_form("employers")
    hand.rest()
    choose(hand, path)
    hand.save()
    kept = employer_draft(store).logo
    assert kept is not None
    assert len(kept) <= 1_000_000
    offer = made.drafted_offer(
        store, made.application(store, made.project(store), made.candidate(store)),
        expires_on=FIRST_DAY + timedelta(days=9),
    )  # fmt: skip
    letter = letters.draw_letter(store, offer, today=FIRST_DAY)
    assert len(PdfReader(BytesIO(letter)).pages[0].images) >= 1


def test_a_logo_that_papers_cannot_print_is_said_and_the_one_before_stays(
    hand: Hand, store: Store, tmp_path: Path
) -> None:
    good = tmp_path / "good.png"
    good.write_bytes(picture("PNG"))
    hand.app.open_form("employers")
    hand.rest()
    choose(hand, good)
    row = hand.form.form.rows["logo"]
    was = row.field.value()
    for name, (data, said) in REFUSED.items():
        path = tmp_path / name
        path.write_bytes(data)
        choose(hand, path)
        assert said in row.error.text(), name
        assert row.field.value() == was
    choose(hand, tmp_path / "gone.png")
    assert "not there any more" in row.error.text()
    choose(hand, tmp_path)
    assert row.error.text()
    choose(hand, good)
    assert not row.error.text()
    hand.save()
    assert employer_draft(store).logo == was


def test_a_picture_that_another_program_holds(hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "held.png"
    path.write_bytes(picture("PNG"))
    opened = Path.open

    def held(one: Path, *given: object, **more: object) -> object:
        if one == path:
            raise PermissionError(13, "held")
        return opened(one, *given, **more)  # type: ignore[call-overload]

    hand.app.open_form("employers")
    hand.rest()
    monkeypatch.setattr(Path, "open", held)
    choose(hand, path)
    assert "another program has it open" in hand.form.form.rows["logo"].error.text()
