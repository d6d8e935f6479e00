"""Templates: the list, the one that fits what someone wrote, and what the last projects of one took."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import UserError
from core.insight.parts import number_words
from core.model import Engagement, HourEntry, Project, Template
from core.model.words import CATEGORIES
from core.store import Store
from core.template import Body, Entry, merged
from core.text import fold, in_digits, plural, short_day

LAST = 4
"""Engagements that a lesson looks back on."""
_ABOUT = Decimal("0.10")
"""Off by less is as planned."""
_STRONG, _PHRASE, _WEAK, _ENOUGH = 3.0, 4.0, 1.0, 2.0
_WORD = re.compile(r"[^\W_]+")
_SMALL_WORDS = """
a about after all an and any are as at be before by can do does each every find for from get give go had has
have help his how i in into is it its just last like make many me month more must my need needs new next no not
now of off old on once one or our out over own please put set should so some someone something soon than that
the their them then there these they thing things this those to today too up us use want was we week what when
where which who why will with work write year you your
"""
_SMALL = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """`ready_made`: it ships with the program; `own`: the words are the person's; `used`: projects begun from it."""

    key: str
    name: str
    category: str
    hours: int
    fee: int
    currency: str
    ready_made: bool
    own: bool
    hidden: bool
    used: int


@dataclass(frozen=True, slots=True)
class PastProject:
    """A project that another can start from. `key`: its id; `about`: its number and when it began."""

    key: str
    name: str
    category: str
    hours: int
    fee: int
    currency: str
    about: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the last engagements took, in minutes, against what was planned. `hours`: what to plan next time."""

    count: int
    planned: int
    took: int
    ratio: Decimal
    words: str
    hours: int

    @property
    def longer(self) -> bool:
        """By so much that the next one should plan for it."""
        return self.ratio - 1 >= _ABOUT


@dataclass(frozen=True, slots=True)
class TemplateView:
    row: TemplateRow
    body: Body
    lesson: Lesson | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`why`: it says “supplier list” and “clean”"""

    key: str
    name: str
    why: str
    score: float


def templates(store: Store, words: str = "", *, hidden: bool = False) -> list[TemplateRow]:
    """By category in its usual order, then by name; `words` must all stand somewhere in it."""
    with store.read() as session:
        return template_rows(session, words, hidden=hidden)


def template_rows(session: Session, words: str = "", *, hidden: bool = False) -> list[TemplateRow]:
    wanted, used = fold(words).split(), _used(session)
    found = [
        _row(one, used[one.key])
        for one in _entries(session).values()
        if (hidden or not one.hidden) and _holds(one.body, wanted)
    ]
    order = {name: at for at, name in enumerate(CATEGORIES)}
    return sorted(found, key=lambda row: (order.get(row.category, len(order)), fold(row.name)))


def past_projects(store: Store, words: str = "") -> list[PastProject]:
    """The latest first; `words` must all stand somewhere in it."""
    wanted = fold(words).split()
    with store.read() as session:
        columns = (
            Project.id, Project.number, Project.title, Project.category, Project.estimated_hours, Project.fee,
            Project.currency, Project.kick_off_on, Project.summary,
        )  # fmt: skip
        found = []
        for one in session.execute(select(*columns).order_by(Project.number.desc())):
            number = number_words("P", one.number)
            said = fold(" ".join([number, one.title, one.category, one.summary]))
            if all(word in said for word in wanted):
                began = f" · kick-off {short_day(one.kick_off_on)}" if one.kick_off_on else " · without dates"
                found.append(
                    PastProject(
                        one.id, one.title, one.category, one.estimated_hours, one.fee, one.currency, number + began
                    )
                )
        return found


def template(store: Store, key: str) -> TemplateView:
    with store.read() as session:
        entry = _entries(session).get(key)
        if entry is None:
            raise UserError("This template is no longer there. It was removed, or adding it was undone.")
        return TemplateView(_row(entry, _used(session)[key]), entry.body, _lesson(session, key, entry.body.hours))


def as_records(session: Session) -> list[dict[str, Any]]:
    """As lines of a list: ours and the person's own; the id is the key."""
    return [{"id": row.key, **asdict(row)} for row in template_rows(session, hidden=True)]


def _entries(session: Session) -> dict[str, Entry]:
    query = select(Template.key, Template.name, Template.body, Template.hidden).where(Template.kind == "project")
    query = query.order_by(Template.name, Template.id)
    return merged((key, name, body, hidden) for key, name, body, hidden in session.execute(query))


def _used(session: Session) -> Counter[str]:
    query = select(Project.template_key, func.count()).where(Project.template_key != "").group_by(Project.template_key)
    return Counter({str(key): int(count) for key, count in session.execute(query)})


def _row(entry: Entry, used: int) -> TemplateRow:
    body = entry.body
    return TemplateRow(
        entry.key, body.name, body.category, body.hours, body.fee, body.currency, entry.ready_made, entry.own,
        entry.hidden, used,
    )  # fmt: skip


def _holds(body: Body, wanted: Sequence[str]) -> bool:
    parts = (body.name, body.title, body.category, body.outcome, *body.words, *body.skills)
    said = fold(" ".join([*parts, *(one.text for one in body.milestones)]))
    return all(word in said for word in wanted)


# --- what it took ---------------------------------------------------------------------------------------------------


def lesson(store: Store, template_key: str) -> Lesson | None:
    """None until work begun from it was accepted with hours logged. The template itself may be gone."""
    with store.read() as session:
        entry = _entries(session).get(template_key)
        return _lesson(session, template_key, entry.body.hours if entry else 0)


