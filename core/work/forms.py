"""Forms that go out to be filled in: each has an unguessable code by which it is known when it comes back."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.ids import new_id
from core.model import Form
from core.model.words import FORM_KINDS

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is taken for a digit or another letter."""
_CHECKS = f"{_SIGNS}*~$=U"
_LENGTH = 20
_ALIKE = str.maketrans("OIL", "011")


def new_code() -> str:
    """100 random bits in groups of four, and a sign that tells a slip of the pen: 7K2M-…-Q."""
    signs = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    return _shown(signs)


def code_for(secret: bytes) -> str:
    """The same code for the same `secret`, which nobody else can know: for a paper that is drawn alike each time."""
    number = int.from_bytes(hashlib.sha256(secret).digest()[:13], "big") >> 4
    return _shown("".join(_SIGNS[number >> 5 * at & 31] for at in range(_LENGTH)))


def code_of(text: str) -> str:
    """The code that somebody typed or a reader read, as it is kept; "" where it is none."""
    signs = re.sub(r"[\s\-\u2010-\u2015\u00ad]", "", text).upper()
    if len(signs) != _LENGTH + 1:
        return ""
    body = signs[:-1].translate(_ALIKE)
    check = signs[-1] if signs[-1] in _CHECKS[len(_SIGNS) :] else signs[-1].translate(_ALIKE)
    if any(sign not in _SIGNS for sign in body) or check != _check(body):
        return ""
    return _shown(body)


def _shown(body: str) -> str:
    groups = [body[at : at + 4] for at in range(0, _LENGTH, 4)]
    return "-".join([*groups, _check(body)])


def _check(body: str) -> str:
    """The remainder modulo 37 of the number that the signs are."""
    number = 0
    for sign in body:
        number = number * 32 + _SIGNS.index(sign)
    return _CHECKS[number % 37]


def new_form(
    session: Session,
    kind: str,
    *,
    today: date,
    code: str = "",
    project_id: str | None = None,
    candidate_id: str | None = None,
    application_id: str | None = None,
    engagement_id: str | None = None,
    colleague_id: str | None = None,
    layout: dict[str, Any] | None = None,
) -> Form:
    """Within a change. ValueError for a kind that there is not: no person chooses it."""
    if kind not in FORM_KINDS:
        raise ValueError(f"no kind of form: {kind}")
    row = Form(
        id=new_id(),
        code=code or new_code(),
        kind=kind,
        made_on=today,
        project_id=project_id,
        candidate_id=candidate_id,
        application_id=application_id,
        engagement_id=engagement_id,
        colleague_id=colleague_id,
        layout=layout,
    )
    session.add(row)
    return row


def find_form(session: Session, code: str) -> Form | None:
    known = code_of(code)
    return session.scalars(select(Form).where(Form.code == known)).first() if known else None
