"""From a to-do to a project: the brief with its milestones, questions and skills."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.model.base import Cents, Row, Strings, refers_to


class ToDo(Row):
    """A line in the inbox. Open until it is done by oneself or became a project.

    One that repeats is followed by the next when it is done: every `repeat_months` months, counted from `repeat_from`.
    """

    __tablename__ = "to_dos"

    text: Mapped[str]
    captured_on: Mapped[date]
    due_on: Mapped[date | None]
    snoozed_until: Mapped[date | None]
    repeat_months: Mapped[int | None]
    repeat_from: Mapped[date | None]
    done_on: Mapped[date | None]
    project_id: Mapped[str | None] = refers_to("projects")


class Program(Row):
    """A named span with goals; a project of no program belongs to its calendar year."""

    __tablename__ = "programs"

    name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    goal_budget: Mapped[Cents | None]
    goal_projects: Mapped[int | None]
    goal_schools: Mapped[int | None]
    goal_early_percent: Mapped[int | None]
    previous_id: Mapped[str | None] = refers_to("programs")
    """The program that was rolled over into this one."""


class Project(Row):
    """One micro-internship. `status` is what is set by hand (core.states.PROJECT); the rest is derived.

    `location_mode`: remote, on_site, mixed. `funding`: employer, campus_grant. Pay per hour is derived.
    """

    __tablename__ = "projects"

    number: Mapped[int] = mapped_column(unique=True)
    status: Mapped[str] = mapped_column(default="draft", index=True)
    title: Mapped[str]
    category: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    why_it_matters: Mapped[str] = mapped_column(default="")
    learning_objectives: Mapped[Strings] = mapped_column(default=list)
    estimated_hours: Mapped[int] = mapped_column(default=0)
    fee: Mapped[Cents] = mapped_column(default=0)
    currency: Mapped[str] = mapped_column(default="USD")
    opened_on: Mapped[date | None]
    apply_by: Mapped[date | None]
    kick_off_on: Mapped[date | None] = mapped_column(index=True)
    due_on: Mapped[date | None]
    due_flexible: Mapped[bool] = mapped_column(default=True)
    any_hours: Mapped[bool] = mapped_column(default=True)
    location_mode: Mapped[str] = mapped_column(default="remote")
    place: Mapped[str] = mapped_column(default="")
    tools: Mapped[str] = mapped_column(default="")
    competencies: Mapped[Strings] = mapped_column(default=list)
    openings: Mapped[int] = mapped_column(default=1)
    supervisor_id: Mapped[str | None] = refers_to("colleagues")
    confidentiality: Mapped[str] = mapped_column(default="")
    ownership: Mapped[str] = mapped_column(default="")
    ai_policy: Mapped[str] = mapped_column(default="")
    funding: Mapped[str] = mapped_column(default="employer")
    eligibility: Mapped[str] = mapped_column(default="")
    cancelled_on: Mapped[date | None]
    cancelled_why: Mapped[str] = mapped_column(default="")
    program_id: Mapped[str | None] = refers_to("programs")
    template_key: Mapped[str] = mapped_column(default="", index=True)
    template_name: Mapped[str] = mapped_column(default="")
    """What it was begun from, in words that stay when the template is gone."""
    fit_check: Mapped[dict[str, Any] | None]
    """Project or an ongoing job? The answers by question, as they were given."""


class Template(Row):
    """Something to start from: one of one's own, or one's own wording of a ready-made one of the same `key`.

    `kind`: project, message, rubric, letter, term, formats. `body`: as the readable files in resources have it.
    `hidden`: a ready-made one that is not wanted.
    """

    __tablename__ = "templates"
    __table_args__ = (UniqueConstraint("key"),)

    kind: Mapped[str] = mapped_column(default="project")
    key: Mapped[str]
    name: Mapped[str]
    body: Mapped[dict[str, Any]]
    hidden: Mapped[bool] = mapped_column(default=False)


class Milestone(Row):
    """A dated part of a project's deliverables."""

    __tablename__ = "milestones"

    project_id: Mapped[str] = refers_to("projects")
    position: Mapped[int]
    text: Mapped[str]
    due_on: Mapped[date | None]


class Question(Row):
    """A work-sample question to applicants; `minutes` is what an answer takes."""

    __tablename__ = "questions"

    project_id: Mapped[str] = refers_to("projects")
    position: Mapped[int]
    text: Mapped[str]
    minutes: Mapped[int] = mapped_column(default=10)
    required: Mapped[bool] = mapped_column(default=True)


class Skill(Row):
    __tablename__ = "skills"

    name: Mapped[str] = mapped_column(unique=True)


class ProjectSkill(Row):
    __tablename__ = "project_skills"

    project_id: Mapped[str] = refers_to("projects")
    skill_id: Mapped[str] = refers_to("skills")
