"""People kept well: tags, fields and lists of one's own, languages, touch plans, stages, decisions held back."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _day(name: str, *, null: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=null)


def _ref(name: str, table: str, *, null: bool = False, index: bool = True) -> sa.Column[Any]:
    key = sa.ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
    return sa.Column(name, sa.String(36), key, nullable=null, index=index)


def _noun(name: str, *columns: sa.Column[Any] | sa.UniqueConstraint) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String(36), primary_key=True),
        _number("row_version"),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("changed_at", sa.String(32), nullable=False),
        *columns,
    )


def _fill(table: str, kind: Any, value: Any, *names: str) -> None:
    """Columns that rows of before get this value in; a new row's comes from the program, as in a new store."""
    for name in names:
        op.add_column(table, sa.Column(name, kind, nullable=False, server_default=value))
    with op.batch_alter_table(table) as batch:
        for name in names:
            batch.alter_column(name, server_default=None)


def upgrade() -> None:
    _fill("candidates", sa.Text(), "", "may_work", "needs_sponsorship")
    op.add_column("candidates", _day("work_asked_on"))
    op.add_column("candidates", _day("do_not_contact_on"))
    _noun("candidate_languages", _ref("candidate_id", "candidates"), _text("language"), _text("level"))
    _noun(
        "accommodations",
        _ref("candidate_id", "candidates"),
        _day("asked_on", null=False),
        _text("request"),
        _text("agreed"),
        _day("agreed_on"),
        _day("ended_on"),
    )
    _noun(
        "different_people",
        _ref("candidate_id", "candidates"),
        _ref("other_id", "candidates"),
        sa.UniqueConstraint("candidate_id", "other_id"),
    )
    _noun("tags", _text("name"), sa.UniqueConstraint("name"))
    _noun(
        "candidate_tags",
        _ref("candidate_id", "candidates"),
        _ref("tag_id", "tags"),
        sa.UniqueConstraint("candidate_id", "tag_id"),
    )
    _noun(
        "custom_fields",
        _text("noun"),
        _text("name"),
        _text("kind"),
        sa.Column("choices", sa.JSON(), nullable=False),
        _number("position"),
        _flag("on_paper"),
        sa.UniqueConstraint("noun", "name"),
    )
    _noun(
        "custom_values",
        _ref("field_id", "custom_fields"),
        _ref("candidate_id", "candidates", null=True),
        _ref("project_id", "projects", null=True),
        _text("text"),
        sa.Column("amount", sa.Double()),
        _day("day"),
        sa.UniqueConstraint("field_id", "candidate_id"),
        sa.UniqueConstraint("field_id", "project_id"),
    )
    _noun(
        "saved_lists",
        _text("noun"),
        _text("name"),
        sa.Column("filter", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        _text("sort"),
        _flag("descending"),
        _text("group_by"),
        _number("position"),
        sa.UniqueConstraint("noun", "name"),
    )
    _noun(
        "project_stages",
        _ref("project_id", "projects"),
        _text("under"),
        _text("name"),
        _number("position"),
        sa.UniqueConstraint("project_id", "name"),
    )
    with op.batch_alter_table("applications") as applications:
        applications.add_column(_ref("stage_id", "project_stages", null=True, index=False))
        applications.add_column(_day("hold_until"))
        applications.add_column(_day("told_on"))
    op.create_index("ix_applications_stage_id", "applications", ["stage_id"])
    _noun(
        "application_moves",
        _ref("application_id", "applications"),
        _day("moved_on", null=False),
        _text("status"),
        _text("stage"),
    )
    _fill("touches", sa.Text(), "", "subject")
    _fill("pool_entries", sa.Boolean(), sa.true(), "until_graduation", "not_in_exams")
    # No number meant no regular contact; now it means that the plan of the reason holds.
    op.execute("UPDATE pool_entries SET every_days = 0 WHERE every_days IS NULL")
    _noun(
        "touch_plans",
        _text("reason"),
        _number("every_days"),
        _flag("until_graduation"),
        _flag("not_in_exams"),
        _text("message_key"),
        sa.UniqueConstraint("reason"),
    )
    _fill("documents", sa.Text(), "", "purpose")
    op.create_table(
        "document_texts",
        sa.Column("sha256", sa.String(64), primary_key=True),
        _text("state"),
        _text("text"),
        _text("why"),
    )
    op.create_table(
        "import_layouts",
        sa.Column("key", sa.String(80), primary_key=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("mapping", sa.JSON(none_as_null=True), nullable=False),
    )
    _fill("employers", sa.Integer(), "2", "decline_hold_days")
    op.add_column("employers", sa.Column("match_weights", sa.JSON(none_as_null=True)))
    _fill("templates", sa.Text(), "project", "kind")
