"""What is stored: one file a subject, SQLAlchemy 2 typed; no rules beyond a row's own columns."""

from __future__ import annotations

from core.model.application import Answer, Application, ApplicationMove, Offer, ProjectStage
from core.model.base import Base, Row
from core.model.candidate import (
    Accommodation,
    Blackout,
    Candidate,
    CandidateEmail,
    CandidateLanguage,
    CandidateSkill,
    DifferentPeople,
    Enrolment,
)
from core.model.contact import Consent, Disclosure, Outcome, PoolEntry, Touch, TouchPlan
from core.model.document import Document, DocumentBody, DocumentText
from core.model.employer import Colleague, Employer, Threshold
from core.model.engagement import (
    CheckIn,
    Delivery,
    Engagement,
    Extension,
    HourEntry,
    Instalment,
    MilestoneDone,
    Payee,
    Payment,
    WorkAuthorisation,
)
from core.model.evaluation import (
    CompetencyMark,
    Criterion,
    EarlierEvaluation,
    Evaluation,
    FitReview,
    MidCheck,
    Rubric,
    Score,
    SelfIdentification,
)
from core.model.form import Form, FormReturn
from core.model.history import Change, ChangeRow, Draft, ImportLayout, KeptView
from core.model.listing import CandidateTag, CustomField, CustomValue, SavedList, Tag
from core.model.project import Milestone, Program, Project, ProjectSkill, Question, Skill, Template, ToDo
from core.model.school import School, SchoolContact, SchoolPeriod

NOUNS: dict[str, type[Row]] = {
    mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Row)
}
"""Table name to class: all that a change may touch."""

__all__ = [
    "NOUNS",
    "Accommodation",
    "Answer",
    "Application",
    "ApplicationMove",
    "Base",
    "Blackout",
    "Candidate",
    "CandidateEmail",
    "CandidateLanguage",
    "CandidateSkill",
    "CandidateTag",
    "Change",
    "ChangeRow",
    "CheckIn",
    "Colleague",
    "CompetencyMark",
    "Consent",
    "Criterion",
    "CustomField",
    "CustomValue",
    "Delivery",
    "DifferentPeople",
    "Disclosure",
    "Document",
    "DocumentBody",
    "DocumentText",
    "Draft",
    "EarlierEvaluation",
    "Employer",
    "Engagement",
    "Enrolment",
    "Evaluation",
    "Extension",
    "FitReview",
    "Form",
    "FormReturn",
    "HourEntry",
    "ImportLayout",
    "Instalment",
    "KeptView",
    "MidCheck",
    "Milestone",
    "MilestoneDone",
    "Offer",
    "Outcome",
    "Payee",
    "Payment",
    "PoolEntry",
    "Program",
    "Project",
    "ProjectSkill",
    "ProjectStage",
    "Question",
    "Row",
    "Rubric",
    "SavedList",
    "School",
    "SchoolContact",
    "SchoolPeriod",
    "Score",
    "SelfIdentification",
    "Skill",
    "Tag",
    "Template",
    "Threshold",
    "ToDo",
    "Touch",
    "TouchPlan",
    "WorkAuthorisation",
]
