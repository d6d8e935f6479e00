"""Papers from what the store says: letters and reports. What is put into a folder is recorded as a disclosure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from core.insight import report as reports
from core.jobs.leaving import check_folder, check_target, drawn, leave, stationery
from core.jobs.letters import draw_letter, letter, letter_facts
from core.jobs.summaries import draw_summary, summary
from core.model.words import DAY_PARTS
from core.paper.facts import (
    ApplicationLine,
    AvailabilityGrid,
    EngagementLine,
    EvaluationBlock,
    Moment,
    OutcomeLine,
    PoolLine,
    ReportFacts,
    ScoreLine,
    SkillLine,
    Stationery,
    Term,
)
from core.store import Store

if TYPE_CHECKING:
    from core.insight.engagements import EngagementRow
    from core.insight.report import ReportView


__all__ = [
    "blind_report",
    "check_folder",
    "check_target",
    "draw_blind_report",
    "draw_letter",
    "draw_report",
    "draw_summary",
    "drawn",
    "leave",
    "letter",
    "letter_facts",
    "report",
    "stationery",
    "summary",
]


# --- candidates' reports ----------------------------------------------------------------------------------------------


def draw_report(store: Store, candidate_id: str, *, today: date) -> bytes:
    return _draw_report(reports.report(store, candidate_id, today=today), stationery(store, today))


def draw_blind_report(store: Store, application_id: str, *, today: date) -> bytes:
    return _draw_report(reports.blind_report(store, application_id, today=today), stationery(store, today))


def report(store: Store, candidate_id: str, out: Path, *, today: date, overwrite: bool = False) -> Path:
    """Writes what is known of a candidate to `out` and records it."""
    check_target(out, overwrite)
    view = reports.report(store, candidate_id, today=today)
    data = _draw_report(view, stationery(store, today))
    refs = [("candidates", candidate_id)]
    leave(store, out, data, kind="report", what=f"Candidate report, {view.number}", refs=refs, overwrite=overwrite)
    return out


def blind_report(store: Store, application_id: str, out: Path, *, today: date, overwrite: bool = False) -> Path:
    """Writes what a rater may read of one application to `out` and records it, both without the name."""
    check_target(out, overwrite)
    view = reports.blind_report(store, application_id, today=today)
    data = _draw_report(view, stationery(store, today))
    refs = [("applications", application_id)]
    leave(store, out, data, kind="report", what=f"Blind report, {view.code}", refs=refs, overwrite=overwrite)
    return out


def _draw_report(view: ReportView, paper: Stationery) -> bytes:
    from core.paper import report as pages

    facts = _report_facts(view, paper)
    return drawn(lambda into: pages.make(facts, into))


def _report_facts(view: ReportView, paper: Stationery) -> ReportFacts:
    grid = AvailabilityGrid(tuple(part.capitalize() for part in DAY_PARTS), view.grid) if view.grid else None
    return ReportFacts(
        stationery=paper,
        name=view.name,
        code=view.code,
        number=view.number,
        contact=tuple(part for part in (*view.emails, view.phone) if part),
        links=view.links,
        school=view.school,
        major=view.major,
        degree=view.degree_level,
        class_year=view.class_year,
        graduation=view.graduates_on,
        first_contact=view.first_contact_on,
        source=view.source,
        skills=tuple(SkillLine(s.name, s.level, s.level_words, s.evidence) for s in view.skills),
        availability=view.availability,
        grid=grid,
        hours_a_week=view.hours_a_week,
        applications=tuple(ApplicationLine(a.project, a.applied_on, a.words) for a in view.applications),
        engagements=tuple(_engagement(one) for one in view.engagements),
        evaluations=tuple(
            EvaluationBlock(
                about=one.about,
                rater=one.rater,
                day=one.on,
                scores=tuple(ScoreLine(s.criterion, s.level, s.level_words, s.evidence, s.weight) for s in one.scores),
                overall=one.overall,
                recommend=one.recommend,
                comment=one.comment,
            )
            for one in view.evaluations
        ),
        outcomes=tuple(OutcomeLine(one.what, one.on, one.note) for one in view.outcomes),
        own=tuple(Term(one.name, one.words) for one in view.own if one.on_paper),
        pool=tuple(PoolLine(one.words, one.began_on, one.ended_on, one.next_touch_on) for one in view.pool),
        story=tuple(Moment(one.on, words=one.words) for one in view.story),
    )


def _engagement(one: EngagementRow) -> EngagementLine:
    hours = (Decimal(one.minutes_logged) / 60).quantize(Decimal("0.1")) if one.minutes_logged else None
    return EngagementLine(
        project=one.project,
        start=one.started_on or one.kick_off_on,
        end=one.ended_on or one.accepted_on,
        hours_estimated=one.estimated_hours,
        hours=hours,
        fee_cents=one.fee.due,
        currency=one.fee.currency,
        verdict=one.verdict_words or one.words,
        note=one.ended_why,
    )
