"""How often people are kept in touch with, by why they are kept; what that makes of each one's next date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from core.ids import new_id
from core.message import ready_made
from core.model import Candidate, Enrolment, Outcome, PoolEntry, SchoolPeriod, Template, Touch, TouchPlan, words
from core.pacing import USUAL, Plan, Span, next_touch
from core.store import Label, Store
from core.work.checks import Problems, rows
from core.work.enrolments import latest

LONGEST_DAYS = 730
_CHUNK = 500


def plans(session: Session) -> dict[str, Plan]:
    """By reason: the person's own, else the usual one."""
    own = {
        row.reason: Plan(
            every_days=row.every_days,
            until_graduation=row.until_graduation,
            not_in_exams=row.not_in_exams,
            message_key=row.message_key,
        )
        for row in rows(session, TouchPlan)
    }
    return {**USUAL, **own}


def touch_plans(store: Store) -> dict[str, Plan]:
    with store.read() as session:
        return plans(session)


def message_of(store: Store, candidate_id: str, *, today: date) -> str:
    """The key of the message to begin with, by the reason for which someone is kept: of several the one whose date
    comes first, as it is the one that is shown. "" where the message was removed.
    """
    with store.read() as session:
        entries = _live(session, [candidate_id], today)
        reason = entries[0].reason if entries else "other"
        key = plans(session).get(reason, USUAL["other"]).message_key
        own = rows(session, Template, Template.kind == "message", Template.key == key)
        return key if key in ready_made() or own else ""


def invitation_of(store: Store, candidate_ids: Sequence[str], *, today: date) -> str:
    """The key of the message that invites these: near-misses are asked again in words of their own."""
    with store.read() as session:
        near = {one.candidate_id for one in _live(session, candidate_ids, today) if one.reason == "near_miss_intern"}
    return "message-near-miss" if candidate_ids and near.issuperset(candidate_ids) else "message-invitation"


def _live(session: Session, candidate_ids: Sequence[str], today: date) -> list[PoolEntry]:
    found: list[PoolEntry] = []
    for start in range(0, len(candidate_ids), _CHUNK):
        some = PoolEntry.candidate_id.in_(candidate_ids[start : start + _CHUNK])
        stands = or_(PoolEntry.ended_on.is_(None), PoolEntry.ended_on > today)
        found += rows(session, PoolEntry, some, PoolEntry.began_on <= today, stands)
    return sorted(found, key=lambda one: (one.next_touch_on is None, one.next_touch_on or today, one.id))


def plan_of(entry: PoolEntry, known: dict[str, Plan]) -> Plan:
    """What holds for one entry: its own number of days and wishes, else the plan of its reason."""
    if entry.every_days is None:
        return known.get(entry.reason, USUAL["other"])
    return Plan(
        every_days=entry.every_days,
        until_graduation=entry.until_graduation,
        not_in_exams=entry.not_in_exams,
    )


def check_days(every_days: int | None, problems: Problems, field: str = "every_days") -> None:
    if every_days is not None and not 0 <= every_days <= LONGEST_DAYS:
        problems.add(field, f"Every 1 to {LONGEST_DAYS} days, or 0 for not regularly.")


def set_plan(store: Store, reason: str, plan: Plan, *, today: date) -> int:
    """Changes how often people of a reason are written to, and moves the next date of those who go by it.

    How many dates moved. FieldErrors name the plan's fields.
    """
    problems = Problems()
    problems.one_of("reason", reason, words.POOL_REASONS)
    check_days(plan.every_days, problems)
    problems.raise_if_any()
    with store.change(Label.TOUCH_PLAN_CHANGED) as session:
        row = next(iter(rows(session, TouchPlan, TouchPlan.reason == reason)), None)
        row = row or TouchPlan(id=new_id(), reason=reason)
        row.every_days, row.until_graduation = plan.every_days, plan.until_graduation
        row.not_in_exams, row.message_key = plan.not_in_exams, plan.message_key
        session.add(row)
        session.flush()
        entries = rows(
            session, PoolEntry, PoolEntry.reason == reason, PoolEntry.ended_on.is_(None), PoolEntry.every_days.is_(None)
        )
        return pace(session, entries, today=today)


def pace(session: Session, entries: Sequence[PoolEntry], *, today: date) -> int:
    """Sets the next date of these by their plans, counted from the last contact; how many moved."""
    known, moved = plans(session), 0
    facts = _Facts(session, {entry.candidate_id for entry in entries}, today)
    for entry in entries:
        following = facts.next(entry, plan_of(entry, known))
        if following != entry.next_touch_on:
            entry.next_touch_on = following
            moved += 1
    return moved


