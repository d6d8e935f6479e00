"""An application that came as a mail is proposed, looked at, and kept as one change; hostile mails do no harm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import FieldErrors, UserError
from core.exchange.mail_in import Mail, answer, read_mail, read_words, unpacked
from core.insight import records
from core.jobs.applying import Looked, propose, read_mail_file, read_mail_words, take_in
from core.store import Store
from core.work import gather
from core.work.brief import QuestionDraft
from core.work.select import application_draft
from tests.support import made
from tests.support.stores import TODAY, new_store
from tests.support.tables import tables

BODY = """Dear team,

I would like to apply. I am a sophomore and graduate in May 2029.

How would you find doubles?
I would sort by name, then compare the addresses.
And I would ask.

Best regards,
Grace Hopper
+1 (312) 555-0147
linkedin.com/in/grace-hopper
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as store:
        yield store


def mail(body: str = BODY, **headers: str) -> EmailMessage:
    message = EmailMessage()
    given = {
        "From": "Grace Hopper <grace@northfield.example.edu>",
        "To": "jobs@lakeside.example.com",
        "Subject": "Application: Clean the mailing list",
        "Date": "Fri, 20 Nov 2026 10:00:00 -0600",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in given.items():
        if value:
            message[name] = value
    message.set_content(body)
    return message


def saved(folder: Path, message: EmailMessage | bytes, name: str = "application.eml") -> Path:
    path = folder / name
    path.write_bytes(message if isinstance(message, bytes) else message.as_bytes())
    return path


def test_a_mail_is_proposed_as_candidate_answers_and_files(tmp_path: Path, store: Store) -> None:
    school = made.candidate(store, "Ada Lovelace")
    project = made.project(store)
    (question,) = made.questions(store, project)
    message = mail()
    message.add_attachment(b"%PDF-1.7 resume", maintype="application", subtype="pdf", filename="Résumé Hopper.pdf")
    before = tables(store)
    found = propose(store, read_mail_file(saved(tmp_path, message)), today=TODAY)
    assert tables(store) == before
    person = found.person
    assert (person.first_name, person.last_name, list(person.emails)) == (
        "Grace", "Hopper", ["grace@northfield.example.edu"],
    )  # fmt: skip
    assert person.phone == "+1 (312) 555-0147"
    assert person.links == ("https://linkedin.com/in/grace-hopper",)
    assert found.project_id == project
    assert "subject names “Clean the mailing list”" in found.why_project
    assert found.answers == {question: "I would sort by name, then compare the addresses.\nAnd I would ask."}
    assert found.applied_on == date(2026, 11, 20)
    assert found.mail.files == (("Résumé Hopper.pdf", b"%PDF-1.7 resume"),)
    assert found.people == ()

    done = Looked(
        person=person, project_id=project, answers=found.answers, applied_on=found.applied_on, files=found.mail.files
    )
    steps = len(store.history())
    candidate = take_in(store, done, today=TODAY)
    assert len(store.history()) == steps + 1
    assert candidate != school
    ((application, row),) = records.listing(store, "applications").rows
    assert row["status"] == "applied"
    draft = application_draft(store, application)
    assert (draft.candidate_id, draft.applied_on) == (candidate, date(2026, 11, 20))
    assert draft.answers == found.answers
    ((_, file),) = records.listing(store, "documents", all_columns=True).rows
    assert (file["owner_id"], file["purpose"], file["name"]) == (candidate, "resume", "Résumé Hopper.pdf")
    store.undo()
    assert {noun: rows for noun, rows in tables(store).items() if noun != "document_bodies"} == {
        noun: rows for noun, rows in before.items() if noun != "document_bodies"
    }


def test_one_who_is_known_is_filled_in_and_nothing_of_theirs_is_lost(store: Store) -> None:
    grace = made.candidate(store, "Grace Hopper", emails=["grace@northfield.example.edu"], major="Mathematics")
    found = propose(store, read_mail(mail(Subject="P-7").as_bytes()), today=TODAY)
    assert (found.same, found.people[0][0]) == (True, grace)
    assert found.project_id is None
    take_in(store, Looked(person=found.person, candidate_id=grace), today=TODAY)
    draft = gather.candidate_draft(store, grace, today=TODAY)
    assert (draft.major, draft.phone) == ("Mathematics", "+1 (312) 555-0147")
    assert len(records.listing(store, "candidates").rows) == 1


def test_what_a_rule_refuses_leaves_nothing_behind(store: Store) -> None:
    project = made.project(store)
    grace = made.candidate(store, "Grace Hopper")
    made.application(store, project, grace)
    before = tables(store)
    person = propose(store, read_mail(mail().as_bytes()), today=TODAY).person
    with pytest.raises(FieldErrors, match="applied") as twice:
        take_in(store, Looked(person=person, candidate_id=grace, project_id=project), today=TODAY)
    assert set(twice.value.fields) == {"person"}
    with pytest.raises(FieldErrors) as empty:
        take_in(store, Looked(person=person, project_id=project, files=[("a.pdf", b"")]), today=TODAY)
    assert set(empty.value.fields) == {"files"}
    assert tables(store) == before


@pytest.mark.parametrize(
    ("subject", "body", "named"),
    [
        ("Application P-001", "Hello", True),
        ("Hello", "I write about p-1, the list.", True),
        ("RE: CLEAN THE MAILING LIST!", "Hello", True),
        ("Hello", "I saw “Clean the  mailing list” at the fair.", True),
        ("Application P-0010", "Clean the list", False),
    ],
)
def test_the_project_is_found_by_number_or_title(store: Store, subject: str, body: str, named: bool) -> None:
    project = made.project(store)
    found = propose(store, Mail("A B", "a@example.edu", subject, None, body), today=TODAY)
    assert found.project_id == (project if named else None)


ASKED = ["Why do you want to do this project in particular, of all that are open?", "Which tools do you know?"]


@pytest.mark.parametrize(
    "text",
    [
        (
            "1. Why do you want to do this project in particular, of all that are open?\nBecause I like lists.\n\n"
            "2. Which tools do you know?\nExcel\n\nThanks,\nGrace"
        ),
        (
            "> Why do you want to do this project in particular, of all\n> that are open?\n\nBecause I like lists.\n\n"
            "> Which tools do you know?\nExcel\n\nBest regards\nGrace"
        ),
        "Hello,\n1) Because I like lists.\n2) Excel\n\nCheers\nGrace",
        (
            "Why do you want to do this project in particular, of all that are open? Because I like lists.\n"
            "Which tools do you know? Excel"
        ),
        (
            "*WHICH TOOLS DO YOU KNOW*\nExcel\n*Why do you want to do this project in particular, of all that are open?"
            "*\nA: Because I like lists.\n\nOn Fri, 20 Nov 2026 at 10:00, Lakeside <j@x.de> wrote:\n> Please answer."
        ),
    ],
)
def test_answers_are_found_however_they_are_written(store: Store, text: str) -> None:
    project = made.project(store, questions=[QuestionDraft(text=words) for words in ASKED])
    first, second = made.questions(store, project)
    found = propose(store, Mail("A B", "a@example.edu", "P-001", None, text), today=TODAY)
    assert found.answers == {first: "Because I like lists.", second: "Excel"}


def test_words_that_were_copied_are_read_like_a_mail(store: Store) -> None:
    project = made.project(store)
    head = "Von: Grace Hopper <grace@northfield.example.edu>\nGesendet: 2026-11-20\nAn: uns\nBetreff: P-001\n\n"
    found = propose(store, read_mail_words(head + BODY), today=TODAY)
    assert (found.person.first_name, list(found.person.emails)) == ("Grace", ["grace@northfield.example.edu"])
    assert (found.project_id, found.applied_on) == (project, date(2026, 11, 20))
    assert found.mail.text.startswith("Dear team")
    bare = propose(store, read_mail_words(BODY), today=TODAY)
    assert (bare.person.first_name, bare.person.last_name) == ("Grace", "Hopper")
    assert bare.applied_on == TODAY
    with pytest.raises(UserError, match="Nothing is there"):
        read_mail_words("  \n")


def test_one_that_was_passed_on_is_from_whoever_wrote_it() -> None:
    text = (
        "FYI\n\n---------- Forwarded message ---------\nFrom: Grace Hopper <grace@example.edu>\n"
        "Date: Fri, 20 Nov 2026 10:00:00 -0600\nSubject: My application\nTo: <m@lakeside.example.com>\n\nHello there"
    )
    found = read_mail(mail(text, From="Maria <maria@lakeside.example.com>", Subject="Fwd: My application").as_bytes())
    assert (found.name, found.email, found.subject) == ("Grace Hopper", "grace@example.edu", "My application")
    assert found.text == "Hello there"


def test_a_form_that_wrote_for_somebody_is_answered_to_them() -> None:
    written = mail(From="Forms <no-reply@forms.example.com>", Reply_To="Grace <grace@example.edu>")
    assert read_mail(written.as_bytes()).email == "grace@example.edu"
    assert read_mail(mail(From="no-reply@forms.example.com").as_bytes()).email == ""


def test_a_mail_in_html_alone_is_words() -> None:
    message = mail()
    message.set_content(
        "<html><head><style>p{}</style><title>t</title></head><body><p>Hello&nbsp;&amp; <b>welcome</b></p>"
        "<script>alert(1)</script><ul><li>One</li><li>Two</li></ul></body></html>",
        subtype="html",
    )
    assert read_mail(message.as_bytes()).text == "Hello & welcome\n\nOne\nTwo"


@pytest.mark.parametrize(
    ("charset", "data"),
    [
        ("us-ascii", "Zoë Müller".encode()),
        ("utf-8", "Zoë Müller".encode("cp1252")),
        ("x-unknown-charset", "Zoë Müller".encode("latin-1")),
        ("iso-8859-1", "Zoë Müller".encode()),
        ("rot13", "Zoë Müller".encode()),
    ],
)
def test_a_wrong_charset_is_seen_through(charset: str, data: bytes) -> None:
    head = f"From: a@example.edu\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n"
    assert read_mail(head.encode() + data + b"\n").text == "Zoë Müller"


def test_headers_in_their_code_and_bare_bytes_are_read() -> None:
    raw = "From: =?utf-8?q?Zo=C3=AB?= <zoe@example.edu>\nSubject: =?bogus?x?zz?= Größe\n\nx".encode()
    found = read_mail(raw)
    assert (found.name, found.email) == ("Zoë", "zoe@example.edu")
    assert "Größe" in found.subject


def test_files_have_no_path_and_none_is_over_the_limit(tmp_path: Path) -> None:
    message = mail()
    for name in ("../../etc/passwd", "C:\\Windows\\evil.exe", "/abs/cv.pdf", "ok\u202etxt.exe"):
        message.add_attachment(b"data", maintype="application", subtype="octet-stream", filename=name)
    message.add_attachment(b"x" * (25 * 1024 * 1024 + 1), maintype="video", subtype="mp4", filename="big.mp4")
    message.add_attachment(b"", maintype="application", subtype="pdf", filename="empty.pdf")
    found = read_mail_file(saved(tmp_path, message))
    assert [name for name, _ in found.files] == ["passwd", "evil.exe", "cv.pdf", "oktxt.exe"]
    assert any("big.mp4 has more than 25 MB" in note for note in found.notes)
    assert any("empty.pdf is empty" in note for note in found.notes)


def test_nesting_without_end_is_left(tmp_path: Path) -> None:
    head = b"From: a@example.edu\nMIME-Version: 1.0\n"
    deep = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (level, level) for level in range(3_000)
    )
    with pytest.raises(UserError):
        read_mail_file(saved(tmp_path, head + deep + b"Content-Type: text/plain\n\nhello\n"))
    shallow = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(12))
    assert read_mail(head + shallow + b"Content-Type: text/plain\n\nhello\n").text == "hello"


