"""Templates, repeating to-dos, check-ins, files, work authorisations, programs that follow one another."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _text(name: str, *, index: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, index=index)


def _ref(name: str, table: str, *, null: bool = False, index: bool = True) -> sa.Column[Any]:
    key = sa.ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
    return sa.Column(name, sa.String(36), key, nullable=null, index=index)


def _noun(name: str, *columns: sa.Column[Any] | sa.UniqueConstraint) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("changed_at", sa.String(32), nullable=False),
        *columns,
    )


def _day(name: str, *, null: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=null)


def _fill(table: str, kind: Any, value: str, *names: str) -> None:
    """Columns that rows of before get this value in; a new row's comes from the program, as in a new store."""
    for name in names:
        op.add_column(table, sa.Column(name, kind, nullable=False, server_default=value))
    with op.batch_alter_table(table) as batch:
        for name in names:
            batch.alter_column(name, server_default=None)


def upgrade() -> None:
    for column in (_day("due_on"), sa.Column("repeat_months", sa.Integer()), _day("repeat_from")):
        op.add_column("to_dos", column)
    with op.batch_alter_table("programs") as programs:
        programs.add_column(_ref("previous_id", "programs", null=True, index=False))
    op.create_index("ix_programs_previous_id", "programs", ["previous_id"])
    _fill("projects", sa.Text(), "", "template_key", "template_name")
    op.create_index("ix_projects_template_key", "projects", ["template_key"])
    op.add_column("projects", sa.Column("fit_check", sa.JSON(none_as_null=True)))
    _fill("engagements", sa.Text(), "", "kick_off_time", "how_to_join", "hold_reason")
    _fill("engagements", sa.JSON(), "[]", "kick_off_checks")
    _noun(
        "templates",
        _text("key"),
        _text("name"),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("key"),
    )
    _noun(
        "check_ins",
        _ref("engagement_id", "engagements"),
        _day("planned_on"),
        _day("held_on"),
        sa.Column("minutes", sa.Integer(), nullable=False),
        _text("note"),
    )
    _noun(
        "milestones_done",
        _ref("engagement_id", "engagements"),
        _ref("milestone_id", "milestones"),
        _day("done_on", null=False),
        sa.UniqueConstraint("engagement_id", "milestone_id"),
    )
    _noun(
        "work_authorisations",
        _ref("candidate_id", "candidates"),
        _text("kind"),
        _day("starts_on"),
        _day("ends_on"),
        _day("seen_on"),
    )
    _noun(
        "documents",
        _text("noun"),
        sa.Column("owner_id", sa.String(36), nullable=False, index=True),
        _text("name"),
        _text("media_type"),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False, index=True),
        _day("added_on", null=False),
    )
    op.create_table(
        "document_bodies",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )
