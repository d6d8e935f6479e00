"""The employer who owns the store, its colleagues, and what a calendar year's rules say."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from core.model.base import Cents, Row


class Employer(Row):
    """Exactly one row."""

    __tablename__ = "employers"

    name: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    logo: Mapped[bytes | None]
    signatory_name: Mapped[str] = mapped_column(default="")
    signatory_title: Mapped[str] = mapped_column(default="")
    currency: Mapped[str] = mapped_column(default="USD")
    time_zone: Mapped[str] = mapped_column(default="America/Chicago")
    head_count: Mapped[int | None]
    pay_floor: Mapped[Cents] = mapped_column(default=2000)
    legal_minimum: Mapped[Cents] = mapped_column(default=725)
    paper_size: Mapped[str] = mapped_column(default="letter")
    retention_months: Mapped[int] = mapped_column(default=12)
    decline_hold_days: Mapped[int] = mapped_column(default=2)
    """How many days the message to someone not selected is held back."""
    match_weights: Mapped[dict[str, Any] | None]
    """What counts how much in a match, by part; None for the usual ones."""
    collects_self_identification: Mapped[bool] = mapped_column(default=False)


class Colleague(Row):
    """A person on the employer's side, with a name to sign with and no account. `role`: owner, supervisor, rater."""

    __tablename__ = "colleagues"

    name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="owner")
    hours_a_week: Mapped[int | None]
    left_on: Mapped[date | None]


class Threshold(Row):
    """A calendar year's sum to one payee from which a 1099-NEC is due (sovos.com; natptax.com); editable."""

    __tablename__ = "thresholds"

    year: Mapped[int] = mapped_column(unique=True)
    amount: Mapped[Cents]
    currency: Mapped[str] = mapped_column(default="USD")
