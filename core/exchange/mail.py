"""A mail as a draft (.eml) that the person's own mail program opens, looks through and sends. Nothing is sent here."""

from __future__ import annotations

import hashlib
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, default

from core.text import clean, is_email, line


def draft(
    subject: str, body: str, to: str = "", sender: str = "", *, name: str = "", paper: tuple[str, bytes] | None = None
) -> bytes:
    """The same words give the same bytes: no date and no id, which the sending program adds.

    `X-Unsent: 1` lets Outlook and others open it for writing. `name` stands beside the address `to`. An address that is
    none is left out. A domain in other letters goes as IDNA; a name before the @ in other letters as RFC 6532 has it.
    `paper`: the name and the bytes of a PDF that goes along.
    """
    found = [(header, *_parts(address)) for header, address in (("From", sender), ("To", to))]
    plain = all(user.isascii() for _, user, _ in found)
    message = EmailMessage(policy=SMTP.clone(max_line_length=76, utf8=not plain))
    message["X-Unsent"] = "1"
    for header, user, domain in found:
        if user:
            shown = line(name) if header == "To" else ""
            message[header] = Address(display_name=shown, username=user, domain=domain)
    message["Subject"] = line(subject)
    # 7-bit lines: a draft passes through mail programs that know nothing better.
    message.set_content(clean(body) + "\n", charset="utf-8", cte="quoted-printable")
    if paper is not None:
        message.add_attachment(paper[1], maintype="application", subtype="pdf", filename=paper[0])
        # What parts the pieces is drawn by lot unless it is said.
        message.set_boundary(f"=_{hashlib.sha256(paper[1]).hexdigest()[:32]}")
    return message.as_bytes()


def attached(data: bytes) -> bytes:
    """The paper that a draft of ours takes along; empty where it takes none."""
    message = message_from_bytes(data, policy=default)
    found = [part.get_content() for part in message.walk() if part.get_content_type() == "application/pdf"]
    return bytes(found[0]) if found else b""


def _parts(address: str) -> tuple[str, str]:
    """What stands before and after the @; two empty ones where it is no address."""
    if not is_email(found := line(address)):
        return "", ""
    user, _, domain = found.rpartition("@")
    try:
        return user, domain.encode("idna").decode("ascii")
    except UnicodeError:
        return "", ""
