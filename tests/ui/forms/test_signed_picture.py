"""A picture of a signed letter that is dropped on the window finds its offer, or asks whose it is."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from core.exchange.picture_code import codes_on
from core.insight.records import rows_where
from core.jobs import letters
from core.store import Store
from core.work import offer
from tests.journeys.hand import Hand
from tests.support import made
from tests.support.stores import TODAY
from ui.dropping import form_for


def sent(store: Store, name: str) -> str:
    application = made.application(store, made.project(store), made.candidate(store, name, emails=[]))
    row = made.drafted_offer(store, application, expires_on=TODAY + timedelta(days=14))
    offer.send_offer(store, row, today=TODAY, reason="agreed")
    return row


def photo(letter: Path, out: Path) -> Path:
    """As a phone takes it: a little turned, on a table."""
    subprocess.run(["pdftoppm", "-r", "200", "-png", letter, out.with_suffix("")], check=True)
    (page,) = out.parent.glob(f"{out.stem}-*.png")
    with Image.open(page) as sheet:
        turned = sheet.convert("RGB").rotate(7, expand=True, fillcolor=(120, 90, 60))
        turned.save(out, quality=80)
    return out


def drop(hand: Hand, *files: Path) -> None:
    hand.app.desk.files_dropped.emit(list(files))
    hand.rest()
    hand.app.tasks.wait_all()
    hand.rest()


def status(store: Store) -> dict[str, str]:
    return {str(one["id"]): str(one["status"]) for one in rows_where(store, "offers")}


def test_its_code_says_whose_it_is(hand: Hand, store: Store, tmp_path: Path) -> None:
    sent(store, "Bao Tran")
    mine = sent(store, "Ada Lovelace")
    sent(store, "Zoë Nowak")
    letter = letters.letter(store, mine, tmp_path / "letter.pdf", today=TODAY)
    drop(hand, photo(letter, tmp_path / "IMG_0042.JPG"))
    hand.sees("Signed letter", "By the code on it.")
    assert hand.form.form.values()["offer"] == mine
    hand.click("Keep it")
    assert hand.sheet is None
    assert {key for key, said in status(store).items() if said == "accepted"} == {mine}
    (kept,) = [row for row in rows_where(store, "documents") if row["purpose"] == "signed"]
    assert (kept["owner_id"], kept["name"]) == (mine, "IMG_0042.JPG")


@pytest.mark.parametrize("name", ["photo.heic", "photo.png", "photo.webp"])
def test_without_a_code_it_is_asked(hand: Hand, store: Store, tmp_path: Path, name: str) -> None:
    sent(store, "Bao Tran")
    mine = sent(store, "Ada Lovelace")
    file = tmp_path / name
    file.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    drop(hand, file)
    hand.sees("No code could be read on it. Look at it, and say whose it is.")
    hand.click("Keep it")
    assert "Say whose letter it is." in hand.problems()
    hand.fill(offer="Ada Lovelace", says="They decline")
    hand.click("Keep it")
    assert status(store)[mine] == "declined"
    assert [row["name"] for row in rows_where(store, "documents")] == [name]


def test_no_offer_no_signed_letter(hand: Hand, tmp_path: Path) -> None:
    file = tmp_path / "dog.png"
    Image.new("RGB", (40, 40)).save(file)
    drop(hand, file)
    assert hand.sheet is None
    assert "No offer waits for a signed letter." in hand.said()


def test_a_picture_that_went_away_is_said(hand: Hand, store: Store, tmp_path: Path) -> None:
    sent(store, "Ada Lovelace")
    drop(hand, tmp_path / "gone.jpg")
    assert "not there any more" in hand.problems()
    hand.fill(offer="Ada Lovelace")
    hand.click("Keep it")
    assert "not there any more" in hand.problems()
    assert "sent" in status(store).values()


def test_other_files_go_where_they_went() -> None:
    for name, form in (("a.eml", "applying"), ("a.PDF", "returned"), ("a.csv", "import"), ("a.ics", "import")):
        assert form_for([Path(name)])[0] == form


def test_files_of_several_kinds() -> None:
    a, b, c = Path("a.jpg"), Path("b.pdf"), Path("c.csv")
    assert form_for([a, b]) == ("returned", {"paths": [a, b]}, "")
    assert form_for([a, a]) == ("letter_signed", {"paths": [a, a]}, "")
    assert form_for([b, c, c])[2] == "2 files were left out. Drop what is of one kind at a time."
    assert form_for([c, b])[::2] == ("import", "1 file was left out. Drop what is of one kind at a time.")


def test_what_is_no_picture_bears_no_code() -> None:
    assert codes_on(b"") == []
    assert codes_on(b"\xff\xd8\xff" + b"\0" * 5_000) == []


def test_a_scan_that_is_taken_in_asks_what_it_says(hand: Hand, store: Store, tmp_path: Path) -> None:
    mine = sent(store, "Ada Lovelace")
    letter = letters.letter(store, mine, tmp_path / "letter.pdf", today=TODAY)
    picture = photo(letter, tmp_path / "page.jpg")
    with Image.open(picture) as sheet:
        sheet.save(tmp_path / "scan.pdf", resolution=200)
    drop(hand, tmp_path / "scan.pdf")
    hand.click("scan.pdf is right: take it in")
    hand.click("Take in 1 form")
    hand.rest()
    hand.sees("scan.pdf is kept with the offer. Only a person can read what it says.")
    assert status(store)[mine] == "sent"
    hand.fill(says="They decline")
    hand.click("Record it")
    assert status(store)[mine] == "declined"
    assert [row["name"] for row in rows_where(store, "documents") if row["purpose"] == "signed"] == ["scan.pdf"]


def test_a_photo_of_each_page_is_kept(hand: Hand, store: Store, tmp_path: Path) -> None:
    sent(store, "Bao Tran")
    mine = sent(store, "Ada Lovelace")
    letter = letters.letter(store, mine, tmp_path / "letter.pdf", today=TODAY)
    other = tmp_path / "first.jpg"
    Image.new("RGB", (60, 60)).save(other)
    drop(hand, other, photo(letter, tmp_path / "second.jpg"))
    hand.sees("By the code on it.")
    hand.click("Keep it")
    assert status(store)[mine] == "accepted"
    kept = {row["name"] for row in rows_where(store, "documents") if row["purpose"] == "signed"}
    assert kept == {"first.jpg", "second.jpg"}


def test_among_other_forms_a_photo_is_a_scan(hand: Hand, store: Store, tmp_path: Path) -> None:
    mine = sent(store, "Ada Lovelace")
    letter = letters.letter(store, mine, tmp_path / "letter.pdf", today=TODAY)
    dog = tmp_path / "dog.png"
    Image.new("RGB", (60, 60)).save(dog)
    paper = tmp_path / "none.pdf"
    paper.write_bytes(b"%PDF-1.4")
    drop(hand, paper, photo(letter, tmp_path / "back.jpg"), dog)
    hand.sees("1 once you have looked at it, 2 cannot be taken in", "no square code could be read on it")
