"""Papers from what the store says: letters and reports. What is put into a folder is recorded as a disclosure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import UserError
from core.files import safe_name
from core.insight import offers
from core.insight import report as reports
from core.jobs.leaving import check_folder, check_target, drawn, leave, stationery, stationery_of
from core.jobs.summaries import draw_summary, summary
from core.model.words import DAY_PARTS
from core.paper.facts import (
    ApplicationLine,
    AvailabilityGrid,
    Deliverable,
    EngagementLine,
    EvaluationBlock,
    LetterFacts,
    Moment,
    OutcomeLine,
    PoolLine,
    ReportFacts,
    ScoreLine,
    SkillLine,
    Stationery,
    Term,
)
from core.store import Ref, Store

if TYPE_CHECKING:
    from core.insight.engagements import EngagementRow
    from core.insight.offers import OfferView
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
    "report",
    "stationery",
    "summary",
]


# --- offer letters ----------------------------------------------------------------------------------------------------


def draw_letter(store: Store, offer_id: str, *, today: date) -> bytes:
    """The PDF of an offer's letter. UserError where it lacks what every letter says, or has letters without a font."""
    return _draw_letter(offers.offer(store, offer_id, today=today), today)


def letter(store: Store, offer_id: str, out: Path, *, today: date, overwrite: bool = False) -> Path:
    """Writes an offer's letter to `out` and records it."""
    view = offers.offer(store, offer_id, today=today)
    _leave_letter(store, view, out, today, overwrite)
    return out


def letter_name(view: OfferView) -> str:
    return safe_name(f"Offer {view.reference} {view.candidate}.pdf")


def _leave_letter(store: Store, view: OfferView, out: Path, today: date, overwrite: bool) -> None:
    check_target(out, overwrite)
    refs: list[Ref] = [("offers", view.id), ("candidates", view.candidate_id), ("projects", view.project_id)]
    leave(
        store,
        out,
        _draw_letter(view, today),
        kind="letter",
        what=f"Offer letter, {view.reference}",
        to_whom=view.candidate,
        refs=refs,
        overwrite=overwrite,
    )


def _draw_letter(view: OfferView, today: date) -> bytes:
    from core.paper import letter as paper

    facts = letter_facts(view, today)
    return drawn(lambda into: paper.make(facts, into))


def letter_facts(view: OfferView, today: date) -> LetterFacts:
    """UserError where the offer lacks what every letter says."""
    if view.expires_on is None:
        raise UserError("This offer has no last day to answer. Give it one, so that the letter can name it.")
    more = [Term(name, words) for name, words in (("Tools", view.tools), ("A word to you", view.note)) if words]
    return LetterFacts(
        stationery=stationery_of(view.employer, today),
        day=view.day,
        candidate=view.candidate,
        project=view.project,
        fee_cents=view.fee,
        currency=view.currency,
        due=view.due_on,
        expires_on=view.expires_on,
        signatory=view.signatory or view.employer.name,
        signatory_title=view.signatory_title,
        reference=view.reference,
        candidate_lines=(view.email,) if view.email else (),
        greeting=f"Dear {view.greeting_name},",
        summary=view.summary,
        why=view.why_it_matters,
        start=view.kick_off_on,
        due_flexible=view.due_flexible,
        hours=view.hours,
        hours_any_time=view.any_hours,
        paid_when=view.paid_when,
        paid_as=view.paid_as,
        place=view.place,
        supervisor=", ".join(part for part in (view.supervisor, view.supervisor_email) if part),
        funding=view.funding,
        deliverables=tuple(Deliverable(what, due) for what, due in view.deliverables),
        objectives=view.objectives,
        ownership=view.ownership,
        confidentiality=view.confidentiality,
        ai_policy=view.ai_policy,
        more_terms=tuple(more),
        reply_to=view.reply_to,
    )


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
