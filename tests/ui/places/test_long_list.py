"""A list of very many: what is asked beside the window, and what stands there until the answer comes."""

from __future__ import annotations

import pytest

from core.store import Store
from core.work.tags import set_tags
from tests.support import made
from tests.support.stores import TODAY
from tests.ui.places import screen
from tests.ui.places.test_candidate_list import PEOPLE, TAGGED, rest, rows, shown
from ui.app import App
from ui.places.candidate_list import CandidateList


@pytest.fixture
def ids(store: Store) -> dict[str, str]:
    found = {name: made.candidate(store, name) for name in PEOPLE}
    set_tags(store, [found["Ann Abt"], found["Bo Tran"]], ["Fair"], today=TODAY)
    return found


@pytest.fixture
def crowded(app: App, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> CandidateList:
    """A list that counts as a long one."""
    monkeypatch.setattr("ui.places.candidate_list.AT_ONCE", 1)
    return shown(app)


def test_the_rows_of_a_long_list_stay_until_the_answer_is_there(app: App, crowded: CandidateList) -> None:
    crowded._narrow({"all": [TAGGED]})
    assert rows(crowded) == list(PEOPLE)
    rest(app)
    assert rows(crowded) == ["Ann Abt", "Bo Tran"]
    assert {"Any tag", "4 → 2"} <= set(screen.words(app.desk).splitlines())
    assert "4 people" in crowded.subtitle()


def test_only_the_last_of_several_questions_counts(app: App, crowded: CandidateList) -> None:
    for down in (True, False, True):
        crowded._sort_by("name", down)
    crowded._narrow({"field": "name", "is": "has", "value": "cy"})
    crowded._narrow({"all": [TAGGED]})
    rest(app)
    assert rows(crowded) == ["Bo Tran", "Ann Abt"]


def test_a_person_is_gone_to_in_a_long_list_too(app: App, crowded: CandidateList, ids: dict[str, str]) -> None:
    crowded._narrow({"all": [TAGGED]})
    app.show("candidates", ids["Dee Ruiz"])
    rest(app)
    assert crowded.table.current_id() == ids["Dee Ruiz"]
    assert rows(crowded) == list(PEOPLE)
    app.show("candidates", ids["Ann Abt"])
    rest(app)
    assert crowded.table.current_id() == ids["Ann Abt"]
