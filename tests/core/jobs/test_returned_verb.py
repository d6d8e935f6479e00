"""`take-in` on the command line: what each file is, what is taken in, and what is not and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.errors import UserError
from core.jobs import arguments, verbs
from core.jobs.opening import make_store, open_store
from core.store import Store
from core.work import run as working
from core.work import sides
from tests.support import hostile_forms, made
from tests.support.returned_forms import MID, filled, form, kept
from tests.support.stores import TODAY

PASSPHRASE = "a long enough passphrase"


class Shop:
    def __init__(self, folder: Path) -> None:
        self.folder, self.path, self.key = folder, folder / "shop.foothold", folder / "key.txt"
        self.key.write_text(PASSPHRASE, "utf-8")
        self.key.chmod(0o600)
        store, _ = make_store(self.path, "Shop", "Ann Lee", secret=PASSPHRASE, today=TODAY)
        with store:
            self.engagement = made.engagement(
                store, made.application(store, made.project(store), made.candidate(store))
            )
            working.start(store, self.engagement, today=TODAY, on=TODAY)
            self.blank, _ = form(store, "mid_check", MID, engagement_id=self.engagement)

    def say(self, *words: str | Path) -> verbs.Said:
        given = ["take-in", str(self.path), *map(str, words), "--key-file", str(self.key)]
        return verbs.run(arguments.verb_parser().parse_args(given), today=TODAY)

    def open(self) -> Store:
        return open_store(self.path, self.key, None, write=False)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def test_it_takes_in_what_can_be_and_says_why_the_rest_cannot(shop: Shop) -> None:
    good = kept(shop.folder, "good.pdf", filled(shop.blank, {"clarity": "/3", "going_well": "one\ntwo"}))
    bad = kept(shop.folder, "bad.pdf", hostile_forms.HOSTILE["html"][0])
    tried = shop.say(good, bad, "--dry-run")
    assert tried.fault == "1 of 2 not taken in."
    assert tried.text.splitlines() == [
        "good.pdf: Half-way check, Ada Lovelace, P-001 Clean the mailing list: would be taken in.",
        "  Clear brief: 3 of 4",
        "  What goes well: one / two",
        "bad.pdf: not taken in.",
        "  It is no PDF. Ask for the form itself, saved as a PDF.",
    ]
    with shop.open() as store:
        assert sides.mid_check_draft(store, shop.engagement).clarity is None
    done = shop.say(good)
    assert (done.text, done.fault) == (
        "good.pdf: Half-way check, Ada Lovelace, P-001 Clean the mailing list: taken in.", ""
    )  # fmt: skip
    with shop.open() as store:
        assert sides.mid_check_draft(store, shop.engagement).clarity == 3


def test_what_has_to_be_looked_at_is_taken_in_only_when_one_says_so(shop: Shop) -> None:
    first = kept(shop.folder, "first.pdf", filled(shop.blank, {"clarity": "/3"}))
    later = kept(shop.folder, "later.pdf", filled(shop.blank, {"clarity": "/1"}))
    shop.say(first)
    (told,) = json.loads(shop.say(later, "--json").text)
    assert (told["taken_in"], told["look"]) == (False, "One came back 22 Nov already; this one takes its place.")
    assert told["said"] == [{"question": "Clear brief", "answer": "1 of 4", "was": "3 of 4"}]
    assert shop.say(later, "--confirm").fault == ""
    with shop.open() as store:
        assert sides.mid_check_draft(store, shop.engagement).clarity == 1


def test_more_than_fifty_are_refused_before_the_store_is_opened(shop: Shop) -> None:
    with pytest.raises(UserError, match="more than the 50"):
        shop.say(*(f"{at}.pdf" for at in range(51)))
