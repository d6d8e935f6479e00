"""Work authorisation: after an offer only, its window holds a kick-off, and it leaves in no table."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from core.errors import FieldErrors, HoldError, UserError
from core.insight.at_work import EngagementView
from core.insight.at_work import engagement as view_of
from core.jobs.export import export
from core.model import Engagement, WorkAuthorisation
from core.store import Store
from core.work import extensions, run
from core.work import select as choose
from core.work.authorisation import AuthorisationDraft, authorisation_draft, hold_words, set_authorisation
from tests.support import made
from tests.support.stores import TODAY
from tests.support.tables import tables

DAY = timedelta(days=1)
KICK_OFF, DUE = TODAY + 20 * DAY, TODAY + 34 * DAY


@pytest.fixture
def person(store: Store) -> str:
    return made.candidate(store)


@pytest.fixture
def work(store: Store, person: str) -> str:
    """Agreed: kick-off in 20 days, due in 34."""
    return made.engagement(store, made.application(store, made.project(store), person))


def row(store: Store, engagement_id: str) -> Engagement:
    with store.read() as session:
        return session.get_one(Engagement, engagement_id)


def seen(store: Store, engagement_id: str, today: date = TODAY) -> EngagementView:
    return view_of(store, engagement_id, today=today)


def note(store: Store, person: str, kind: str = "cpt", first: date | None = None, last: date | None = None) -> None:
    draft = AuthorisationDraft(candidate_id=person, kind=kind, starts_on=first, ends_on=last, seen_on=TODAY)
    set_authorisation(store, draft, today=TODAY)


def test_it_is_noted_after_an_offer_only(store: Store, person: str) -> None:
    application = made.application(store, made.project(store), person)
    with pytest.raises(UserError, match="after an offer was sent"):
        note(store, person)
    offer_id = made.drafted_offer(store, application)
    with pytest.raises(UserError, match="after an offer was sent"):
        note(store, person)
    from core.work import offer

    offer.send_offer(store, offer_id, today=TODAY)
    note(store, person, "opt", TODAY, DUE)
    assert authorisation_draft(store, person).kind == "opt"


def test_one_person_has_one_and_undo_takes_it_back(store: Store, person: str, work: str) -> None:
    before = tables(store)
    note(store, person, "cpt", KICK_OFF, DUE)
    note(store, person, "opt", KICK_OFF, DUE + DAY)
    with store.read() as session:
        assert [one.kind for one in session.scalars(select(WorkAuthorisation))] == ["opt"]
    store.undo()
    store.undo()
    assert tables(store) == before


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "cpt", "starts_on": DUE, "ends_on": KICK_OFF}, "ends_on"),
        ({"kind": "cpt", "seen_on": TODAY + DAY}, "seen_on"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    store: Store, person: str, work: str, draft: dict[str, object], field: str
) -> None:
    with pytest.raises(FieldErrors) as caught:
        set_authorisation(store, AuthorisationDraft(candidate_id=person, **draft), today=TODAY)  # type: ignore[arg-type]
    assert set(caught.value.fields) == {field}


@pytest.mark.parametrize(
    ("kind", "first", "last", "held"),
    [
        ("cpt", None, None, "has no window yet"),
        ("opt", KICK_OFF, None, "has no window yet"),
        ("stem_opt", None, DUE, "has no window yet"),
        ("cpt", KICK_OFF + DAY, DUE, "holds from"),
        ("cpt", KICK_OFF, DUE - DAY, "ends on"),
        ("cpt", KICK_OFF, DUE, ""),
        ("other", None, None, ""),
        ("other", None, DUE - DAY, "ends on"),
        ("not_needed", None, None, ""),
    ],
)
def test_a_kick_off_outside_the_window_is_held(
    store: Store, person: str, work: str, kind: str, first: date | None, last: date | None, held: str
) -> None:
    note(store, person, kind, first, last)
    before = tables(store)
    with store.read() as session:
        words = hold_words(session, session.get_one(Engagement, work))
    assert held in (words or "")
    assert bool(words) == bool(held)
    assert seen(store, work).authorisation.held == (words or "")
    if not held:
        run.start(store, work, today=KICK_OFF)
        assert row(store, work).hold_reason == ""
        return
    with pytest.raises(HoldError, match=held) as caught:
        run.start(store, work, today=KICK_OFF)
    assert caught.value.rule == "authorisation"
    assert tables(store) == before
    run.start(store, work, today=KICK_OFF, reason="The office confirmed it by phone.")
    assert row(store, work).hold_reason == "The office confirmed it by phone."
    assert store.history()[0].reason == "The office confirmed it by phone."
    with store.read() as session:
        assert hold_words(session, session.get_one(Engagement, work)) is None


def test_nothing_noted_is_only_a_caution(store: Store, work: str) -> None:
    state = seen(store, work).authorisation
    assert (state.held, state.words) == ("", "")
    assert "No work authorisation is noted" in state.caution
    run.start(store, work, today=KICK_OFF)


@pytest.mark.parametrize("said", [{"may_work": "no"}, {"needs_sponsorship": "yes"}])
def test_nothing_noted_of_someone_who_said_they_need_one_is_held(store: Store, said: dict[str, str]) -> None:
    person = made.candidate(store, **said)
    work = made.engagement(store, made.application(store, made.project(store), person))
    state = seen(store, work).authorisation
    assert "none is noted" in state.held
    with store.read() as session:
        assert hold_words(session, session.get_one(Engagement, work)) == state.held
    with pytest.raises(HoldError, match="none is noted"):
        run.start(store, work, today=KICK_OFF)
    note(store, person, "not_needed")
    assert seen(store, work).authorisation.held == ""
    run.start(store, work, today=KICK_OFF)


def test_a_window_mended_lets_it_go(store: Store, person: str, work: str) -> None:
    note(store, person, "cpt")
    with pytest.raises(HoldError):
        run.start(store, work, today=KICK_OFF)
    note(store, person, "cpt", KICK_OFF, DUE)
    run.start(store, work, today=KICK_OFF)


def test_more_time_beyond_the_window_is_held_too(store: Store, person: str, work: str) -> None:
    note(store, person, "cpt", KICK_OFF, DUE)
    run.start(store, work, today=KICK_OFF)
    with pytest.raises(HoldError, match="ends on"):
        extensions.ask_extension(store, work, DUE + DAY, today=KICK_OFF, granted=True)
    wish = extensions.ask_extension(store, work, DUE + DAY, today=KICK_OFF)
    with pytest.raises(HoldError):
        extensions.answer_extension(store, wish, True, today=KICK_OFF)
    assert row(store, work).due_on == DUE
    extensions.answer_extension(store, wish, True, today=KICK_OFF, reason="CPT is being renewed.")
    assert row(store, work).due_on == DUE + DAY
    assert row(store, work).hold_reason == "CPT is being renewed."


def test_it_leaves_in_no_table_and_stands_on_no_other_page(store: Store, person: str, work: str) -> None:
    note(store, person, "cpt")
    run.start(store, work, today=KICK_OFF, reason="The embassy wrote")
    from core.insight.records import record

    assert "work_authorisations" not in record(store, "candidates", person).parts
    for ending in (".csv", ".xlsx", ".json"):
        with pytest.raises(UserError, match="private"):
            export(store, store.path.with_name(f"one{ending}"), "work-authorisations", today=TODAY)
    for ending in (".csv", ".json"):
        out = store.path.with_name(f"work{ending}")
        export(store, out, "engagements", today=TODAY)
        assert "embassy" not in out.read_text("utf-8")
        assert "hold_reason" not in out.read_text("utf-8")
    whole = store.path.with_name("all.json")
    export(store, whole, "all", today=TODAY)
    assert '"work-authorisations"' in whole.read_text("utf-8")


def test_nobody_is_at_work_before_being_chosen(store: Store, person: str) -> None:
    application = made.application(store, made.project(store), person)
    choose.not_select(store, application, today=TODAY)
    with pytest.raises(UserError, match="after an offer was sent"):
        note(store, person)


def test_a_reason_for_one_window_says_nothing_of_another(store: Store, person: str, work: str) -> None:
    note(store, person, first=KICK_OFF + 2 * DAY, last=DUE)
    run.start(store, work, today=KICK_OFF, reason="The office confirmed by phone")
    with store.read() as session:
        assert hold_words(session, session.get_one(Engagement, work)) is None
    # Noted once more as it is: nothing new to ask. Another window: asked anew, and the reason stays in the history.
    note(store, person, first=KICK_OFF + 2 * DAY, last=DUE)
    assert row(store, work).hold_reason == "The office confirmed by phone"
    note(store, person, first=KICK_OFF + 9 * DAY, last=DUE)
    with store.read() as session:
        assert hold_words(session, session.get_one(Engagement, work))
    assert "confirmed by phone" in repr(store.history("engagements", work))
    store.undo()
    assert row(store, work).hold_reason == "The office confirmed by phone"
