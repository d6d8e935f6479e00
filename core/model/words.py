"""Closed lists of values that columns hold, with the words people read."""

from __future__ import annotations

COMPETENCIES = (
    "Career & Self-Development",
    "Communication",
    "Critical Thinking",
    "Equity & Inclusion",
    "Leadership",
    "Professionalism",
    "Teamwork",
    "Technology",
)
"""NACE's eight career readiness competencies; the names are NACE's, the wording of levels is ours."""

LEVELS = ("Emerging Knowledge", "Understanding", "Early Application", "Advanced Application")

PROJECT_PHASES = {
    "draft": "Draft",
    "open": "Open",
    "closed_for_applications": "Closed for applications",
    "selecting": "Selecting",
    "running": "Running",
    "review": "In review",
    "closed": "Closed",
    "cancelled": "Cancelled",
}
APPLICATION_STATES = {
    "invited": "Invited",
    "applied": "Applied",
    "shortlisted": "Shortlisted",
    "not_selected": "Not selected",
    "withdrawn": "Withdrawn",
}
OFFER_STATES = {
    "drafted": "Drafted",
    "sent": "Sent",
    "accepted": "Accepted",
    "declined": "Declined",
    "withdrawn": "Withdrawn",
    "expired": "Expired",
}
ENGAGEMENT_STATES = {
    "agreed": "Agreed",
    "running": "Running",
    "delivered": "Delivered",
    "accepted": "Accepted",
    "ended_early": "Ended early",
    "did_not_show": "Did not show up",
    "cancelled": "Cancelled",
}
POOL_REASONS = {
    "near_miss_intern": "Just missed the internship",
    "past_micro_intern": "Past micro-intern",
    "fair": "Met at a fair",
    "referred": "Referred",
    "declined_us": "Declined us",
    "applied": "Applied before",
    "other": "Other",
}
TOUCH_KINDS = {
    "call": "Call",
    "mail": "Mail",
    "meeting": "Meeting",
    "invitation": "Invitation",
    "fair": "Met at a fair",
    "note": "Note",
}
OUTCOME_KINDS = {
    "project": "Another project",
    "internship": "Internship",
    "part_time": "Part-time job",
    "full_time": "Full-time job",
}
PAY_METHODS = {
    "check": "Check",
    "transfer": "Bank transfer",
    "payroll": "Payroll",
    "cash": "Cash",
    "other": "Other",
}
PAID_FROM = {"employer": "Employer", "campus_grant": "Campus grant"}
WORKER_TYPES = {"w2": "W-2 employee", "contractor": "Contractor"}
AUTHORISATION_KINDS = {
    "not_needed": "None needed",
    "cpt": "CPT",
    "opt": "OPT",
    "stem_opt": "STEM OPT",
    "other": "Other",
}
LOCATION_MODES = {"remote": "Remote", "on_site": "On site", "mixed": "Mixed"}
FUNDING = {"employer": "Employer", "campus_grant": "Campus grant"}
VERDICTS = {
    "exceeded": "Beyond what was agreed",
    "met": "As agreed",
    "met_after_changes": "As agreed, after changes",
}
CLASS_YEARS = {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 5: "5th"}
CATEGORIES = (
    "Marketing",
    "Research",
    "Data",
    "Operations",
    "Finance",
    "Web",
    "Design",
    "Writing",
    "Events",
    "People",
    "Customer care",
)
LANGUAGE_LEVELS = {"basic": "Basic", "good": "Good", "fluent": "Fluent", "native": "Native"}
YES_NO = {"yes": "Yes", "no": "No"}
FIELD_KINDS = {
    "text": "Text",
    "number": "Number",
    "day": "Date",
    "yes_no": "Yes or no",
    "choice": "One of a list",
}
STAGED = ("applied", "shortlisted")
"""What one's own stages of a project can subdivide."""
DAY_PARTS = ("morning", "afternoon", "evening", "night")
EVALUATION_OCCASIONS = {"mid": "Half-way", "end": "At the end"}
FORM_KINDS = {
    "application": "Application",
    "availability": "Availability",
    "mid_check": "Half-way check",
    "fit_review": "Fit review",
    "consent": "Consent to share",
    "self_identification": "Voluntary self-identification",
    "rater_pack": "Rater’s pack",
    "letter": "Signed letter",
}
SELF_IDENTIFICATION = {
    "gender": ("Gender", ("Woman", "Man", "Non-binary or another")),
    "ethnicity": (
        "Race or ethnicity",
        (
            "Hispanic or Latino",
            "White",
            "Black or African American",
            "Asian",
            "American Indian or Alaska Native",
            "Native Hawaiian or other Pacific Islander",
            "Two or more",
        ),
    ),
    "first_generation": ("First in the family at college", ("Yes", "No")),
    "disability": ("Disability", ("Yes", "No")),
}
"""Key to (words, answers). Groups of 29 CFR 1602 and 1607.4B, and the two that programs of early talent ask for."""

FORMATS = "formats"
"""The kind and the key of the row of templates that says how the employer writes days, money and numbers."""
