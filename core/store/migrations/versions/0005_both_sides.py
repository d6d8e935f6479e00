"""Both sides heard: forms that go out and come back, second thoughts, half-way checks, self-identification."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
NAMING = {"uq": "uq_%(table_name)s_%(column_0_N_name)s"}


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=null)


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
    _fill("evaluations", sa.Text(), "", "occasion")
    _fill("evaluations", sa.Integer(), "0", "seconds")
    op.execute("UPDATE evaluations SET occasion = 'end' WHERE engagement_id IS NOT NULL")
    with op.batch_alter_table("evaluations", naming_convention=NAMING) as evaluations:
        evaluations.drop_constraint("uq_evaluations_rater_id_engagement_id", type_="unique")
        evaluations.create_unique_constraint(
            "uq_evaluations_rater_id_engagement_id_occasion", ["rater_id", "engagement_id", "occasion"]
        )
    _noun(
        "earlier_evaluations",
        _ref("evaluation_id", "evaluations"),
        _number("version"),
        sa.Column("submitted_at", sa.String(32), nullable=False),
        _text("reason"),
        sa.Column("recommend", sa.Boolean()),
        _text("comment"),
        sa.Column("scores", sa.JSON(none_as_null=True)),
        sa.UniqueConstraint("evaluation_id", "version"),
    )
    op.add_column("fit_reviews", _number("interest", null=True))
    _fill("fit_reviews", sa.Text(), "", "wants_next")
    _noun(
        "mid_checks",
        _ref("engagement_id", "engagements"),
        _day("received_on", null=False),
        _number("clarity", null=True),
        _number("support", null=True),
        _number("workload", null=True),
        _number("hours", null=True),
        _text("going_well"),
        _text("in_the_way"),
        sa.UniqueConstraint("engagement_id"),
    )
    _noun(
        "self_identifications",
        _ref("candidate_id", "candidates"),
        _text("question"),
        _text("answer"),
        sa.UniqueConstraint("candidate_id", "question"),
    )
    op.add_column("engagements", _day("reviews_open_on"))
    _fill("employers", sa.Boolean(), sa.false(), "collects_self_identification")
    with op.batch_alter_table("documents") as documents:
        documents.add_column(_ref("question_id", "questions", null=True, index=False))
    op.create_index("ix_documents_question_id", "documents", ["question_id"])
    _noun(
        "forms",
        _text("code"),
        _text("kind"),
        _day("made_on", null=False),
        _ref("project_id", "projects", null=True),
        _ref("candidate_id", "candidates", null=True),
        _ref("application_id", "applications", null=True),
        _ref("engagement_id", "engagements", null=True),
        _ref("colleague_id", "colleagues", null=True),
        sa.Column("layout", sa.JSON(none_as_null=True)),
        sa.UniqueConstraint("code"),
    )
    _noun(
        "form_returns",
        _ref("form_id", "forms"),
        _day("received_on", null=False),
        sa.Column("sha256", sa.String(64), nullable=False, index=True),
        _ref("candidate_id", "candidates", null=True),
        _ref("application_id", "applications", null=True),
    )
