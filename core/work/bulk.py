"""What is done to several people at once: one change, undone in one key, and nobody touched unseen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import FieldErrors, UserError
from core.model import Application, Candidate
from core.store import Label, Store
from core.text import in_digits, plural
from core.work.checks import past_day
from core.work.select import invite

MOST_INVITED = 1_000
_CHUNK = 500
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Invitable:
    """`ids`: who can be invited. `left_out`: words for why to how many people they hold for."""

    ids: tuple[str, ...]
    left_out: Mapping[str, int]

    @property
    def words(self) -> str:
        """3 are part of the project already; 1 wishes not to be written to"""
        return "; ".join(f"{plural(count, 'person', 'people')}: {why}" for why, count in self.left_out.items())


def invitable(store: Store, project_id: str | None, candidate_ids: Sequence[str]) -> Invitable:
    """Who of these could be invited to the project, and why the others could not."""
    with store.read() as session:
        return _invitable(session, project_id, candidate_ids)


def _invitable(session: Session, project_id: str | None, candidate_ids: Sequence[str]) -> Invitable:
    wanted = list(dict.fromkeys(candidate_ids))
    there: dict[str, date | None] = {}
    part: set[str] = set()
    for start in range(0, len(wanted), _CHUNK):
        some = wanted[start : start + _CHUNK]
        found = select(Candidate.id, Candidate.do_not_contact_on).where(Candidate.id.in_(some))
        there |= {row[0]: row[1] for row in session.execute(found)}
        of_project = select(Application.candidate_id).where(
            Application.project_id == project_id, Application.candidate_id.in_(some)
        )
        part |= set(session.scalars(of_project))
    left_out: dict[str, int] = {}
    ids = []
    for one in wanted:
        why = (
            "no longer in the store"
            if one not in there
            else "part of the project already"
            if one in part
            else "asked not to be written to"
            if there[one] is not None
            else ""
        )
        if why:
            left_out[why] = left_out.get(why, 0) + 1
        else:
            ids.append(one)
    return Invitable(tuple(ids), left_out)


def invite_many(
    store: Store,
    project_id: str | None,
    candidate_ids: Sequence[str],
    *,
    today: date,
    on: date | None = None,
    progress: Progress | None = None,
) -> Invitable:
    """Note that all of these who can be were invited, as one change; whom that was, and why not the others.

    `progress(done, total)` may raise to cancel; then nothing is written.
    """
    invited_on = past_day(on, today, "Invited")
    if project_id is None:
        raise FieldErrors({"project_id": "Choose the project."})
    with store.change(Label.CANDIDATES_INVITED, ("projects", project_id)) as session:
        who = _invitable(session, project_id, candidate_ids)
        if not who.ids:
            raise UserError(f"Nobody of these can be invited. {who.words}." if who.words else "Nobody is chosen.")
        if len(who.ids) > MOST_INVITED:
            raise UserError(
                f"{in_digits(len(who.ids))} people for one project are more than anyone could answer. "
                f"Choose at most {in_digits(MOST_INVITED)}, by a filter for the skills wanted."
            )
        for at, candidate_id in enumerate(who.ids):
            if progress is not None:
                progress(at, len(who.ids))
            invite(store, project_id, candidate_id, today=today, on=invited_on)
        return who
