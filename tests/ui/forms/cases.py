"""Each form as a person meets it: what opens it, what one types, what is kept of it, what it will not take."""

from __future__ import annotations

from datetime import date

from core.work.sides import marks_field
from tests.support import made
from tests.support.stores import TODAY
from tests.ui.forms.case import (
    FUTURE,
    LONG,
    LOVELACE,
    Case,
    Opening,
    accepted,
    agreed,
    applied,
    applying,
    consenting,
    deciding,
    declined,
    delivered,
    inviting,
    newest,
    offered,
    on,
    paid,
    person,
    plain,
    running,
    sent,
    taken_back,
)
from tests.ui.forms.cases_inbox import INBOX_CASES
from tests.ui.forms.cases_letters import LETTER_CASES
from tests.ui.forms.cases_mail import MAIL_CASES
from tests.ui.forms.cases_people import PEOPLE_CASES
from tests.ui.forms.cases_returned import RETURNED_CASES
from tests.ui.forms.cases_stages import STAGE_CASES
from tests.ui.forms.cases_words import WORD_CASES
from tests.ui.forms.cases_work import WORK_CASES

__all__ = ["CASES", "Case", "Opening", "newest"]

_OTHERS = INBOX_CASES | MAIL_CASES | PEOPLE_CASES | RETURNED_CASES | STAGE_CASES | WORD_CASES | WORK_CASES
_OTHERS |= LETTER_CASES
CASES: dict[str, Case] = _OTHERS | {
    "candidate": Case(
        plain("candidates"),
        {"first_name": "Zoë", "last_name": "Ångström", "emails": "zoe@uic.example.edu", "hours_a_week": "12",
         "graduates_on": "May 2028", "skills": [("Writing", "Level 3")]},
        "candidates",
        {"first_name": "Zoë", "last_name": "Ångström"},
        ({"first_name": "Zoë", "emails": "zoe at uic"}, "emails", "is no e-mail address"),
        "last_name",
    ),
    "school": Case(
        plain("schools"),
        {"name": "Northfield College", "city": "Evanston", "email": "office@northfield.example.edu"},
        "schools",
        {"name": "Northfield College", "city": "Evanston"},
        ({"name": "Northfield", "email": "office at northfield"}, "email", "is no e-mail address"),
        "city",
    ),
    "employer": Case(
        plain("employers"),
        {"city": "Chicago", "pay_floor": "20", "head_count": "9"},
        "employers",
        {"city": "Chicago", "pay_floor": 2000},
        ({"email": "nobody"}, "email", "is no e-mail address"),
        "city",
    ),
    "colleague": Case(
        plain("colleagues"),
        {"name": "Devin Castellanos", "role": "Rater", "hours_a_week": "3"},
        "colleagues",
        {"name": "Devin Castellanos", "role": "rater"},
        ({"name": "Maria Keller"}, "name", "There is a colleague of this name already"),
        "name",
    ),
    "project": Case(
        plain("projects"),
        {"title": "Inventory labels", "estimated_hours": "18", "fee": "$400", "kick_off_on": "14 Dec",
         "due_on": "8 Jan 2027", "milestones": [("Labels for 200 shelves", "4 Jan 2027")]},
        "projects",
        {"title": "Inventory labels", "fee": 40000, "kick_off_on": date(2026, 12, 14)},
        ({"title": "Labels", "kick_off_on": "14 Dec", "due_on": "7 Dec"}, "due_on", "kick-off"),
        "title",
    ),
    "rubric": Case(
        on("rubrics", "project_id", made.project),
        {"name": "For careful people"},
        "rubrics",
        {"name": "For careful people"},
        ({"name": LONG}, "name", "characters"),
        "name",
    ),
    "own rubric": Case(
        on("own_rubrics", "row_id", lambda _store: "general"),
        {"name": "For careful people"},
        "templates",
        {"name": "For careful people", "kind": "rubric"},
        ({"name": "Teamwork"}, "name", "already"),
        "name",
    ),
    "application": Case(
        Opening("applications", applying),
        {"source": "Campus office"},
        "applications",
        {"source": "Campus office", "status": "applied", "applied_on": TODAY},
        ({"applied_on": "24 Dec 2026"}, "applied_on", "still to come"),
        "source",
    ),
    "invitation": Case(
        Opening("invitation", inviting), {"on": "20 Nov", "then": "Nothing: they know already"},
        "applications", {"status": "invited"},
        ({"on": "soon"}, "on", "Type a day"), save="Record the invitation",
    ),
    "not selected": Case(
        on("declining", "project_id", deciding),
        {"more": "Others named their steps.", "hold_days": "3", "keep_in_touch": "Yes: ask them again another time"},
        "applications",
        {"status": "not_selected"},
        ({"more": "x" * 20_001}, "reason", "characters"),
        "more", save="Not selected",
    ),
    "tell": Case(
        on("telling", "project_id", declined),
        {"subject": "Your application"}, "touches", {"subject": "Your application", "kind": "mail"},
        ({"subject": "Hi {who}"}, "subject", "no field"), save="It went: log it",
    ),
    "take back": Case(
        Opening("taking_back", taken_back), {}, "applications", {"status": "applied"}, None, save="Take it back",
    ),
    "offer": Case(
        on("offers", "application_id", applied),
        {"hours": "14", "fee": "420", "note": "We would love to have you."},
        "offers",
        {"hours": 14, "fee": 42000, "status": "drafted"},
        ({"fee": "0"}, "fee", "above 0"),
        "note",
    ),
    "offer sent": Case(
        on("offer_sent", "offer_id", offered), {"on": "22 Nov"}, "offers", {"status": "sent"},
        (FUTURE, "on", "still to come"), save="Mark as sent",
    ),
    "offer answered": Case(
        on("offer_answered", "offer_id", sent, verb="decline"), {"reason": "Exams."}, "offers",
        {"status": "declined"}, (FUTURE, "on", "still to come"), "reason", save="Record it",
    ),
    "acceptance": Case(
        on("acceptance", "engagement_id", delivered), {"verdict": "As agreed"}, "engagements",
        {"status": "accepted"}, ({"supervision": "6001"}, "supervision", "from 0 to 6,000"), save="Accept the work",
    ),
    "sent back": Case(
        on("give_back", "engagement_id", delivered), {"why": "The last column is missing."}, "engagements",
        {"status": "running"}, ({"why": ""}, "why", ""), "why", save="Send back",
    ),
    "ended early": Case(
        on("end_early", "engagement_id", running), {"why": "Illness", "fee_due": "100"}, "engagements",
        {"status": "ended_early"}, ({"why": "Illness", "fee_due": "some"}, "fee_due", "Type an amount"), "why",
        save="End the engagement",
    ),
    "did not show": Case(
        on("no_show", "engagement_id", agreed), {"why": "No answer to three calls."}, "engagements",
        {"status": "did_not_show"}, (FUTURE, "on", ""), "why", save="Record it",
    ),
    "payment": Case(
        on("payments", "engagement_id", accepted), {"amount": "100", "reference": "No. 17"}, "payments",
        {"amount": 10000, "reference": "No. 17"}, ({"paid_on": "24 Dec 2026"}, "paid_on", "still to come"),
        "reference", save="Record the payment",
    ),
    "payment for whom": Case(
        Opening("payments", lambda store: {"candidate": accepted(store)[:0]}),
        {"engagement_id": LOVELACE, "amount": "100"}, "payments", {"amount": 10000},
        ({"amount": "100"}, "engagement_id", "Choose whose work"), "reference", save="Record the payment",
    ),
    "payment corrected": Case(
        on("payments", "row_id", paid), {"amount": "120", "reference": "No. 18"}, "payments",
        {"amount": 12000, "reference": "No. 18"}, ({"reference": "123-45-6789"}, "reference", "tax number"),
        "reference",
    ),
    "payment removed": Case(
        on("payment_removal", "payment_id", paid), {"reason": "Recorded twice"}, "engagements",
        {"status": "accepted"}, ({}, "reason", "recorded twice"), "reason", save="Remove it",
    ),
    "fee and instalments": Case(
        on("instalments", "engagement_id", agreed), {"how": "Half at the kick-off, half on acceptance"}, "instalments",
        {"amount": 18000, "position": 0}, ({"fee": "0"}, "fee", "above 0"),
    ),
    "threshold": Case(
        Opening("thresholds", lambda _store: {"year": 2027}), {"amount": "2050"}, "thresholds",
        {"year": 2027, "amount": 205000}, ({"year": "2090"}, "year", "no year"),
    ),
    "payee": Case(
        on("payees", "candidate_id", person), {"worker_type_why": "Own tools, own hours", "w9_received_on": "20 Nov"},
        "payees", {"worker_type_why": "Own tools, own hours"},
        ({"worker_type_why": "Own tools", "w9_received_on": "24 Dec 2026"}, "w9_received_on", "still to come"),
        "worker_type_why",
    ),
    "contact": Case(
        on("touches", "candidate_id", person), {"text": "Asked about the spring"}, "touches",
        {"text": "Asked about the spring"}, ({"on": "sometime"}, "on", "Type a day"), "text", save="Log it",
    ),
    "planned contact": Case(
        on("touches", "candidate_id", person, planned=True), {"on": "1 Dec", "text": "Ask about the spring"}, "touches",
        {"text": "Ask about the spring"}, ({"on": "20 Nov", "text": "Ask"}, "on", "today or a later day"), "text",
        save="Plan it",
    ),
    "kept in touch": Case(
        on("pool_entries", "candidate_id", person), {"rank": "2", "of_count": "11", "note": "Careful"}, "pool_entries",
        {"rank": 2, "of_count": 11}, ({"rank": "12", "of_count": "11"}, "rank", "cannot be"), "note",
        save="Keep in touch",
    ),
    "what followed": Case(
        on("outcomes", "candidate_id", person), {"place": "Chicago", "salary": "52,000"}, "outcomes",
        {"place": "Chicago", "salary": 5200000}, ({"accepted_on": "1 Nov"}, "accepted_on", "before it was offered"),
        "place", save="Record it",
    ),
    "consent": Case(
        Opening("consents", consenting), {"purpose": "Their record"}, "consents", {"purpose": "Their record"},
        ({"until": "1 Nov"}, "until", "before it was signed"), "purpose", save="Record the consent",
    ),
    "view on work": Case(
        on("evaluations", "engagement_id", delivered, candidate="Ada Lovelace"),
        {"overall": "3", "comment": "On time, and careful."}, "evaluations", {"comment": "On time, and careful."},
        ({"overall": "3", "evidence.Communication": "Wrote well."}, marks_field("Communication"), "Choose the level"),
        "comment",
    ),
    "student's view": Case(
        on("fit_reviews", "engagement_id", delivered, candidate="Ada Lovelace"),
        {"overall": "4", "reflection": "I learned to ask."}, "fit_reviews", {},
        ({"overall": "4", "received_on": "24 Dec 2026"}, "received_on", "still to come"), "reflection", save="Enter it",
    ),
    "cancelled": Case(
        on("project_cancelled", "project_id", made.project), {"reason": "No time to supervise."}, "projects",
        {"status": "cancelled"}, None, "reason", save="Cancel the project",
    ),
    "fit check": Case(
        on("fit_check", "project_id", made.project), {"end": "Yes: one day it is done", "kind": "Tutoring"}, "projects",
        {"fit_check": {"on": TODAY.isoformat(), "answers": {"end": "yes", "kind": "tutoring"}}},
        ({}, "end", "Answer at least one"), save="Keep the answers",
    ),
    "template": Case(
        plain("templates"),
        {"name": "Window display", "title": "A window for spring", "hours": "10", "fee": "$220.50", "days": "11",
         "milestones": [("Two sketches", "4"), ("One window", "11")], "questions": [("What goes first?", "8")]},
        "templates", {"name": "Window display", "hidden": False},
        ({"title": "A window", "days": "5", "milestones": [("One window", "11")]}, "milestones", "day 5"), "outcome",
    ),
    "template in own words": Case(
        Opening("templates", lambda _store: {"row_id": "list-clean-up"}), {"title": "Tidy the addresses"}, "templates",
        {"key": "list-clean-up", "name": "List clean-up"}, ({"title": " "}, "title", "Give the project a title"),
        "why_it_matters",
    ),
    "template of a project": Case(
        on("templates", "from_project", made.project), {"name": "Mailing list"}, "templates", {"name": "Mailing list"},
        ({"name": "LIST clean-up"}, "name", "There is a template"), "name",
    ),
    "program": Case(
        plain("programs"),
        {"name": "Spring 2027", "starts_on": "4 Jan 2027", "ends_on": "28 May 2027", "goal_projects": "6"}, "programs",
        {"name": "Spring 2027", "goal_projects": 6},
        ({"name": "Spring", "starts_on": "4 Jan 2027", "ends_on": "1 Dec 2026"}, "ends_on", "before the first"), "name",
    ),
    "next program": Case(
        Opening("roll_over", lambda _store: {"year": TODAY.year}), {"goal_schools": "9"}, "programs",
        {"name": "2027", "goal_schools": 9}, ({"goal_early_percent": "300"}, "goal_early_percent", "from 1 to 100"),
        "name", save="Roll over",
    ),
    "called off": Case(
        on("call_off", "engagement_id", agreed), {"why": "The client left."}, "engagements", {"status": "cancelled"},
        ({"why": ""}, "why", ""), "why", save="Call it off",
    ),
}  # fmt: skip
