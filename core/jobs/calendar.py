"""The days of the program as a calendar file; where it leaves it is a disclosure, as it names people."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import NamedTuple

from core.errors import UserError
from core.files import safe_name
from core.insight import office
from core.insight.calendar import calendar_events
from core.jobs.leaving import check_target, leave
from core.store import Ref, Store

ENDING = ".ics"
_HEAD = 400
"""Bytes in which a calendar says who made it."""


class Kept(NamedTuple):
    file: Path
    days: int


def draw_calendar(
    store: Store, *, today: date, project_id: str | None = None, engagement_id: str | None = None
) -> tuple[bytes, int]:
    """The file and how many days are in it. UserError where there is none to come."""
    from core.exchange.calendar_out import Day, write_days

    days = calendar_events(store, today=today, project_id=project_id, engagement_id=engagement_id)
    if not days:
        raise UserError("There is no day to put into a calendar yet: no kick-off, due day or planned contact.")
    business = office.employer(store)
    name = f"Foothold, {business.name}"
    return write_days([Day(**asdict(one)) for one in days], name=name, zone=business.time_zone), len(days)


def save_calendar(
    store: Store,
    out: Path,
    *,
    today: date,
    project_id: str | None = None,
    engagement_id: str | None = None,
    overwrite: bool = False,
    renew: bool = False,
) -> Kept:
    """Writes it to `out` and records it. `renew`: over an earlier one, and over nothing else."""
    if renew and out.exists():
        if not _is_ours(out):
            raise UserError(
                f"{out.name} is there already and is no calendar file of Foothold’s. Choose another folder."
            )
        overwrite = True
    check_target(out, overwrite, (ENDING,))
    data, count = draw_calendar(store, today=today, project_id=project_id, engagement_id=engagement_id)
    refs: list[Ref] = []
    if project_id is not None:
        refs.append(("projects", project_id))
    if engagement_id is not None:
        refs.append(("engagements", engagement_id))
    leave(store, out, data, kind="export", what="Calendar file", refs=refs, overwrite=overwrite, endings=(ENDING,))
    return Kept(out, count)


def _is_ours(file: Path) -> bool:
    from core.exchange.calendar_out import MAKER

    try:
        with file.open("rb") as opened:
            return MAKER.encode() in opened.read(_HEAD)
    except OSError:
        return False


def calendar_name(of: str = "") -> str:
    """The file's name; `of`: a project's title."""
    return safe_name(f"{of[:80] or 'Foothold'}{ENDING}")
