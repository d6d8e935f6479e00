"""The whole path by keys and clicks on a real encrypted store: from a to-do to a paid student and a campus file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from tests.journeys import beginning, choosing, verbs, working
from tests.journeys.conftest import SECRET
from tests.journeys.hand import Hand
from tests.support.tables import Tables, tables


def test_the_whole_path(hand: Hand, day: Callable[[date], None], tmp_path: Path) -> None:
    began = rows(hand)
    beginning.tell_of_the_business(hand)
    beginning.capture_a_todo(hand)
    beginning.make_it_a_project(hand)
    beginning.open_it(hand)
    day(date(2026, 11, 24))
    beginning.add_a_candidate(hand)
    beginning.take_in(hand, tmp_path)
    day(date(2026, 11, 30))
    beginning.apply(hand)
    day(date(2026, 12, 2))
    choosing.make_the_rubric(hand)
    passed = choosing.score_two(hand)
    choosing.hand_in(hand)
    choosing.let_one_go(hand, passed)
    choosing.compare(hand)
    choosing.reveal(hand)
    choosing.offer(hand, beginning.AMARA)
    choosing.print_the_letter(hand, beginning.AMARA, tmp_path, date(2026, 12, 2))
    choosing.send(hand, beginning.AMARA)
    day(date(2026, 12, 4))
    choosing.accept(hand, beginning.AMARA)
    day(date(2026, 12, 7))
    working.kick_off(hand)
    day(date(2026, 12, 17))
    working.deliver(hand)
    day(date(2026, 12, 18))
    working.accept_the_work(hand)
    day(date(2026, 12, 21))
    working.pay(hand)
    working.evaluate_the_work(hand)
    working.look_at_the_person(hand, beginning.AMARA)
    working.print_the_report(hand, beginning.AMARA, tmp_path)
    working.print_the_summary(hand, tmp_path)
    working.consent(hand, beginning.AMARA)
    campus = tmp_path / "campus"
    campus.mkdir()
    working.share(hand, campus)
    there_and_back(hand, began)
    hand.desk.close()
    key_file = tmp_path / "key"
    key_file.touch(0o600)
    key_file.write_text(f"{SECRET}\n", "utf-8")
    console = verbs.Console(hand.app.store.path, key_file, date(2026, 12, 21))
    verbs.look(console)
    verbs.put_on_paper(console, tmp_path / "papers")
    verbs.hand_out(console, tmp_path / "files")
    verbs.back_and_forth(console)


def there_and_back(hand: Hand, began: Tables) -> None:
    """Undo until nothing is left to undo, then redo all of it."""
    ended = rows(hand)
    assert ended != began
    hand.go("Today")
    steps = 0
    while hand.desk.foot.undo.isVisible():
        hand.press("Ctrl+Z", hand.desk)
        assert hand.said().startswith("Undone: "), hand.said()
        steps += 1
    assert steps > 25
    assert rows(hand) == began
    hand.sees("A good place to begin")
    for _ in range(steps):
        hand.press("Ctrl+Shift+Z", hand.desk)
        assert hand.said().startswith("Redone: "), hand.said()
    assert not hand.desk.foot.redo.isVisible()
    assert rows(hand) == ended


def rows(hand: Hand) -> Tables:
    """Of every noun but the disclosures, which are never taken back."""
    return {noun: found for noun, found in tables(hand.app.store).items() if noun != "disclosures"}