def after_touch(session: Session, candidate_ids: Iterable[str], made_on: date, *, today: date) -> None:
    """A contact was made: the next date of each live entry moves on. One that was planned for later stays."""
    ids = list(dict.fromkeys(candidate_ids))
    known = plans(session)
    for start in range(0, len(ids), _CHUNK):
        some = ids[start : start + _CHUNK]
        entries = rows(session, PoolEntry, PoolEntry.candidate_id.in_(some), PoolEntry.ended_on.is_(None))
        facts = _Facts(session, {entry.candidate_id for entry in entries}, today)
        for entry in entries:
            following = facts.next(entry, plan_of(entry, known), made_on)
            planned = entry.next_touch_on
            if following is None:
                if planned is not None and planned <= made_on:
                    entry.next_touch_on = None
            elif planned is None or following > planned:
                entry.next_touch_on = following


def keep_to_calendar(session: Session, candidate_ids: Sequence[str], *, today: date) -> None:
    """After their school's exams or their graduation changed: dates that now lie in exams go to the day after, and
    those past the graduation go, where the plan says so.
    """
    session.flush()
    known = plans(session)
    for start in range(0, len(candidate_ids), _CHUNK):
        some = PoolEntry.candidate_id.in_(candidate_ids[start : start + _CHUNK])
        entries = rows(session, PoolEntry, some, PoolEntry.ended_on.is_(None), PoolEntry.next_touch_on.is_not(None))
        facts = _Facts(session, {entry.candidate_id for entry in entries}, today)
        for entry in entries:
            if entry.next_touch_on is not None:
                exams, leaves = facts.calendar(entry, plan_of(entry, known))
                # The rule for a contact every day, from the day before, gives that day itself where it may stand.
                entry.next_touch_on = next_touch(entry.next_touch_on - timedelta(days=1), 1, exams, leaves)


def first_date(session: Session, entry: PoolEntry, *, today: date) -> date | None:
    """The next date of an entry that begins today."""
    return first_dates(session, [entry], today=today)[0]


def first_dates(session: Session, entries: Sequence[PoolEntry], *, today: date) -> list[date | None]:
    """As `first_date`, of many at once."""
    known, facts = plans(session), _Facts(session, {entry.candidate_id for entry in entries}, today)
    return [facts.next(entry, plan_of(entry, known), max(entry.began_on, today)) for entry in entries]


class _Facts:
    """What the rule needs of these people, read at once."""

    def __init__(self, session: Session, ids: set[str], today: date) -> None:
        wanted = list(ids)
        self._last: dict[str, date] = {}
        self._studies: dict[str, list[Enrolment]] = defaultdict(list)
        self._silent: set[str] = set()
        self._interns: dict[str, date] = {}
        for start in range(0, len(wanted), _CHUNK):
            some = wanted[start : start + _CHUNK]
            made = select(Touch.candidate_id, func.max(Touch.made_on)).where(
                Touch.candidate_id.in_(some), Touch.made_on <= today
            )
            found = session.execute(made.group_by(Touch.candidate_id))
            self._last |= {row[0]: _day(row[1]) for row in found if row[1] is not None}
            for study in rows(session, Enrolment, Enrolment.candidate_id.in_(some)):
                self._studies[study.candidate_id].append(study)
            quiet = select(Candidate.id).where(Candidate.id.in_(some), Candidate.do_not_contact_on.is_not(None))
            self._silent |= set(session.scalars(quiet))
            hired = select(Outcome.candidate_id).where(
                Outcome.candidate_id.in_(some),
                Outcome.kind.in_(("part_time", "full_time")),
                Outcome.accepted_on.is_not(None),
            )
            self._silent |= set(session.scalars(hired))
            took = select(Outcome.candidate_id, func.max(Outcome.accepted_on)).where(
                Outcome.candidate_id.in_(some), Outcome.kind == "internship", Outcome.accepted_on.is_not(None)
            )
            interns = session.execute(took.group_by(Outcome.candidate_id))
            self._interns |= {row[0]: _day(row[1]) for row in interns if row[1] is not None}
        self._exams: dict[str, list[Span]] = defaultdict(list)
        for period in rows(session, SchoolPeriod, SchoolPeriod.kind == "exams", SchoolPeriod.ends_on >= today):
            self._exams[period.school_id].append((period.starts_on, period.ends_on))

    def next(self, entry: PoolEntry, plan: Plan, last: date | None = None) -> date | None:
        if entry.candidate_id in self._silent:
            return None
        exams, leaves = self.calendar(entry, plan)
        since = last or max(self._last.get(entry.candidate_id, entry.began_on), entry.began_on)
        took = self._interns.get(entry.candidate_id)
        if took is not None and (since < took or (last is None and since == took)):
            # They are with us: the plan begins anew with the first contact after that.
            return None
        return next_touch(since, plan.every_days, exams, leaves)

    def calendar(self, entry: PoolEntry, plan: Plan) -> tuple[Sequence[Span], date | None]:
        """The exams to keep out of, and the day after which nothing follows; as far as the plan heeds them."""
        study = latest(self._studies[entry.candidate_id])
        if study is None:
            return (), None
        exams = self._exams[study.school_id] if plan.not_in_exams else ()
        return exams, study.graduates_on if plan.until_graduation else None


def _day(value: date | str) -> date:
    # An aggregate loses the column's type on some databases.
    return value if isinstance(value, date) else date.fromisoformat(value)
