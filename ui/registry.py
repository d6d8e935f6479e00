"""Which form a noun or a step opens: the one list that joins names to forms, so that places know none of them."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from ui.context import Context
from ui.forms.base import NounForm

_FORMS = {
    "candidates": "candidate:CandidateForm",
    "schools": "school:SchoolForm",
    "employers": "employer:EmployerForm",
    "projects": "project:ProjectForm",
    "rubrics": "rubric:RubricForm",
    "own_rubrics": "rubric:OwnRubricForm",
    "fit_check": "fit_check:FitCheckForm",
    "templates": "template:TemplateForm",
    "project_opening": "status:opening",
    "project_cancelled": "status:cancelling",
    "reveal": "status:reveal",
    "call_off": "status:call_off",
    "applications": "selecting:ApplicationForm",
    "offers": "selecting:OfferForm",
    "invitation": "selecting:invitation",
    "declining": "declining:decline",
    "telling": "declining:telling",
    "taking_back": "declining:taking_back",
    "offer_sent": "selecting:sent",
    "offer_answered": "selecting:answered",
    "kick_off": "kick_off:kick_off",
    "delivery": "working:delivery",
    "acceptance": "working:acceptance",
    "give_back": "working:give_back",
    "end_early": "working:end_early",
    "no_show": "working:no_show",
    "hours": "work_time:hours",
    "extension": "work_time:extension",
    "extension_answer": "work_time:answer",
    "check_ins": "work_time:check_in",
    "check_in_plan": "work_time:check_in_plan",
    "kick_off_plan": "kick_off:plan",
    "kick_off_message": "kick_off:message",
    "authorisations": "kick_off:authorisation",
    "documents": "working:files",
    "payments": "paying:PaymentForm",
    "payment_removal": "paying:removal",
    "instalments": "paying:FeeForm",
    "payees": "paying:payee",
    "thresholds": "paying:threshold",
    "bookkeeping": "bookkeeping:BookForm",
    "many_letters": "many_letters:ManyLettersForm",
    "letter": "letter:LetterForm",
    "letter_text": "letter_text:LetterTextForm",
    "letter_term": "letter_text:term",
    "letter_texts": "letter_text:shelf",
    "letter_signed": "letter_signed:signed",
    "touches": "keeping:touch",
    "pool_entries": "keeping:pool",
    "touch_plans": "keeping:plans",
    "outcomes": "keeping:outcome",
    "consents": "keeping:consent",
    "accommodations": "accommodation:accommodation",
    "self_identification": "self_identification:AnswersForm",
    "colleagues": "keeping:colleague",
    "to_dos": "to_do:CaptureForm",
    "to_do": "to_do:edit",
    "to_do_later": "to_do:later",
    "evaluations": "evaluating:WorkEvaluationForm",
    "second_thoughts": "second_thoughts:second_thoughts",
    "fit_reviews": "evaluating:fit_review",
    "mid_checks": "evaluating:mid_check",
    "reviews_day": "evaluating:reviews_day",
    "programs": "program:program",
    "roll_over": "program:roll_over",
    "tags": "own_words:tag",
    "message": "message:MessageForm",
    "message_template": "message:template",
    "who_fits": "matching:WhoFitsForm",
    "what_fits": "matching:WhatFitsForm",
    "match_weights": "matching:weigh",
    "bulk_tag": "bulk:tag",
    "bulk_invite": "bulk:invite",
    "bulk_touch": "bulk:touch",
    "bulk_stage": "bulk:stage",
    "bulk_letters": "bulk_letters:BulkLettersForm",
    "bulk_export": "bulk:export",
    "custom_fields": "own_words:custom_field",
    "project_stages": "stages:StagesForm",
    "application_for": "stages:application_for",
    "list_filter": "lists:FilterForm",
    "list_columns": "lists:columns_form",
    "saved_lists": "lists:saved_list",
    "import": "importing:ImportForm",
    "applying": "applying:ApplyingForm",
    "returned": "returned:ReturnedForm",
    "merge": "merging:MergeForm",
}


def names() -> list[str]:
    return list(_FORMS)


def make(context: Context, name: str, row_id: str | None = None, **values: object) -> NounForm:
    """The form is imported when it is first opened: the desk's start pays for none."""
    module, _, maker = _FORMS[name].partition(":")
    build = cast("Callable[..., NounForm]", getattr(import_module(f"ui.forms.{module}"), maker))
    if row_id is not None:
        values["row_id"] = row_id
    return build(context, **values)