def _lesson(session: Session, key: str, hours: int) -> Lesson | None:
    query = (
        select(Engagement.estimated_hours, func.sum(HourEntry.minutes))
        .join(HourEntry, HourEntry.engagement_id == Engagement.id)
        .join(Project, Project.id == Engagement.project_id)
        .where(Project.template_key == key, Engagement.status == "accepted", Engagement.estimated_hours > 0)
        .group_by(Engagement.id)
        .order_by(Engagement.accepted_on.desc(), Engagement.id)
        .limit(LAST)
    )
    found = [(planned * 60, took) for planned, took in session.execute(query)] if key else []
    planned, took = sum(one for one, _ in found), sum(one for _, one in found)
    if not took:
        return None
    ratio = Decimal(took) / planned
    base = hours or Decimal(planned) / 60 / len(found)
    next_time = max(int((base * ratio).quantize(Decimal(1), ROUND_HALF_UP)), 1)
    return Lesson(len(found), planned, took, ratio, _told(len(found), ratio), next_time)


def _told(count: int, ratio: Decimal) -> str:
    """The last 4 took 31 % longer than planned."""
    which = "The last one" if count == 1 else f"The last {count}"
    off = ratio - 1
    percent = int((abs(off) * 100).quantize(Decimal(1), ROUND_HALF_UP))
    if abs(off) < _ABOUT:
        return f"{which} took about as long as planned."
    if off > 0:
        return f"{which} took {percent} % longer than planned."
    return f"{which} took {percent} % less time than planned."


def lesson_words(found: Lesson, hours: int) -> str:
    """With what to plan, where that differs from `hours`."""
    if abs(found.ratio - 1) < _ABOUT or found.hours == hours:
        return found.words
    return f"{found.words} Plan {plural(found.hours, 'hour')} instead of {in_digits(hours)}."


# --- which one fits -------------------------------------------------------------------------------------------------


def suggest(store: Store, text: str, *, limit: int = 3) -> list[Suggestion]:
    """Templates whose words stand in `text`, the best first; none rather than a bad one."""
    said = _tokens(text)
    telling = [one for one in said if not one.small]
    if not telling:
        return []
    with store.read() as session:
        entries = [one for one in _entries(session).values() if not one.hidden]
    spread = Counter(sign for one in entries for sign in _signs(one.body))
    found = []
    for one in entries:
        score, places = 0.0, set[int]()
        for sign in sorted(_signs(one.body), key=lambda sign: (-len(sign.stems), sign.stems)):
            hit = _where(sign, said if sign.whole else telling)
            # A word counts once, however many of the template's phrases it stands in.
            if not hit <= places:
                places |= hit
                score += (_PHRASE if len(sign.stems) > 1 else _STRONG) / spread[sign]
        if not places:
            continue
        weak = _beside(one.body)
        beside = {token.at for token in telling if token.stem in weak} - places
        score += _WEAK * len(beside)
        if score >= _ENOUGH:
            why = f"it says {_quoted(said, places | beside)}"
            found.append(Suggestion(one.key, one.body.name, why, round(score, 2)))
    found.sort(key=lambda one: (-one.score, fold(one.name)))
    return [one for one in found if one.score * 2 >= found[0].score][:limit]


class _Token(NamedTuple):
    raw: str
    stem: str
    at: int
    small: bool


class _Sign(NamedTuple):
    """A word, or several that must stand near each other; `whole`: small words count, as in "help page"."""

    stems: tuple[str, ...]
    whole: bool


@lru_cache(maxsize=256)
def _signs(body: Body) -> frozenset[_Sign]:
    found = set()
    for words in (*body.words, body.name):
        tokens = _tokens(words)
        telling = tuple(one.stem for one in tokens if not one.small)
        if len(telling) > 1 or (telling and len(tokens) == 1):
            found.add(_Sign(telling, False))
        elif telling:
            # Without its small words a phrase would be one word that says much less.
            found.add(_Sign(tuple(one.stem for one in tokens), True))
    return frozenset(found)


@lru_cache(maxsize=256)
def _beside(body: Body) -> frozenset[str]:
    """What speaks for it where something else does already."""
    tokens = _tokens(" ".join([body.name, body.title, *body.skills]))
    return frozenset(one.stem for one in tokens if not one.small)


def _tokens(text: str) -> list[_Token]:
    words = [(one.group(), fold(one.group())) for one in _WORD.finditer(text)]
    return [_Token(raw, _stem(plain), at, plain in _SMALL) for at, (raw, plain) in enumerate(words) if plain]


def _stem(word: str) -> str:
    """Without the ends that English words change by; the same for both sides, however odd."""
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for end in ("ing", "ed"):
        if word.endswith(end) and len(word) - len(end) >= 4:
            word = word[: -len(end)]
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def _where(sign: _Sign, said: Sequence[_Token]) -> set[int]:
    """Places of the sign's words: all of them, at most two other words between."""
    span = len(sign.stems) + (2 if len(sign.stems) > 1 and not sign.whole else 0)
    for start, one in enumerate(said):
        if one.stem not in sign.stems:
            continue
        near = {token.stem: token.at for token in reversed(said[start : start + span]) if token.stem in sign.stems}
        if len(near) == len(set(sign.stems)):
            return set(near.values())
    return set()


def _quoted(said: Sequence[_Token], places: Iterable[int]) -> str:
    """“supplier list” and “clean”: words that stand side by side are quoted as one."""
    raw = {one.at: one.raw for one in said}
    groups: list[list[int]] = []
    for at in sorted(places):
        if groups and at == groups[-1][-1] + 1:
            groups[-1].append(at)
        else:
            groups.append([at])
    quoted = list(dict.fromkeys(f"“{' '.join(raw[at] for at in group)}”" for group in groups))[:4]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
