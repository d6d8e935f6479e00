"""The posting of a project, on paper or as text. It tells of the project alone and of nobody who applied."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from core.errors import UserError
from core.insight import office
from core.insight.projects import project_rows
from core.jobs.leaving import check_target, drawn, leave, stationery_of
from core.model.words import FUNDING, LOCATION_MODES
from core.paper.facts import Deliverable, PostingFacts, Term
from core.store import Store
from core.work.brief import ProjectDraft, project_draft
from core.work.custom_fields import fields, value_text

ENDINGS = (".pdf", ".txt")


def draw_posting(store: Store, project_id: str, *, today: date) -> bytes:
    """The PDF of a project's posting. UserError: letters that papers cannot print."""
    from core.paper import posting as paper

    facts = _facts(store, project_draft(store, project_id), today, _reference(store, project_id, today))
    return drawn(lambda into: paper.make(facts, into))


def posting_text(store: Store, project_id: str, *, today: date) -> str:
    _reference(store, project_id, today)
    return draft_text(store, project_draft(store, project_id), today=today)


def draft_text(store: Store, draft: ProjectDraft, *, today: date) -> str:
    """The posting of a brief that is still being written, to paste into a campus board."""
    from core.paper.posting_text import make_text

    return make_text(_facts(store, draft, today))


def posting(store: Store, project_id: str, out: Path, *, today: date, overwrite: bool = False) -> Path:
    """Writes the posting to `out`, a .pdf or a .txt, and records that it left."""
    check_target(out, overwrite, ENDINGS)
    title = project_draft(store, project_id).title
    as_text = out.suffix.lower() == ".txt"
    data = (
        posting_text(store, project_id, today=today).encode("utf-8")
        if as_text
        else draw_posting(store, project_id, today=today)
    )
    leave(
        store,
        out,
        data,
        kind="posting",
        what=f"Posting of “{title}”",
        refs=[("projects", project_id)],
        overwrite=overwrite,
        endings=ENDINGS,
    )
    return out


def _reference(store: Store, project_id: str, today: date) -> str:
    """P-014. UserError: nobody is to apply for what is cancelled."""
    row = project_rows(store, [project_id], today=today)[project_id]
    if row.phase == "cancelled":
        raise UserError(f"{row.number} is cancelled, so there is nothing to post. Make it a draft again first.")
    return row.number


def _facts(store: Store, draft: ProjectDraft, today: date, reference: str = "") -> PostingFacts:
    if not draft.title.strip():
        raise UserError("Give the project a title first, so that the posting has one.")
    employer = office.employer(store)
    names = {one.id: one.name for one in office.colleagues(store)}
    mode = LOCATION_MODES.get(draft.location_mode, draft.location_mode)
    terms = [
        ("Tools given", draft.tools),
        ("AI tools", draft.ai_policy),
        ("Who owns the work", draft.ownership),
        ("What stays between us", draft.confidentiality),
    ]
    return PostingFacts(
        stationery=stationery_of(employer, today),
        project=draft.title,
        fee_cents=draft.fee,
        currency=draft.currency or employer.currency,
        hours=draft.estimated_hours,
        hours_any_time=draft.any_hours,
        openings=draft.openings,
        apply_by=draft.apply_by,
        start=draft.kick_off_on,
        due=draft.due_on,
        due_flexible=draft.due_flexible,
        place=", ".join(part for part in (mode, draft.place) if part),
        eligibility=draft.eligibility,
        supervisor=names.get(draft.supervisor_id or "", ""),
        funding=FUNDING.get(draft.funding, "") if draft.funding != "employer" else "",
        summary=draft.summary,
        why=draft.why_it_matters,
        deliverables=tuple(Deliverable(one.text, one.due_on) for one in draft.milestones),
        objectives=tuple(draft.learning_objectives),
        skills=tuple(draft.skills),
        competencies=tuple(draft.competencies),
        questions=tuple(one.text if one.required else f"{one.text} (optional)" for one in draft.questions),
        answers_take=sum(one.minutes for one in draft.questions),
        terms=tuple(Term(name, words) for name, words in terms if words.strip()),
        own=_own(store, draft),
        apply_to=employer.email,
        reference=reference,
    )


def _own(store: Store, draft: ProjectDraft) -> tuple[Term, ...]:
    """Fields of one's own that are meant for paper."""
    return tuple(
        Term(field.name, value_text(field, draft.custom[field.id]))
        for field in fields(store, "projects")
        if field.on_paper and draft.custom.get(field.id, "").strip()
    )
