"""A calendar file in two clicks: of everything, of a project, of one piece of work."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.store import Store
from tests.journeys.hand import Hand
from tests.support import made
from ui.calendar_file import calendar_file


def test_a_calendar_is_kept_where_one_says_and_renewed_there(hand: Hand, store: Store, tmp_path: Path) -> None:
    project = made.project(store, title="Menu / card")
    made.engagement(store, made.application(store, project, made.candidate(store)))
    hand.choosing(tmp_path)
    calendar_file(hand.app.context)()
    hand.rest()
    first = (tmp_path / "Foothold.ics").read_bytes()
    assert first.startswith(b"BEGIN:VCALENDAR")
    assert "Foothold.ics: " in hand.said()
    calendar_file(hand.app.context)()
    hand.rest()
    assert (tmp_path / "Foothold.ics").read_bytes() == first
    calendar_file(hand.app.context, "Menu / card", project_id=project)()
    hand.rest()
    assert (tmp_path / "Menu - card.ics").exists()


def test_what_is_no_calendar_of_ours_is_not_written_over(hand: Hand, store: Store, tmp_path: Path) -> None:
    made.engagement(store, made.application(store, made.project(store), made.candidate(store)))
    (tmp_path / "Foothold.ics").write_bytes(b"BEGIN:VCALENDAR\r\nPRODID:-//Else//EN\r\nEND:VCALENDAR\r\n")
    hand.choosing(tmp_path)
    calendar_file(hand.app.context)()
    hand.rest()
    assert "no calendar file of Foothold’s" in hand.said()
    assert b"Else" in (tmp_path / "Foothold.ics").read_bytes()


def test_without_a_day_it_says_so(hand: Hand, store: Store, tmp_path: Path) -> None:
    hand.choosing(tmp_path)
    calendar_file(hand.app.context)()
    hand.rest()
    assert "There is no day to put into a calendar yet" in hand.said()
    assert list(tmp_path.glob("*.ics")) == []


def test_nothing_is_written_where_no_folder_is_chosen(hand: Hand, store: Store, tmp_path: Path) -> None:
    project = made.project(store)
    made.engagement(store, made.application(store, project, made.candidate(store)))
    hand.choosing(None)
    calendar_file(hand.app.context)()
    hand.rest()
    assert list(tmp_path.glob("*.ics")) == []


@pytest.mark.parametrize(
    ("place", "words"),
    [("Today", "Calendar file…"), ("Settings", "Calendar file…"), ("Year", "Calendar file…")],
)
def test_it_is_found_where_one_looks_for_it(hand: Hand, store: Store, tmp_path: Path, place: str, words: str) -> None:
    project = made.project(store)
    made.engagement(store, made.application(store, project, made.candidate(store)))
    hand.choosing(tmp_path)
    hand.go(place)
    hand.click(words)
    hand.rest()
    assert (tmp_path / "Foothold.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
