"""What hangs on a person's page: links that may be opened, languages, the two answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.insight.person import candidate, work_words
from core.insight.person_rows import link_row
from core.store import Store
from core.work.candidates import LanguageDraft
from tests.support import made
from tests.support.stores import TODAY


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("https://example.edu/ada", "https://example.edu/ada"),
        ("HTTP://example.edu", "http://example.edu"),
        ("linkedin.com/in/ada", "https://linkedin.com/in/ada"),
        ("mailto:ada@example.edu", "mailto:ada@example.edu"),
        ("ada@example.edu", "mailto:ada@example.edu"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("smb://example.edu/share", ""),
        ("data:text/html;base64,xx", ""),
        ("ms-msdt:/id PCWDiagnostic", ""),
        ("https://bank.example@evil.example/", ""),
        ("https://exa mple.edu", ""),
        ("https://", ""),
        ("http://[::1", ""),
        ("mailto:ada@example.edu?bcc=all@example.edu", ""),
        ("C:\\Windows\\calc.exe", ""),
        ("on paper only", ""),
        ("", ""),
    ],
)
def test_only_addresses_that_show_where_they_lead_are_opened(written: str, target: str) -> None:
    assert link_row(written).target == target


@given(st.text(max_size=60))
def test_whatever_is_written_nothing_but_web_and_mail_is_opened(written: str) -> None:
    target = link_row(written).target
    assert target == "" or target.startswith(("https://", "http://", "mailto:"))
    assert not any(char.isspace() for char in target)


def test_the_page_tells_languages_the_best_first_and_the_two_answers(store: Store) -> None:
    spoken = [LanguageDraft(language="Thai"), LanguageDraft(language="Polish", level="native")]
    person = made.candidate(store, languages=spoken, may_work="yes", needs_sponsorship="no", tags=["b", "A"])
    view = candidate(store, person, today=TODAY)
    assert [(one.language, one.level_words) for one in view.languages] == [("Polish", "Native"), ("Thai", "")]
    assert view.work_answers == "Authorised to work: yes · Sponsorship now or later: no"
    assert view.work_asked_on == TODAY
    assert view.tags == ("A", "b")
    assert work_words("", "") == ""
