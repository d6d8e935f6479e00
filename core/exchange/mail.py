"""A mail as a draft (.eml) that the person's own mail program opens, looks through and sends. Nothing is sent here."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from core.text import clean, is_email, line


def draft(subject: str, body: str, to: str = "", sender: str = "") -> bytes:
    """The same words give the same bytes: no date and no id, which the sending program adds.

    `X-Unsent: 1` lets Outlook and others open it for writing. An address that is none is left out.
    """
    message = EmailMessage(policy=SMTP.clone(max_line_length=76))
    message["X-Unsent"] = "1"
    for header, address in (("From", sender), ("To", to)):
        if is_email(found := line(address)) and found.isascii():
            user, _, domain = found.rpartition("@")
            message[header] = Address(username=user, domain=domain)
    message["Subject"] = line(subject)
    # 7-bit lines: a draft passes through mail programs that know nothing better.
    message.set_content(clean(body) + "\n", charset="utf-8", cte="quoted-printable")
    return message.as_bytes()
