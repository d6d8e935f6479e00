"""What a change did: a key in the file, words when read. No name stands in it, so forgetting someone leaves none."""

from __future__ import annotations

from enum import StrEnum

from core.errors import UserError
from core.text import in_digits

REASON_LIMIT = 20_000


def bounded(reason: str) -> str:
    """A change's reason as it is kept with the label; UserError where it is too long to be one."""
    if len(reason) > REASON_LIMIT:
        raise UserError(
            f"The reason has {in_digits(len(reason))} characters; at most "
            f"{in_digits(REASON_LIMIT)} fit. Please shorten it."
        )
    return reason


class Label(StrEnum):
    STORE_MADE = "store_made"
    SAMPLE_MADE = "sample_made"
    EMPLOYER_CHANGED = "employer_changed"
    COLLEAGUE_ADDED = "colleague_added"
    COLLEAGUE_CHANGED = "colleague_changed"
    THRESHOLD_CHANGED = "threshold_changed"
    TODO_CAPTURED = "todo_captured"
    TODO_CHANGED = "todo_changed"
    TODO_DONE = "todo_done"
    TODOS_IMPORTED = "todos_imported"
    TODO_REMOVED = "todo_removed"
    TODO_MADE_PROJECT = "todo_made_project"
    PROJECT_ADDED = "project_added"
    PROJECT_CHANGED = "project_changed"
    PROJECT_OPENED = "project_opened"
    PROJECT_MOVED = "project_moved"
    PROJECT_CANCELLED = "project_cancelled"
    PROJECT_COPIED = "project_copied"
    PROJECT_RESCHEDULED = "project_rescheduled"
    FIT_CHECKED = "fit_checked"
    TEMPLATE_ADDED = "template_added"
    TEMPLATE_CHANGED = "template_changed"
    TEMPLATE_REMOVED = "template_removed"
    PROGRAM_ADDED = "program_added"
    PROGRAM_CHANGED = "program_changed"
    PROGRAM_REMOVED = "program_removed"
    PROGRAM_ROLLED_OVER = "program_rolled_over"
    RUBRIC_CHANGED = "rubric_changed"
    SCHOOL_ADDED = "school_added"
    SCHOOL_CHANGED = "school_changed"
    CANDIDATE_ADDED = "candidate_added"
    CANDIDATE_CHANGED = "candidate_changed"
    CANDIDATE_REMOVED = "candidate_removed"
    CANDIDATES_IMPORTED = "candidates_imported"
    RECORDS_IMPORTED = "records_imported"
    CANDIDATE_INVITED = "candidate_invited"
    APPLICATION_ADDED = "application_added"
    APPLICATION_CHANGED = "application_changed"
    APPLICATION_MOVED = "application_moved"
    SCORES_GIVEN = "scores_given"
    EVALUATION_SUBMITTED = "evaluation_submitted"
    NAMES_REVEALED = "names_revealed"
    WORK_EVALUATED = "work_evaluated"
    FIT_REVIEW_ENTERED = "fit_review_entered"
    OFFER_DRAFTED = "offer_drafted"
    OFFER_CHANGED = "offer_changed"
    OFFER_SENT = "offer_sent"
    OFFER_ACCEPTED = "offer_accepted"
    OFFER_DECLINED = "offer_declined"
    OFFER_WITHDRAWN = "offer_withdrawn"
    KICK_OFF_PREPARED = "kick_off_prepared"
    AUTHORISATION_CHANGED = "authorisation_changed"
    WORK_STARTED = "work_started"
    WORK_DELIVERED = "work_delivered"
    WORK_ACCEPTED = "work_accepted"
    WORK_RETURNED = "work_returned"
    WORK_ENDED = "work_ended"
    HOURS_LOGGED = "hours_logged"
    EXTENSION_ASKED = "extension_asked"
    EXTENSION_ANSWERED = "extension_answered"
    CHECK_IN_PLANNED = "check_in_planned"
    CHECK_IN_HELD = "check_in_held"
    MILESTONE_DONE = "milestone_done"
    MILESTONE_REOPENED = "milestone_reopened"
    DOCUMENT_ADDED = "document_added"
    DOCUMENT_REMOVED = "document_removed"
    DOCUMENT_CHANGED = "document_changed"
    PAYMENT_RECORDED = "payment_recorded"
    PAYMENT_CHANGED = "payment_changed"
    PAYMENT_REMOVED = "payment_removed"
    INSTALMENTS_CHANGED = "instalments_changed"
    PAYEE_CHANGED = "payee_changed"
    TOUCH_ADDED = "touch_added"
    TOUCH_PLANNED = "touch_planned"
    POOL_ENTERED = "pool_entered"
    POOL_LEFT = "pool_left"
    OUTCOME_ADDED = "outcome_added"
    CONSENT_ADDED = "consent_added"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    CANDIDATES_MERGED = "candidates_merged"
    TOLD_APART = "told_apart"
    ACCOMMODATION_CHANGED = "accommodation_changed"
    TAGS_CHANGED = "tags_changed"
    CUSTOM_FIELDS_CHANGED = "custom_fields_changed"
    LIST_SAVED = "list_saved"
    LIST_REMOVED = "list_removed"
    STAGES_CHANGED = "stages_changed"
    STAGE_MOVED = "stage_moved"
    APPLICATIONS_DECIDED = "applications_decided"
    APPLICANTS_TOLD = "applicants_told"
    TOUCH_CHANGED = "touch_changed"
    TOUCH_REMOVED = "touch_removed"
    TOUCHES_ADDED = "touches_added"
    TOUCH_PLAN_CHANGED = "touch_plan_changed"
    POOL_CHANGED = "pool_changed"
    CANDIDATES_INVITED = "candidates_invited"
    MESSAGE_CHANGED = "message_changed"
    MESSAGE_REMOVED = "message_removed"
    MATCH_WEIGHTS_CHANGED = "match_weights_changed"
    SCORES_REOPENED = "scores_reopened"
    REVIEWS_DAY_NAMED = "reviews_day_named"
    HALF_WAY_CHECK_ENTERED = "half_way_check_entered"
    FORMS_MADE = "forms_made"
    FORMS_TAKEN_IN = "forms_taken_in"
    SELF_IDENTIFICATION_CHANGED = "self_identification_changed"
    RUBRIC_TEMPLATE_CHANGED = "rubric_template_changed"
    RUBRIC_TEMPLATE_REMOVED = "rubric_template_removed"
    LETTER_MADE = "letter_made"
    LETTER_SIGNED = "letter_signed"
    LETTER_TEXT_CHANGED = "letter_text_changed"
    LETTER_TEXT_REMOVED = "letter_text_removed"
    UPGRADED = "upgraded"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Label.STORE_MADE: "Made the store",
    Label.SAMPLE_MADE: "Put the sample program in",
    Label.EMPLOYER_CHANGED: "Changed the employer’s details",
    Label.COLLEAGUE_ADDED: "Added a colleague",
    Label.COLLEAGUE_CHANGED: "Changed a colleague",
    Label.THRESHOLD_CHANGED: "Changed a yearly threshold",
    Label.TODO_CAPTURED: "Captured a to-do",
    Label.TODO_CHANGED: "Changed a to-do",
    Label.TODO_DONE: "Marked a to-do as done",
    Label.TODOS_IMPORTED: "Imported to-dos",
    Label.TODO_REMOVED: "Removed a to-do",
    Label.TODO_MADE_PROJECT: "Made a to-do a project",
    Label.PROJECT_ADDED: "Added a project",
    Label.PROJECT_CHANGED: "Changed a project",
    Label.PROJECT_OPENED: "Opened a project for applications",
    Label.PROJECT_MOVED: "Changed a project’s status",
    Label.PROJECT_CANCELLED: "Cancelled a project",
    Label.PROJECT_COPIED: "Copied a project",
    Label.PROJECT_RESCHEDULED: "Moved a project’s dates",
    Label.FIT_CHECKED: "Answered whether it is a project or a job",
    Label.TEMPLATE_ADDED: "Added a template",
    Label.TEMPLATE_CHANGED: "Changed a template",
    Label.TEMPLATE_REMOVED: "Removed a template",
    Label.PROGRAM_ADDED: "Added a program",
    Label.PROGRAM_CHANGED: "Changed a program",
    Label.PROGRAM_REMOVED: "Removed a program",
    Label.PROGRAM_ROLLED_OVER: "Rolled a program over",
    Label.RUBRIC_CHANGED: "Changed a rubric",
    Label.SCHOOL_ADDED: "Added a school",
    Label.SCHOOL_CHANGED: "Changed a school",
    Label.CANDIDATE_ADDED: "Added a candidate",
    Label.CANDIDATE_CHANGED: "Changed a candidate",
    Label.CANDIDATE_REMOVED: "Removed a candidate",
    Label.CANDIDATES_IMPORTED: "Imported candidates",
    Label.RECORDS_IMPORTED: "Imported records",
    Label.CANDIDATE_INVITED: "Invited a candidate to a project",
    Label.APPLICATION_ADDED: "Recorded an application",
    Label.APPLICATION_CHANGED: "Changed an application",
    Label.APPLICATION_MOVED: "Changed an application’s status",
    Label.SCORES_GIVEN: "Scored an application",
    Label.EVALUATION_SUBMITTED: "Handed in scores",
    Label.NAMES_REVEALED: "Revealed the names behind the codes",
    Label.WORK_EVALUATED: "Evaluated the work",
    Label.FIT_REVIEW_ENTERED: "Entered a student’s fit review",
    Label.OFFER_DRAFTED: "Drafted an offer",
    Label.OFFER_CHANGED: "Changed an offer",
    Label.OFFER_SENT: "Marked an offer as sent",
    Label.OFFER_ACCEPTED: "Recorded an accepted offer",
    Label.OFFER_DECLINED: "Recorded a declined offer",
    Label.OFFER_WITHDRAWN: "Withdrew an offer",
    Label.KICK_OFF_PREPARED: "Prepared a kick-off",
    Label.AUTHORISATION_CHANGED: "Changed a work authorisation",
    Label.WORK_STARTED: "Recorded the kick-off",
    Label.WORK_DELIVERED: "Recorded a delivery",
    Label.WORK_ACCEPTED: "Accepted delivered work",
    Label.WORK_RETURNED: "Sent delivered work back",
    Label.WORK_ENDED: "Ended an engagement",
    Label.HOURS_LOGGED: "Logged hours",
    Label.EXTENSION_ASKED: "Recorded a wish for more time",
    Label.EXTENSION_ANSWERED: "Answered a wish for more time",
    Label.CHECK_IN_PLANNED: "Planned a check-in",
    Label.CHECK_IN_HELD: "Recorded a check-in",
    Label.MILESTONE_DONE: "Completed a milestone",
    Label.MILESTONE_REOPENED: "Reopened a milestone",
    Label.DOCUMENT_ADDED: "Kept a file",
    Label.DOCUMENT_REMOVED: "Removed a file",
    Label.DOCUMENT_CHANGED: "Said which file is the résumé",
    Label.PAYMENT_RECORDED: "Recorded a payment",
    Label.PAYMENT_CHANGED: "Corrected a payment",
    Label.PAYMENT_REMOVED: "Removed a payment",
    Label.INSTALMENTS_CHANGED: "Changed when the fee is due",
    Label.PAYEE_CHANGED: "Changed how someone is paid",
    Label.TOUCH_ADDED: "Logged a contact",
    Label.TOUCH_PLANNED: "Planned a contact",
    Label.POOL_ENTERED: "Added someone to the pool",
    Label.POOL_LEFT: "Took someone out of the pool",
    Label.OUTCOME_ADDED: "Recorded what followed",
    Label.CONSENT_ADDED: "Recorded a consent",
    Label.CONSENT_WITHDRAWN: "Recorded a withdrawn consent",
    Label.CANDIDATES_MERGED: "Merged two candidates",
    Label.TOLD_APART: "Said that two are different people",
    Label.ACCOMMODATION_CHANGED: "Changed a private note on taking part",
    Label.TAGS_CHANGED: "Changed tags",
    Label.CUSTOM_FIELDS_CHANGED: "Changed fields of one’s own",
    Label.LIST_SAVED: "Saved a list",
    Label.LIST_REMOVED: "Removed a saved list",
    Label.STAGES_CHANGED: "Changed a project’s stages",
    Label.STAGE_MOVED: "Moved an application to another stage",
    Label.APPLICATIONS_DECIDED: "Decided on several applications",
    Label.APPLICANTS_TOLD: "Noted who was told",
    Label.TOUCH_CHANGED: "Changed a contact",
    Label.TOUCH_REMOVED: "Removed a contact",
    Label.TOUCHES_ADDED: "Noted contacts with several people",
    Label.TOUCH_PLAN_CHANGED: "Changed how often to be in touch",
    Label.POOL_CHANGED: "Changed who is kept in touch with",
    Label.CANDIDATES_INVITED: "Invited candidates to a project",
    Label.MESSAGE_CHANGED: "Changed a message template",
    Label.MESSAGE_REMOVED: "Removed a message template",
    Label.MATCH_WEIGHTS_CHANGED: "Changed what counts in a match",
    Label.SCORES_REOPENED: "Took scores up again",
    Label.REVIEWS_DAY_NAMED: "Named the day on which reviews open",
    Label.HALF_WAY_CHECK_ENTERED: "Entered a student’s half-way check",
    Label.FORMS_MADE: "Made forms to fill in",
    Label.FORMS_TAKEN_IN: "Took in returned forms",
    Label.SELF_IDENTIFICATION_CHANGED: "Entered voluntary answers",
    Label.RUBRIC_TEMPLATE_CHANGED: "Changed a rubric of one’s own",
    Label.RUBRIC_TEMPLATE_REMOVED: "Removed a rubric of one’s own",
    Label.LETTER_MADE: "Wrote a letter",
    Label.LETTER_SIGNED: "Kept a signed letter",
    Label.LETTER_TEXT_CHANGED: "Changed the text of a letter",
    Label.LETTER_TEXT_REMOVED: "Removed the text of a letter",
    Label.UPGRADED: "Upgraded the store",
}
