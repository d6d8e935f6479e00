"""Who may be one person twice: by mailbox, phone and name; and what was said about two who look alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.errors import FieldErrors
from core.store import Store
from core.work import duplicates
from core.work.candidates import CandidateDraft
from core.work.gather import add_candidate, change_candidate
from tests.support import made
from tests.support.stores import TODAY
from tests.support.tables import tables


def _why(store: Store, **fields: object) -> list[str]:
    return [one.why for one in duplicates.likely(store, CandidateDraft(**fields))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("theirs", "mine"),
    [
        ("ada@uic.example.edu", "ADA@uic.example.edu"),
        ("ada@uic.example.edu", "ada+jobs@uic.example.edu"),
        ("a.da.l@gmail.com", "adal@googlemail.com"),
        ("adal@googlemail.com", "A.D.A.L+x@Gmail.com"),
    ],
)
def test_a_mailbox_is_one_however_it_is_written(store: Store, theirs: str, mine: str) -> None:
    made.candidate(store, emails=["first@home.example.com", theirs])
    assert _why(store, emails=["other@home.example.com", mine])[0].startswith("has the same e-mail address")


def test_other_mailboxes_are_others(store: Store) -> None:
    made.candidate(store, emails=["a.da@uic.example.edu"])
    assert _why(store, emails=["ada@uic.example.edu", "a.da@other.example.edu", "%@uic.example.edu"]) == []


@pytest.mark.parametrize("mine", ["+1 312 555 0184", "(312) 555-0184", "312.555.0184", "001 312 5550184"])
def test_a_phone_is_its_digits(store: Store, mine: str) -> None:
    made.candidate(store, phone="312-555-0184")
    assert _why(store, phone=mine) == ["has the same phone number"]
    assert _why(store, phone="312 555 0185") == []


@pytest.mark.parametrize(
    ("theirs", "mine", "alike"),
    [
        (("Zoë", "Ångström"), ("Zoe", "Angstrom"), True),
        (("Ana María", "Ruiz"), ("Ruiz", "Ana Maria"), True),
        (("Jonathan", "Castellanos"), ("Jonathan", "Castelanos"), True),
        (("Ada", "Lovelace"), ("Bao", "Tran"), False),
        (("ليلى", "حداد"), ("ليلى", "حداد"), True),
        (("王小明", ""), ("王小明", ""), True),
        (("王小明", ""), ("王小红", ""), False),
        (("w" * 150, "v" * 150), ("w" * 150, "v" * 149), True),
    ],
)
def test_a_like_name_counts_at_the_same_school(
    store: Store, theirs: tuple[str, str], mine: tuple[str, str], alike: bool
) -> None:
    made.candidate(store, first_name=theirs[0], last_name=theirs[1], emails=["x@home.example.com"])
    here = {"first_name": mine[0], "last_name": mine[1], "school_name": "Northfield College"}
    assert bool(_why(store, **here)) == alike
    assert _why(store, **(here | {"school_name": "Elsewhere"})) == []


def test_pairs_say_every_ground_until_they_are_told_apart(store: Store) -> None:
    one = made.candidate(store, emails=["ada@gmail.com"], phone="312 555 0184")
    two = made.candidate(store, emails=["a.da@gmail.com"], phone="+1 (312) 555-0184")
    made.candidate(store, "Bao Tran")
    (pair,) = duplicates.pairs(store)
    assert (pair.first_id, pair.second_id) == (one, two)
    assert pair.why == (
        "has the same e-mail address, written otherwise",
        "has the same phone number",
        "has the same name at the same school",
    )
    duplicates.tell_apart(store, two, one)
    assert duplicates.pairs(store) == []
    draft = CandidateDraft(emails=["ada@gmail.com"])
    assert [likeness.candidate_id for likeness in duplicates.likely(store, draft, two)] == []
    store.undo()
    assert len(duplicates.pairs(store)) == 1


def test_one_person_may_have_four_addresses_and_two_never_the_same(store: Store) -> None:
    made.candidate(store, emails=[f"ada{at}@home.example.com" for at in range(4)])
    with pytest.raises(FieldErrors, match="belongs to Ada Lovelace"):
        add_candidate(store, CandidateDraft(last_name="Tran", emails=["Ada3@home.example.com"]), today=TODAY)


def test_two_may_share_an_address_once_somebody_says_so(store: Store) -> None:
    ada = made.candidate(store, emails=["family@home.example.com"])
    before = tables(store)
    draft = CandidateDraft(first_name="Ruth", last_name="Lovelace", emails=["Family@home.example.com"])
    assert [one.candidate_id for one in duplicates.sharing(store, draft)] == [ada]
    ruth = add_candidate(store, draft, today=TODAY, apart_from=[ada])
    assert duplicates.sharing(store, draft, ruth) == []
    assert duplicates.pairs(store) == []
    # Said once it holds: neither of them is refused what they have.
    change_candidate(store, ruth, replace(draft, nickname="Ru"), today=TODAY)
    with pytest.raises(FieldErrors, match="belongs to Ada Lovelace"):
        add_candidate(store, replace(draft, first_name="Tim"), today=TODAY, apart_from=[ruth])
    store.undo()
    store.undo()
    assert tables(store) == before


def test_a_crowd_of_namesakes_does_not_cost_its_square(store: Store) -> None:
    from core.work.gather import add_candidates

    crowd = [
        CandidateDraft(first_name="Ana", last_name="Ruiz", emails=[f"a{at}@x.example.com"], school_name="Northfield")
        for at in range(300)
    ]
    add_candidates(store, crowd, today=TODAY)
    steps: list[tuple[int, int]] = []
    assert 299 <= len(duplicates.pairs(store, lambda done, total: steps.append((done, total)))) <= 300 * 12
    assert steps
