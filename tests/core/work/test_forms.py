"""Codes of forms: unguessable, and a slip of the pen is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.store import Label, Store
from core.work.forms import _SIGNS, _shown, code_of, find_form, new_code, new_form
from tests.support.stores import TODAY

codes = st.text(_SIGNS, min_size=20, max_size=20).map(_shown)


@given(codes, st.sampled_from(["{}", " {} ", "{}\n"]))
def test_it_is_known_however_it_is_typed(code: str, how: str) -> None:
    for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", " \u2013 ")):
        assert code_of(how.format(typed)) == code
    assert code_of(code[:-1].replace("0", "O").replace("1", "l") + code[-1]) == code


@given(codes, st.integers(0, 24), st.sampled_from(_SIGNS))
def test_one_wrong_sign_is_told(code: str, at: int, sign: str) -> None:
    if code[at] in ("-", sign):
        return
    assert code_of(code[:at] + sign + code[at + 1 :]) != code


@pytest.mark.parametrize("text", ["", "0123", "0123-4567-89AB-CDEF-GHJ!-M", "x" * 21, "é" * 21])
def test_anything_else_is_none(text: str) -> None:
    assert code_of(text) == ""


def test_a_form_is_found_by_its_code(store: Store) -> None:
    assert new_code() != new_code()
    with store.change(Label.FORMS_MADE) as session:
        code = new_form(session, "availability", today=TODAY).code
        with pytest.raises(ValueError, match="no kind"):
            new_form(session, "poem", today=TODAY)
    with store.read() as session:
        found = find_form(session, code.lower())
        assert found is not None
        assert found.code == code
        assert find_form(session, "0123") is None
