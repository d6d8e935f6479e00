"""The first schema."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

Columns = list[sa.Column[Any]]


def _columns(kind: Any, names: str, *, null: bool = False, index: bool = False) -> Columns:
    return [sa.Column(name, kind, nullable=null, index=index) for name in names.split()]


def text(names: str, *, null: bool = False, index: bool = False) -> Columns:
    return _columns(sa.Text(), names, null=null, index=index)


def whole(names: str, *, null: bool = False) -> Columns:
    return _columns(sa.Integer(), names, null=null)


def flag(names: str, *, null: bool = False) -> Columns:
    return _columns(sa.Boolean(), names, null=null)


def day(names: str, *, null: bool = False, index: bool = False) -> Columns:
    return _columns(sa.Date(), names, null=null, index=index)


def moment(names: str, *, null: bool = False, index: bool = False) -> Columns:
    return _columns(sa.String(32), names, null=null, index=index)


def listed(names: str, *, null: bool = False) -> Columns:
    return _columns(sa.JSON(), names, null=null)


def ref(name: str, table: str, *, null: bool = False) -> Columns:
    key = sa.ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
    return [sa.Column(name, sa.String(36), key, nullable=null, index=True)]


def noun(name: str, *columns: sa.Column[Any], unique: tuple[str, ...] = ()) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        *moment("created_at changed_at"),
        *columns,
        *(sa.UniqueConstraint(*names.split()) for names in unique),
    )


def upgrade() -> None:
    noun(
        "answers",
        *ref("application_id", "applications"),
        *ref("question_id", "questions"),
        *text("text"),
        unique=("application_id question_id",),
    )
    noun(
        "applications",
        *ref("project_id", "projects"),
        *ref("candidate_id", "candidates"),
        *ref("enrolment_id", "enrolments", null=True),
        *ref("revealed_by_id", "colleagues", null=True),
        *text("code decision_reason source"),
        *text("status", index=True),
        *day("invited_on applied_on decided_on", null=True),
        *whole("class_year", null=True),
        *moment("revealed_at", null=True),
        unique=(
            "project_id candidate_id",
            "project_id code",
        ),
    )
    noun(
        "blackouts",
        *ref("candidate_id", "candidates"),
        *day("starts_on ends_on"),
    )
    noun(
        "candidate_emails",
        *ref("candidate_id", "candidates"),
        *whole("position"),
        *text("address", index=True),
    )
    noun(
        "candidate_skills",
        *ref("candidate_id", "candidates"),
        *ref("skill_id", "skills"),
        *whole("level", null=True),
        *text("evidence"),
    )
    noun(
        "candidates",
        *whole("number"),
        *text("first_name nickname phone source notes free_grid"),
        *text("last_name", index=True),
        *listed("links"),
        *day("first_contact_on class_year_set_on", null=True),
        *whole("class_year_at_first_contact class_year_set hours_a_week", null=True),
        unique=("number",),
    )
    noun(
        "colleagues",
        *text("name email role"),
        *whole("hours_a_week", null=True),
        *day("left_on", null=True),
    )
    noun(
        "competency_marks",
        *ref("evaluation_id", "evaluations"),
        *text("competency evidence"),
        *whole("level"),
        unique=("evaluation_id competency",),
    )
    noun(
        "consents",
        *ref("candidate_id", "candidates"),
        *ref("school_id", "schools"),
        *day("signed_on"),
        *text("records purpose"),
        *day("until withdrawn_on", null=True),
    )
    noun(
        "criteria",
        *ref("rubric_id", "rubrics"),
        *ref("question_id", "questions", null=True),
        *whole("position weight"),
        *text("name hint competency weight_why level_1 level_2 level_3 level_4"),
    )
    noun(
        "deliveries",
        *ref("engagement_id", "engagements"),
        *day("delivered_on"),
        *text("note link"),
    )
    noun(
        "employers",
        *text("name address city state email phone"),
        *text("website signatory_name signatory_title currency time_zone paper_size"),
        *_columns(sa.LargeBinary(), "logo", null=True),
        *whole("head_count", null=True),
        *_columns(sa.BigInteger(), "pay_floor legal_minimum"),
        *whole("retention_months"),
    )
    noun(
        "engagements",
        *ref("offer_id", "offers"),
        *ref("application_id", "applications"),
        *ref("project_id", "projects"),
        *ref("candidate_id", "candidates"),
        *ref("supervisor_id", "colleagues", null=True),
        *text("status", index=True),
        *whole("estimated_hours supervision_minutes"),
        *day("agreed_on kick_off_on due_on"),
        *day("started_on delivered_on accepted_on ended_on", null=True),
        *text("verdict ended_why"),
    )
    noun(
        "enrolments",
        *ref("candidate_id", "candidates"),
        *ref("school_id", "schools"),
        *text("student_number major cip_code degree_level"),
        *day("starts_on graduates_on", null=True),
    )
    noun(
        "evaluations",
        *ref("rater_id", "colleagues"),
        *ref("application_id", "applications", null=True),
        *ref("engagement_id", "engagements", null=True),
        *ref("rubric_id", "rubrics", null=True),
        *moment("submitted_at", null=True),
        *flag("recommend", null=True),
        *whole("overall", null=True),
        *text("comment private_comment"),
        unique=(
            "rater_id application_id",
            "rater_id engagement_id",
        ),
    )
    noun(
        "extensions",
        *ref("engagement_id", "engagements"),
        *day("asked_on new_due_on"),
        *flag("granted", null=True),
        *day("answered_on", null=True),
    )
    noun(
        "fit_reviews",
        *ref("engagement_id", "engagements"),
        *day("received_on"),
        *whole("overall communication preparedness professionalism", null=True),
        *whole("responsiveness clarity support workload work_again", null=True),
        *text("reflection"),
        unique=("engagement_id",),
    )
    noun(
        "hour_entries",
        *ref("engagement_id", "engagements"),
        *day("worked_on"),
        *whole("minutes"),
        *text("note"),
    )
    noun(
        "instalments",
        *ref("engagement_id", "engagements"),
        *whole("position"),
        *_columns(sa.BigInteger(), "amount"),
        *text("currency"),
        *day("due_on", null=True),
    )
    noun(
        "milestones",
        *ref("project_id", "projects"),
        *whole("position"),
        *text("text"),
        *day("due_on", null=True),
    )
    noun(
        "offers",
        *ref("application_id", "applications"),
        *text("status", index=True),
        *_columns(sa.BigInteger(), "fee"),
        *text("currency note"),
        *whole("hours"),
        *day("kick_off_on due_on"),
        *flag("due_flexible"),
        *day("expires_on sent_on answered_on", null=True),
    )
    noun(
        "outcomes",
        *ref("candidate_id", "candidates"),
        *ref("engagement_id", "engagements", null=True),
        *text("kind place"),
        *day("offered_on"),
        *day("accepted_on starts_on", null=True),
        *_columns(sa.BigInteger(), "salary", null=True),
    )
    noun(
        "payees",
        *ref("candidate_id", "candidates"),
        *text("worker_type worker_type_why"),
        *day("w9_received_on i9_received_on w4_received_on", null=True),
        unique=("candidate_id",),
    )
    noun(
        "payments",
        *ref("engagement_id", "engagements"),
        *ref("candidate_id", "candidates"),
        *_columns(sa.BigInteger(), "amount"),
        *text("currency method reference paid_from hold_reason"),
        *day("paid_on", index=True),
    )
    noun(
        "pool_entries",
        *ref("candidate_id", "candidates"),
        *text("reason note"),
        *whole("year rank of_count every_days", null=True),
        *day("began_on"),
        *day("ended_on next_touch_on", null=True),
    )
    noun(
        "programs",
        *text("name"),
        *day("starts_on ends_on"),
        *_columns(sa.BigInteger(), "goal_budget", null=True),
        *whole("goal_projects goal_schools goal_early_percent", null=True),
    )
    noun(
        "project_skills",
        *ref("project_id", "projects"),
        *ref("skill_id", "skills"),
    )
    noun(
        "projects",
        *ref("supervisor_id", "colleagues", null=True),
        *ref("program_id", "programs", null=True),
        *whole("number estimated_hours openings"),
        *text("status", index=True),
        *text("title category summary why_it_matters currency location_mode place"),
        *text("tools confidentiality ownership ai_policy funding eligibility cancelled_why"),
        *listed("learning_objectives competencies"),
        *_columns(sa.BigInteger(), "fee"),
        *day("opened_on apply_by due_on cancelled_on", null=True),
        *day("kick_off_on", null=True, index=True),
        *flag("due_flexible any_hours"),
        unique=("number",),
    )
    noun(
        "questions",
        *ref("project_id", "projects"),
        *whole("position minutes"),
        *text("text"),
        *flag("required"),
    )
    noun(
        "rubrics",
        *ref("project_id", "projects"),
        *text("name"),
        *whole("version"),
    )
    noun(
        "school_contacts",
        *ref("school_id", "schools"),
        *text("office name email phone"),
    )
    noun(
        "school_periods",
        *ref("school_id", "schools"),
        *text("kind"),
        *day("starts_on ends_on"),
    )
    noun(
        "schools",
        *text("name", index=True),
        *text("short_name city state"),
        *listed("domains"),
        *flag("is_focus"),
        *whole("rollover_month rollover_day"),
    )
    noun(
        "scores",
        *ref("evaluation_id", "evaluations"),
        *ref("criterion_id", "criteria"),
        *whole("level"),
        *text("evidence"),
        unique=("evaluation_id criterion_id",),
    )
    noun(
        "skills",
        *text("name"),
        unique=("name",),
    )
    noun(
        "thresholds",
        *whole("year"),
        *_columns(sa.BigInteger(), "amount"),
        *text("currency"),
        unique=("year",),
    )
    noun(
        "to_dos",
        *ref("project_id", "projects", null=True),
        *text("text"),
        *day("captured_on"),
        *day("snoozed_until done_on", null=True),
    )
    noun(
        "touches",
        *ref("candidate_id", "candidates"),
        *ref("colleague_id", "colleagues", null=True),
        *ref("project_id", "projects", null=True),
        *text("kind text"),
        *day("made_on", null=True, index=True),
        *day("planned_on", null=True),
    )
    op.create_table(
        "disclosures",
        sa.Column("id", sa.Text(), primary_key=True),
        *moment("at", index=True),
        *text("colleague_id", null=True),
        *text("kind what to_whom file_name sha256"),
        *listed("refs"),
    )
    op.create_table(
        "changes",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(36), nullable=False, unique=True),
        *moment("at"),
        sa.Column("colleague_id", sa.String(36), nullable=True),
        sa.Column("target_id", sa.String(36), nullable=True, index=True),
        *text("schema kind label reason"),
        *listed("refs"),
    )
    op.create_table(
        "change_rows",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        *whole("change_seq"),
        *text("noun"),
        sa.Column("row_id", sa.String(36), nullable=False),
        *listed("old new", null=True),
        sa.Index("ix_change_rows_row", "row_id"),
        sa.Index("ix_change_rows_change", "change_seq"),
    )
    op.create_table("drafts", sa.Column("key", sa.String(80), primary_key=True), *moment("at"), *listed("fields"))
    op.execute(
        "CREATE TABLE search_rows (rowid INTEGER PRIMARY KEY, noun TEXT NOT NULL, row_id TEXT NOT NULL UNIQUE,"
        " title TEXT NOT NULL, detail TEXT NOT NULL)"
    )
    op.execute("CREATE VIRTUAL TABLE search_words USING fts5(title, body, tokenize='unicode61 remove_diacritics 2')")
    op.execute("INSERT INTO search_words(search_words, rank) VALUES ('secure-delete', 1)")
