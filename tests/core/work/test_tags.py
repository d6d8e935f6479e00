"""Tags: given and taken to many in one change, told apart as people read."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.errors import FieldErrors, UserError
from core.model import CandidateTag, Tag
from core.store import Store
from core.work import tags
from tests.support import made
from tests.support.stores import TODAY
from tests.support.tables import tables


def standing(store: Store) -> set[tuple[str, str]]:
    with store.read() as session:
        names = {tag.id: tag.name for tag in session.scalars(select(Tag))}
        return {(row.candidate_id, names[row.tag_id]) for row in session.scalars(select(CandidateTag))}


def tag_id(store: Store, name: str) -> str:
    with store.read() as session:
        return session.scalars(select(Tag.id).where(Tag.name == name)).one()


def test_given_and_taken_to_many_is_one_change(store: Store) -> None:
    ada, bao = made.candidate(store), made.candidate(store, "Bao Tran")
    assert tags.set_tags(store, [ada], ["Évening"], today=TODAY) == 1
    before = tables(store)
    assert tags.set_tags(store, [ada, bao, "gone"], ["evening", "Fair 2026"], ["nobody has it"], today=TODAY) == 2
    people = {(ada, "Évening"), (bao, "Évening"), (ada, "Fair 2026"), (bao, "Fair 2026")}
    assert standing(store) == people
    assert tags.set_tags(store, [ada, bao], remove=["EVENING"], today=TODAY) == 2
    assert standing(store) == {one for one in people if one[1] == "Fair 2026"}
    store.undo()
    store.undo()
    assert tables(store) == before


@pytest.mark.parametrize(
    ("add", "remove", "field"), [([" "], [], "add"), (["x" * 61], [], "add"), (["A"], ["á"], "remove")]
)
def test_what_is_no_tag_is_said(store: Store, add: list[str], remove: list[str], field: str) -> None:
    ada = made.candidate(store)
    before = tables(store)
    with pytest.raises(FieldErrors) as caught:
        tags.set_tags(store, [ada], add, remove, today=TODAY)
    assert set(caught.value.fields) == {field}
    assert tables(store) == before


def test_a_cancelled_run_leaves_no_trace(store: Store) -> None:
    ada = made.candidate(store)
    before = tables(store)

    def cancel(_done: int, _total: int) -> None:
        raise UserError("Cancelled")

    with pytest.raises(UserError):
        tags.set_tags(store, [ada], ["Evening"], today=TODAY, progress=cancel)
    assert tables(store) == before


def test_a_tag_is_renamed_joined_and_removed(store: Store) -> None:
    ada, bao = made.candidate(store), made.candidate(store, "Bao Tran")
    tags.set_tags(store, [ada, bao], ["Fair"], today=TODAY)
    tags.set_tags(store, [bao], ["Job fair"], today=TODAY)
    with pytest.raises(FieldErrors, match="already"):
        tags.rename_tag(store, tag_id(store, "Fair"), "job FAIR", today=TODAY)
    tags.rename_tag(store, tag_id(store, "Fair"), "FAIR", today=TODAY)
    before = tables(store)
    assert tags.join_tags(store, tag_id(store, "FAIR"), tag_id(store, "Job fair"), today=TODAY) == 2
    assert standing(store) == {(ada, "Job fair"), (bao, "Job fair")}
    assert tags.remove_tag(store, tag_id(store, "Job fair"), today=TODAY) == 2
    assert standing(store) == set()
    store.undo()
    store.undo()
    assert tables(store) == before
