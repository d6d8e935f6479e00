"""What one can do for a person: the buttons under their name, and the menu behind them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core import text
from core.insight.person import CandidateView
from core.work import candidates, gather, touch_plans
from ui.context import Context
from ui.paper_form import paper_form
from ui.places.actions import Action, Run, attempt, menu_button, opener
from ui.widgets.chips_field import Flow
from ui.widgets.text import button

SEPARATOR = Action("")


def buttons(context: Context, view: CandidateView) -> QWidget:
    made = QWidget()
    row = Flow(made, 6)
    open_fits = [(fit.project_id, fit.project) for fit in view.fits]
    invitation = opener(context, "invitation", candidate_id=view.id, projects=open_fits)
    invite = button("Invite to a project", "primary", invitation)
    write = button("Write", "", lambda: _write(context, view))
    if not open_fits:
        invite.setToolTip("No project takes applications now.")
    if not view.emails:
        write.setToolTip("There is no e-mail address yet.")
    if view.do_not_contact_on is not None:
        words = f"They asked on {text.short_day(view.do_not_contact_on)} not to be contacted."
        invite.setToolTip(words)
        write.setToolTip(words)
    invite.setEnabled(bool(open_fits) and view.do_not_contact_on is None)
    write.setEnabled(bool(view.emails) and view.do_not_contact_on is None)
    row.addWidget(invite)
    row.addWidget(write)
    row.addWidget(button("Report…", "", lambda: _report(context, view)))
    row.addWidget(menu_button("More for this person", actions(context, view)))
    return made


def actions(context: Context, view: CandidateView) -> list[Action]:
    store, today = context.store, context.today()
    school = next((one for one in view.enrolments if one.is_latest), None)
    live = next((entry for entry in view.pool if entry.live), None)
    found = [
        Action("Edit…", opener(context, "candidates", view.id)),
        Action("Log a contact…", opener(context, "touches", candidate_id=view.id)),
        Action("Plan a contact…", opener(context, "touches", candidate_id=view.id, planned=True)),
    ]
    if live is None:
        found.append(Action("Keep in touch…", opener(context, "pool_entries", candidate_id=view.id)))
    else:
        found.append(Action("Why and how often…", opener(context, "pool_entries", live.id)))
        found.append(Action("No longer keep in touch", _leaver(context, live.id)))

    def wish(wished: bool, done: str) -> Run:
        return lambda: attempt(context, lambda: candidates.wish_no_contact(store, view.id, wished, today=today), done)

    if view.do_not_contact_on is None:
        found.append(Action("They wish no contact", wish(True, "Noted: they wish no contact.")))
    else:
        found.append(Action("They may be contacted again", wish(False, "They may be contacted again.")))
    found += [
        Action("What followed…", opener(context, "outcomes", candidate_id=view.id)),
        Action("How they are paid…", opener(context, "payees", candidate_id=view.id)),
    ]
    if school is not None:
        consent = opener(context, "consents", candidate_id=view.id, school_id=school.school_id, school=school.school)
        found.append(Action("Consent to share…", consent))
    papers = [("availability", "Availability form"), *([("consent", "Consent form")] if school is not None else [])]
    forms = [Action(f"{words}…", paper_form(context, kind, view.id, f"{words}, {view.name}")) for kind, words in papers]
    return [
        *found,
        SEPARATOR,
        Action("Letter…", opener(context, "letter", candidate_id=view.id)),
        *forms,
        SEPARATOR,
        Action("What they need to take part…", opener(context, "accommodations", candidate_id=view.id)),
        SEPARATOR,
        Action("Remove from the store", lambda: _remove(context, view.id)),
    ]


def _write(context: Context, view: CandidateView) -> None:
    key = touch_plans.message_of(context.store, view.id, today=context.today())
    context.open_form("message", candidate_ids=[view.id], template=key)


def _leaver(context: Context, entry_id: str) -> Run:
    from core.work import warm

    said = "They are no longer in the pool. Undo puts them back."
    return lambda: attempt(context, lambda: warm.leave_pool(context.store, entry_id, today=context.today()), said)


def _report(context: Context, view: CandidateView) -> None:
    from core.jobs import papers

    store, today = context.store, context.today()
    context.preview(
        "Candidate report",
        lambda: papers.draw_report(store, view.id, today=today),
        lambda out: papers.report(store, view.id, out, today=today, overwrite=True),
    )


def _remove(context: Context, row_id: str) -> None:
    attempt(
        context,
        lambda: gather.remove_candidate(context.store, row_id, today=context.today()),
        "Removed, with all that hung on them. Undo brings them back.",
    )
