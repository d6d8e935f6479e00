"""The calendar file: what is in it, that a second one changes the first and adds nothing, what is kept out of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.exchange.calendar_out import Day, write_days
from core.ids import new_id
from core.insight.records import listing
from core.jobs.calendar import draw_calendar, save_calendar
from core.model import Employer, Engagement, Milestone, Outcome, PoolEntry, Project, Touch
from core.store import Label, Store
from core.work import run, touches
from core.work.touches import TouchDraft
from tests.support import made
from tests.support.stores import TODAY, new_store

HOSTILE = "Menu; redesign, “spring”\\n\nBEGIN:VEVENT\u2028END:VEVENT 👩‍👩‍👧‍👦 李明 محمد " + "long " * 60


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def work(store: Store) -> str:
    project, person = made.project(store), made.candidate(store)
    return made.engagement(store, made.application(store, project, person))


def read(data: bytes) -> dict[str, Any]:
    """By UID, as another library has it."""
    (calendar,) = list(vobject.readComponents(data.decode("utf-8")))
    found = {event.uid.value: event for event in calendar.vevent_list}
    assert len(found) == len(calendar.vevent_list)
    return found


def of(store: Store, **more: Any) -> dict[str, Any]:
    return read(draw_calendar(store, today=TODAY, **more)[0])


def change(store: Store, noun: type[Any], row_id: str, **values: Any) -> None:
    with store.change(Label.PROJECT_CHANGED) as session:
        row = session.get_one(noun, row_id)
        for name, value in values.items():
            setattr(row, name, value)


def test_kick_off_due_day_and_last_day_to_apply_are_in_it(store: Store, work: str) -> None:
    events = of(store)
    kick_off, due = events[f"kick-off.{work}@foothold"], events[f"due.{work}@foothold"]
    assert kick_off.summary.value.startswith("Kick-off: ")
    assert "Ada Lovelace" in due.summary.value
    with store.read() as session:
        row = session.get_one(Engagement, work)
        assert (kick_off.dtstart.value, due.dtstart.value) == (row.kick_off_on, row.due_on)
        assert f"apply-by.{row.project_id}@foothold" in events
    assert due.transp.value == "TRANSPARENT"


def test_an_hour_stands_in_the_employers_time_zone(store: Store, work: str) -> None:
    change(store, Engagement, work, kick_off_time="14:30", how_to_join="https://meet.example/room")
    data = draw_calendar(store, today=TODAY)[0]
    begins = read(data)[f"kick-off.{work}@foothold"].dtstart.value
    assert isinstance(begins, datetime)
    assert (begins.hour, begins.minute) == (14, 30)
    assert begins.utcoffset() in (timedelta(hours=-6), timedelta(hours=-5))
    assert b"BEGIN:VTIMEZONE" in data
    assert b"TZID:America/Chicago" in data


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["title", "due", "milestone", "undo", "nothing"]), st.integers(1, 40)), max_size=6
    )
)
def test_a_second_file_changes_the_first_and_adds_nothing_twice(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    with new_store(tmp_path_factory.mktemp("calendar")) as store:
        project, person = made.project(store), made.candidate(store)
        work = made.engagement(store, made.application(store, project, person))
        before = of(store)
        for step, number in steps:
            if step == "title":
                change(store, Project, project, title=f"Menu {number}")
            elif step == "due":
                change(store, Engagement, work, due_on=TODAY + timedelta(days=number))
            elif step == "milestone":
                with store.read() as session:
                    milestone = session.query(Milestone).first()
                if milestone is not None:
                    change(store, Milestone, milestone.id, due_on=TODAY + timedelta(days=number))
            elif step == "undo" and (back := store.can_undo()) is not None and back.label == Label.PROJECT_CHANGED:
                store.undo()
            after = of(store)
            for uid in before.keys() & after.keys():
                one, other = before[uid], after[uid]
                grown = int(other.sequence.value) - int(one.sequence.value)
                same = (one.summary.value, one.dtstart.value, one.status.value) == (
                    other.summary.value, other.dtstart.value, other.status.value,
                )  # fmt: skip
                assert grown >= 0
                assert grown > 0 or same
            before = after


def test_what_did_not_change_keeps_its_number(store: Store, work: str) -> None:
    other = made.candidate(store, "Bo Tran")
    touches.plan_touch(store, TouchDraft(candidate_id=other, kind="call", on=TODAY + timedelta(days=3)), today=TODAY)
    before = of(store)
    change(store, Engagement, work, due_on=TODAY + timedelta(days=9))
    after = of(store)
    changed = {uid for uid in before if before[uid].sequence.value != after[uid].sequence.value}
    assert f"due.{work}@foothold" in changed
    assert not any(uid.startswith("touch.") for uid in changed)


def test_what_is_called_off_or_removed_is_said_so(store: Store, work: str) -> None:
    other = made.candidate(store, "Bo Tran")
    draft = TouchDraft(candidate_id=other, kind="call", on=TODAY + timedelta(days=3))
    touch = touches.plan_touch(store, draft, today=TODAY)
    before = of(store)
    run.cancel(store, work, "No time", today=TODAY)
    with store.change(Label.TOUCH_CHANGED) as session:
        session.delete(session.get_one(Touch, touch))
    after = of(store)
    for uid in (f"kick-off.{work}@foothold", f"due.{work}@foothold", f"touch.{touch}@foothold"):
        assert before[uid].status.value == "CONFIRMED"
        assert after[uid].status.value == "CANCELLED"
        assert int(after[uid].sequence.value) > int(before[uid].sequence.value)
    assert "Bo" not in after[f"touch.{touch}@foothold"].summary.value


def test_what_a_day_or_another_row_calls_off_has_a_higher_number(store: Store) -> None:
    person = made.candidate(store, "Bo Tran")
    entry, outcome = new_id(), new_id()
    pooled = PoolEntry(
        id=entry, candidate_id=person, reason="referred", began_on=TODAY - timedelta(days=9),
        ended_on=TODAY + timedelta(days=4), next_touch_on=TODAY + timedelta(days=3),
    )  # fmt: skip
    hired = Outcome(id=outcome, candidate_id=person, kind="full_time", offered_on=TODAY, accepted_on=TODAY)
    uid = f"pool.{entry}@foothold"

    def said(today: date) -> tuple[str, int]:
        event = read(draw_calendar(store, today=today)[0])[uid]
        return event.status.value, int(event.sequence.value)

    with store.change(Label.PROJECT_CHANGED) as session:
        session.add(pooled)
    status, first = said(TODAY)
    assert status == "CONFIRMED"
    assert said(TODAY + timedelta(days=5)) == ("CANCELLED", first + 1)
    with store.change(Label.PROJECT_CHANGED) as session:
        session.add(hired)
    status, second = said(TODAY)
    assert (status, second > first + 1) == ("CANCELLED", True)
    store.undo()
    status, third = said(TODAY)
    assert (status, third > second) == ("CONFIRMED", True)


def test_a_contact_that_was_made_leaves_the_calendar(store: Store, work: str) -> None:
    draft = TouchDraft(candidate_id=made.candidate(store, "Bo Tran"), kind="call", on=TODAY + timedelta(days=3))
    uid = f"touch.{touches.plan_touch(store, draft, today=TODAY)}@foothold"
    before = of(store)[uid]
    change(store, Touch, uid[6:-9], made_on=TODAY)
    after = of(store)[uid]
    assert (before.status.value, after.status.value) == ("CONFIRMED", "CANCELLED")
    assert int(after.sequence.value) > int(before.sequence.value)


def test_what_lost_its_day_or_was_undone_is_called_off_in_the_projects_file_too(store: Store, work: str) -> None:
    with store.read() as session:
        project = session.get_one(Engagement, work).project_id
    milestone = new_id()
    with store.change(Label.PROJECT_CHANGED) as session:
        session.add(Milestone(id=milestone, project_id=project, position=9, text="A sketch", due_on=TODAY))
    before = of(store, project_id=project)
    change(store, Project, project, apply_by=None)
    with store.change(Label.PROJECT_CHANGED) as session:
        session.delete(session.get_one(Milestone, milestone))
    for more in ({}, {"project_id": project}):
        after = of(store, **more)
        for uid in (f"apply-by.{project}@foothold", f"milestone.{milestone}@foothold"):
            assert (before[uid].status.value, after[uid].status.value) == ("CONFIRMED", "CANCELLED")
            assert int(after[uid].sequence.value) > int(before[uid].sequence.value)
    other = made.project(store, title="Flyer")
    assert not any("sketch" in event.summary.value for event in of(store, project_id=other).values())


def test_work_that_is_removed_again_is_called_off_without_a_name(store: Store) -> None:
    project, person = made.project(store), made.candidate(store)
    work = made.engagement(store, made.application(store, project, person))
    before = of(store)
    while f"due.{work}@foothold" in (now := of(store)) and now[f"due.{work}@foothold"].status.value == "CONFIRMED":
        store.undo()
    for kind in ("kick-off", "due"):
        one, other = before[f"{kind}.{work}@foothold"], now[f"{kind}.{work}@foothold"]
        assert int(other.sequence.value) > int(one.sequence.value)
        assert other.status.value == "CANCELLED"
        assert "Ada" not in other.summary.value


def test_a_draft_is_in_no_file_but_one_that_was_out_is_called_off(store: Store, work: str) -> None:
    draft = made.project(store, title="Flyer")
    change(store, Project, draft, status="draft")
    assert of(store)[f"apply-by.{draft}@foothold"].status.value == "CANCELLED"
    never = new_id()
    with store.change(Label.PROJECT_CHANGED) as session:
        row = session.get_one(Project, draft)
        values = {column.key: getattr(row, column.key) for column in Project.__table__.columns}
        session.add(Project(**(values | {"id": never, "number": 999, "status": "draft"})))
    change(store, Project, never, apply_by=None)
    assert not any(never in uid for uid in of(store))


def test_an_employer_who_moves_raises_the_number_of_what_has_an_hour(store: Store, work: str) -> None:
    change(store, Engagement, work, kick_off_time="14:30")
    before = of(store)
    with store.change(Label.PROJECT_CHANGED) as session:
        session.query(Employer).one().time_zone = "America/New_York"
    after = of(store)
    kick_off, due = f"kick-off.{work}@foothold", f"due.{work}@foothold"
    assert int(after[kick_off].sequence.value) > int(before[kick_off].sequence.value)
    assert after[due].sequence.value == before[due].sequence.value


def test_hostile_words_are_words(store: Store) -> None:
    day = Day("a@foothold", HOSTILE, TODAY, 1, datetime.now().astimezone(), where=HOSTILE, note=HOSTILE)
    data = write_days([day], name=HOSTILE, zone="America/Chicago")
    (event,) = read(data).values()
    assert event.location.value.split() == HOSTILE.split()
    assert event.description.value.split() == HOSTILE.split()
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert len(data.decode().splitlines()) == data.count(b"\r\n")
    with pytest.raises(UserError, match="no time zone"):
        write_days([day], name="x", zone="Mars/Olympus")


@pytest.mark.parametrize(
    "zone",
    [
        "America/Chicago", "America/Phoenix", "America/Sao_Paulo", "Europe/London", "Europe/Dublin", "Asia/Kathmandu",
        "Asia/Jerusalem", "Africa/Casablanca", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Chatham", "UTC",
    ],
)  # fmt: skip
def test_two_other_libraries_read_every_hour_of_the_year_right(zone: str) -> None:
    """Also a calendar that does not know the zone by its name, and goes by what the file says of it."""
    first = date(2026, 1, 1)
    on = [first + timedelta(days=4 * number) for number in range(120)]
    days = [
        Day(f"{one}@foothold", "x", one, 1, datetime(2026, 1, 1, tzinfo=UTC), at=time(12, 30), minutes=45) for one in on
    ]
    data = write_days(days, name="x", zone=zone)
    wanted = [datetime.combine(one, time(12, 30), ZoneInfo(zone)).astimezone(UTC) for one in on]
    # Readers keep zones by name from file to file.
    name = f"Ours-{zone.replace('/', '-')}"
    strange = data.decode().replace(f"TZID={zone}", f"TZID={name}").replace(f"TZID:{zone}", f"TZID:{name}").encode()
    for file in (data, strange):
        assert [event.dtstart.value.astimezone(UTC) for event in read(file).values()] == wanted
        other = icalendar.Calendar.from_ical(file)
        assert [event["dtstart"].dt.astimezone(UTC) for event in other.walk("vevent")] == wanted
        assert [event["dtend"].dt.astimezone(UTC) for event in other.walk("vevent")] == [
            one + timedelta(minutes=45) for one in wanted
        ]
    if zone == "America/Chicago":
        assert b"RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3" in data.replace(b"BYMONTH=3;BYDAY=2SU", b"BYDAY=2SU;BYMONTH=3")
        assert data.index(b"VTIMEZONE") < data.index(b"VEVENT")


def test_nothing_private_is_in_it_and_nobody_under_a_code(store: Store, work: str) -> None:
    project = made.project(store, title="Flyer")
    made.application(store, project, made.candidate(store, "Chidi Eze"))
    data = draw_calendar(store, today=TODAY)[0].decode()
    assert "Chidi" not in data
    assert "northfield" not in data.lower()


def test_the_same_days_make_the_same_bytes_and_that_they_left_is_on_record(
    store: Store, work: str, tmp_path: Path
) -> None:
    kept = save_calendar(store, tmp_path / "days.ics", today=TODAY)
    assert kept.file.read_bytes() == draw_calendar(store, today=TODAY)[0]
    assert kept.days == len(of(store))
    assert any("Calendar file" in str(row) for row in listing(store, "disclosures", today=TODAY).rows)
    with pytest.raises(UserError, match="there already"):
        save_calendar(store, tmp_path / "days.ics", today=TODAY)
    with pytest.raises(UserError, match=r"\.ics"):
        save_calendar(store, tmp_path / "days.pdf", today=TODAY)


def test_of_one_piece_of_work_there_is_nothing_of_another(store: Store, work: str) -> None:
    second = made.engagement(
        store, made.application(store, made.project(store, title="Flyer"), made.candidate(store, "Bo Tran"))
    )
    events = of(store, engagement_id=second)
    assert f"kick-off.{second}@foothold" in events
    assert not any(work in uid for uid in events)
    with store.read() as session:
        project = session.get_one(Engagement, second).project_id
    assert not any("Ada" in event.summary.value for event in of(store, project_id=project).values())


def test_an_empty_program_has_no_calendar(store: Store) -> None:
    with pytest.raises(UserError, match="no day"):
        draw_calendar(store, today=date(2030, 1, 1))
