"""The country that is chosen under Your business: all that is shown follows, and fields take what they show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from core import formats, text
from core.store import Store
from core.work.office import change_employer, employer_draft
from tests.journeys.hand import Hand
from tests.support.stores import TODAY
from ui.widgets.date_field import DateField, read_day, show_day
from ui.widgets.fields import MoneyField, NumberField

DAY = date(2027, 3, 4)


@pytest.fixture(autouse=True)
def foothold_again() -> Iterator[None]:
    yield
    formats.use("")


def test_the_screen_follows_the_employer_and_undo(hand: Hand, store: Store) -> None:
    heard: list[frozenset[str]] = []
    hand.app.bus.changed.connect(heard.append)
    change_employer(store, replace(employer_draft(store), country="US"), today=TODAY)
    hand.rest()
    assert text.short_day(DAY) == "Mar 4, 2027"
    assert any({"projects", "candidates", "engagements"} <= nouns for nouns in heard)
    store.undo()
    hand.rest()
    assert text.short_day(DAY) == "4 Mar 2027"


@pytest.mark.parametrize("country", ["", *formats.COUNTRIES])
def test_fields_take_what_they_show(hand: Hand, country: str) -> None:
    formats.use(country)
    money, count, day = MoneyField("EUR"), NumberField(0, 100_000), DateField(TODAY)
    for field, value in ((money, 123_456_78), (money, 5), (count, 12_345), (day, DAY), (day, date(2031, 11, 12))):
        field.set_value(value)  # type: ignore[attr-defined]
        assert field.value() == value  # type: ignore[attr-defined]
    assert read_day(show_day(DAY, TODAY), TODAY) == DAY
    assert read_day("3/4/2027" if formats.now().month_first else "4/3/2027", TODAY) == DAY
    count.setText(text.in_digits(12_345))
    assert count.value() == 12_345
