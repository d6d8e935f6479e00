"""That a form came back and was taken in; what it said stands where typing it in would have put it."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from core.ids import new_id
from core.model import FormReturn


def note_return(
    session: Session,
    form_id: str,
    sha256: str,
    *,
    today: date,
    candidate_id: str | None = None,
) -> str:
    """Within a change. Nobody is named for answers that are kept apart; no application, as the row names the person."""
    row = FormReturn(
        id=new_id(),
        form_id=form_id,
        received_on=today,
        sha256=sha256,
        candidate_id=candidate_id,
    )
    session.add(row)
    return row.id
