"""What is stored: one file a subject, SQLAlchemy 2 typed; no rules beyond a row's own columns."""

from __future__ import annotations

from core.model.application import Answer, Application, Offer
from core.model.base import Base, Row
from core.model.candidate import Blackout, Candidate, CandidateEmail, CandidateSkill, Enrolment
from core.model.contact import Consent, Disclosure, Outcome, PoolEntry, Touch
from core.model.document import Document, DocumentBody
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
from core.model.evaluation import CompetencyMark, Criterion, Evaluation, FitReview, Rubric, Score
from core.model.history import Change, ChangeRow, Draft, KeptView
from core.model.project import Milestone, Program, Project, ProjectSkill, Question, Skill, Template, ToDo
from core.model.school import School, SchoolContact, SchoolPeriod

NOUNS: dict[str, type[Row]] = {
    mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Row)
}
"""Table name to class: all that a change may touch."""

__all__ = [
    "NOUNS",
    "Answer",
    "Application",
    "Base",
    "Blackout",
    "Candidate",
    "CandidateEmail",
    "CandidateSkill",
    "Change",
    "ChangeRow",
    "CheckIn",
    "Colleague",
    "CompetencyMark",
    "Consent",
    "Criterion",
    "Delivery",
    "Disclosure",
    "Document",
    "DocumentBody",
    "Draft",
    "Employer",
    "Engagement",
    "Enrolment",
    "Evaluation",
    "Extension",
    "FitReview",
    "HourEntry",
    "Instalment",
    "KeptView",
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
    "Question",
    "Row",
    "Rubric",
    "School",
    "SchoolContact",
    "SchoolPeriod",
    "Score",
    "Skill",
    "Template",
    "Threshold",
    "ToDo",
    "Touch",
    "WorkAuthorisation",
]
