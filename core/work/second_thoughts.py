"""Second thoughts of a rater: what was handed in stays as it was, and a next version is given with its reason."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.model import Application, EarlierEvaluation, Evaluation, Score
from core.store import Label, Store
from core.text import in_digits
from core.work.checks import TEXT_LIMIT, find, rows, working_colleague


def take_up_again(store: Store, application_id: str, rater_id: str, reason: str, *, today: date) -> str:
    """Opens one's own scores; others' are closed to oneself until they are in again. Returns the evaluation's id.

    FieldErrors (reason); UserError where nothing is handed in, or the names are revealed: then they stay as they are.
    """
    why = reason.strip()
    if not why:
        raise FieldErrors({"reason": "Write why. It stays beside the first scores."})
    if len(why) > TEXT_LIMIT:
        raise FieldErrors({"reason": f"The reason has more than {in_digits(TEXT_LIMIT)} characters."})
    with store.change(Label.SCORES_REOPENED, ("applications", application_id)) as session:
        application = find(session, Application, application_id, "application")
        code = application.code
        working_colleague(session, rater_id, today)
        query = select(Evaluation).where(Evaluation.application_id == application_id, Evaluation.rater_id == rater_id)
        evaluation = session.scalars(query).first()
        if evaluation is None or evaluation.submitted_at is None:
            raise UserError(f"Your scores for {code} are not handed in, so they can be changed as they are.")
        if application.revealed_at is not None:
            raise UserError(
                f"The name behind {code} is revealed; the scores stay as they were given blind."
            )
        before = select(func.count()).select_from(EarlierEvaluation)
        version = session.scalar(before.where(EarlierEvaluation.evaluation_id == evaluation.id)) or 0
        given = rows(session, Score, Score.evaluation_id == evaluation.id)
        session.add(
            EarlierEvaluation(
                id=new_id(),
                evaluation_id=evaluation.id,
                version=version + 1,
                submitted_at=evaluation.submitted_at,
                reason=why,
                recommend=evaluation.recommend,
                comment=evaluation.comment,
                scores={one.criterion_id: [one.level, one.evidence] for one in given},
            )
        )
        evaluation.submitted_at = None
        return evaluation.id
