"""When the two sides of work done may be read: once both are in, or from the day on that was named at the start."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, false, or_, select

from core.model import Engagement, Evaluation, FitReview


def _day_has_come(today: date | None) -> ColumnElement[bool]:
    return Engagement.reviews_open_on <= today if today is not None else false()


def ours_is_in() -> ColumnElement[bool]:
    """Of Engagement."""
    ours = select(Evaluation.engagement_id).where(
        Evaluation.engagement_id.is_not(None), Evaluation.occasion == "end", Evaluation.submitted_at.is_not(None)
    )
    return Engagement.id.in_(ours)


def theirs_may_be_read(today: date | None) -> ColumnElement[bool]:
    """Of Engagement: by us. Without a day only once both are in."""
    return or_(ours_is_in(), _day_has_come(today))


def ours_may_leave(today: date | None) -> ColumnElement[bool]:
    """Of Engagement: to the student or their campus, so that theirs is not written with ours in view."""
    return or_(Engagement.id.in_(select(FitReview.engagement_id)), _day_has_come(today))