def test_thousands_of_parts_are_read_in_part(tmp_path: Path) -> None:
    head = b'From: a@example.edu\nContent-Type: multipart/mixed; boundary="b"\n\n'
    part = b'--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="a.pdf"\n\nx\n'
    found = read_mail_file(saved(tmp_path, head + part * 5_000))
    assert len(found.files) == 20
    assert found.notes


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.eml", b"  \n", "is empty"),
        ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "Outlook’s own form"),
        ("none.eml", b"\n\nonly words\n", "no mail"),
    ],
)
def test_what_is_no_mail_is_told(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words):
        read_mail_file(saved(tmp_path, data, name))
    with pytest.raises(UserError, match="There is no file"):
        read_mail_file(tmp_path / "gone.eml")


def test_a_mail_of_nobody_asks_for_a_name(store: Store) -> None:
    found = propose(store, read_mail(mail("Hello", From="").as_bytes()), today=TODAY)
    assert (found.person.first_name, list(found.person.emails), found.people) == ("", [], ())
    with pytest.raises(FieldErrors):
        take_in(store, Looked(person=found.person), today=TODAY)


HEADER = st.sampled_from(
    ["From", "To", "Subject", "Date", "Content-Type", "Content-Transfer-Encoding", "Reply-To", "X"]
)
LINE = st.one_of(
    st.binary(max_size=60),
    st.tuples(HEADER, st.binary(max_size=40)).map(lambda one: one[0].encode() + b": " + one[1]),
    st.sampled_from([b"--b", b"--b--", b'Content-Type: multipart/mixed; boundary="b"', b"Content-Type: message/rfc822",
                     b"Content-Type: text/html", b"Content-Disposition: attachment; filename*=utf-8''%FF%00", b""]),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(LINE, max_size=25))
def test_whatever_bytes_come_are_a_mail_or_told(lines: list[bytes]) -> None:
    try:
        found = unpacked(answer(b"\n".join(lines)))
    except UserError:
        return
    assert "/" not in "".join(name for name, _ in found.files)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_whatever_is_pasted_is_read(words: str) -> None:
    found = read_words(words)
    assert found.email == "" or "@" in found.email
