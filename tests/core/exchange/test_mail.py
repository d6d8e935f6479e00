"""A draft is opened by a mail program as it was meant, whatever stands in a name, an address or a subject."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exchange import mail
from core.text import clean, line


def read(data: bytes) -> EmailMessage:
    found = message_from_bytes(data, policy=SMTP)
    assert isinstance(found, EmailMessage)
    return found


def test_a_draft_has_its_name_address_and_words() -> None:
    name = 'Zoë "Z" O\'Neil, Jr.'
    found = read(mail.draft("Größe?", "Hallo\nZoë", "zoe@lake.example.edu", "me@shop.example", name=name))
    (to,) = found["To"].addresses
    assert (to.display_name, to.addr_spec) == (name, "zoe@lake.example.edu")
    assert (found["X-Unsent"], found["Subject"], found["From"]) == ("1", "Größe?", "me@shop.example")
    assert found.get_content().replace("\r\n", "\n") == "Hallo\nZoë\n"
    assert "Date" not in found
    assert "Message-ID" not in found


def test_a_domain_in_other_letters_goes_as_mail_takes_it() -> None:
    assert read(mail.draft("a", "b", "zoe@bücher.example"))["To"] == "zoe@xn--bcher-kva.example"


def test_a_name_before_the_at_in_other_letters_stays() -> None:
    assert "zoë@lake.example.edu".encode() in mail.draft("a", "b", "zoë@lake.example.edu", name="Zoë")


@pytest.mark.parametrize(
    "wrong", ["none", "a@b@c.example", "a@x.example\r\nBcc: b@x.example", "a@x.example, b@x.example"]
)
def test_an_address_that_is_none_is_left_out(wrong: str) -> None:
    found = read(mail.draft("a", "b", wrong))
    assert found["To"] is None
    assert found["Bcc"] is None


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=200))
def test_no_words_put_in_a_header_of_their_own(name: str, subject: str, body: str) -> None:
    sly = "\r\nBcc: all@x.example\r\n\r\n"
    found = read(mail.draft(subject + sly, body + sly, "zoe@lake.example.edu", name=name + sly))
    expected = {"X-Unsent", "To", "Subject", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
    assert set(found.keys()) == expected
    assert [one.addr_spec for one in found["To"].addresses] == ["zoe@lake.example.edu"]
    assert found.get_content().replace("\r\n", "\n").strip() == clean(body + sly).strip()
    assert line(str(found["Subject"])).endswith("Bcc: all@x.example")
