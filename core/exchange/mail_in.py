"""A mail that came in, read into plain words: who wrote, about what, the text, the files that lay in it.

Everything in it is hostile. The older of the two policies of Python's own mail library is used, as it takes headers for
what they are and raises over none of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from typing import Any

from core.errors import UserError
from core.exchange.encoding import decode
from core.exchange.html_text import html_text
from core.text import clean, is_email, line

MOST_BYTES = 60 * 1024 * 1024
"""Of a mail with its files, which grow by a third on the way."""
MOST_FILE = 25 * 1024 * 1024
MOST_TEXT = 100_000
MOST_PARTS, DEEPEST, MOST_FILES = 400, 30, 20
_NO_REPLY = re.compile(r"(^|[._-])(no|do-?not|donot)[._-]?reply|notifications?@|mailer-daemon|forms?@", re.IGNORECASE)
# Names of header lines as mail programs write them above a copied or forwarded mail: en, de, es, fr, pl.
_SHOWN = {
    "from": "from", "von": "from", "de": "from", "od": "from", "expéditeur": "from", "nadawca": "from",
    "reply-to": "reply", "reply to": "reply", "antwort an": "reply",
    "subject": "subject", "betreff": "subject", "asunto": "subject", "objet": "subject", "temat": "subject",
    "date": "date", "sent": "date", "gesendet": "date", "datum": "date", "enviado": "date", "envoyé": "date",
    "fecha": "date", "data": "date", "wysłano": "date", "to": "", "an": "", "para": "", "à": "", "do": "",
    "cc": "", "bcc": "", "attachments": "", "anlagen": "", "kopie": "", "importance": "",
}  # fmt: skip
_SHOWN_LINE = re.compile(r"[>\s*]*([^\W\d_][\w\- ]{1,12}?)\s*:\*?\s*(.*)")
_FORWARDED = re.compile(
    r"^[ \t>*]{0,10}(?:-{2,60}|_{5,100}|begin forwarded message|anfang der weitergeleiteten|début du message réexpédié)"
    r"[^\n]{0,200}$",
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"'|@]{1,64}@[^\s<>()\[\],;:\"'|@]{1,180}\.[^\s<>()\[\],;:\"'|.@]{2,20}")


@dataclass(frozen=True, slots=True)
class Mail:
    """`name` and `email` are of whoever wrote; "" where they do not say. `files`: name and bytes.

    `notes`: what was left out or could not be read, in words.
    """

    name: str = ""
    email: str = ""
    subject: str = ""
    sent_on: date | None = None
    text: str = ""
    files: tuple[tuple[str, bytes], ...] = ()
    notes: tuple[str, ...] = ()


def read_mail(data: bytes) -> Mail:
    """The bytes of a .eml file. UserError where it is none."""
    import email

    if len(data) > MOST_BYTES:
        raise UserError(
            f"The mail is larger than {MOST_BYTES // 1024 // 1024} MB. Save its files and add them by hand."
        )
    try:
        message: Message = email.message_from_bytes(data)
        parts = list(_parts(message))
    except RecursionError:
        raise UserError("The mail is nested deeper than any mail program writes one, so it was left.") from None
    if not message.keys():
        raise UserError("This is no mail: it has no header such as “From:” or “Subject:”.")
    texts: list[str] = []
    html: list[str] = []
    files: list[tuple[str, bytes]] = []
    notes: list[str] = []
    for part in parts:
        name = _file_name(part)
        kind = part.get_content_type()
        if name or kind not in ("text/plain", "text/html"):
            _keep(part, name, files, notes)
        else:
            (texts if kind == "text/plain" else html).append(_text(part, kind))
    if len(parts) >= MOST_PARTS:
        notes.append(f"Only the first {MOST_PARTS} parts of the mail were read.")
    text = "\n\n".join(filter(None, texts)) or "\n\n".join(filter(None, html))
    return _written(
        Mail(
            *_writer(message),
            subject=line(_header(message, "Subject"))[:500],
            sent_on=_day(_header(message, "Date")),
            text=clean(text),
            files=tuple(files),
            notes=tuple(notes),
        )
    )


def read_words(words: str) -> Mail:
    """A mail's words, copied out of a mail program: with its header lines above them, or without any."""
    text = clean(words)
    if len(text) > MOST_TEXT * 10:
        raise UserError("This is longer than a mail is. Copy the mail alone.")
    shown, rest = _shown(text)
    name, address = _first_address(shown.get("from", ""))
    return _written(
        Mail(name, address, line(shown.get("subject", ""))[:500], _day(shown.get("date", "")), rest if shown else text)
    )


def _parts(message: Message) -> Any:
    """All that is no mere wrapping, in order and without recursion; of a text in two dresses the plain one first."""
    stack: list[tuple[Message, int]] = [(message, 0)]
    count = 0
    while stack:
        part, depth = stack.pop()
        count += 1
        if count > MOST_PARTS * 4:
            return
        inside = part.get_payload()
        wrapped = part.is_multipart() and part.get_content_type() != "message/rfc822"
        if not wrapped:
            yield part
        elif depth < DEEPEST and isinstance(inside, list):
            stack += [(one, depth + 1) for one in reversed(inside[:MOST_PARTS]) if isinstance(one, Message)]


def _keep(part: Message, name: str, files: list[tuple[str, bytes]], notes: list[str]) -> None:
    kind = part.get_content_type()
    if kind == "message/rfc822":
        inside = part.get_payload()
        held = inside[0] if isinstance(inside, list) and inside and isinstance(inside[0], Message) else None
        data = held.as_bytes() if held is not None else b""
        name = name or f"{line(_header(held, 'Subject'))[:80] or 'Mail'}.eml"
    elif part.get_content_maintype() == "multipart" or (
        kind in ("text/calendar", "text/plain", "text/html") and not name
    ):
        return
    else:
        if not name and part.get("Content-ID"):
            return  # a picture of the letterhead
        found = part.get_payload(decode=True)
        data = found if isinstance(found, bytes) else b""
        name = name or f"File.{part.get_content_subtype()[:5]}"
    if not data:
        notes.append(f"{name} is empty, so it was left out.")
    elif len(data) > MOST_FILE:
        notes.append(f"{name} has more than 25 MB, so it was left out.")
    elif len(files) >= MOST_FILES:
        words = f"The mail has more than {MOST_FILES} files; the others were left out."
        notes += [words] if words not in notes else []
    else:
        files.append((name, data))


def _file_name(part: Message) -> str:
    """Without a folder, whatever the mail says; "" of a part that is no file."""
    try:
        found = part.get_filename() or ""
    except (ValueError, LookupError, TypeError, UnicodeError):
        found = "File"
    name = line(_decoded(found)).replace("\\", "/").rpartition("/")[2]
    if not name and part.get_content_disposition() == "attachment":
        return f"File.{part.get_content_subtype()[:5]}"
    return name[-150:]


def _text(part: Message, kind: str) -> str:
    found = part.get_payload(decode=True)
    data = found if isinstance(found, bytes) else b""
    text = _as_words(data[: MOST_TEXT * 8], part.get_content_charset() or "")
    return (html_text(text) if kind == "text/html" else text)[:MOST_TEXT]


def _as_words(data: bytes, charset: str) -> str:
    """What is UTF-8 is UTF-8, whatever the header says; then the header is believed, then the letters themselves."""
    if data.isascii() and charset:
        try:
            return data.decode(charset)
        except (LookupError, UnicodeDecodeError, ValueError):
            return data.decode("ascii")
    for codec in ("utf-8", charset):
        try:
            return data.decode(codec or "ascii")
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    try:
        return decode(data, "The mail")[0]
    except UserError:
        return data.decode("utf-8", "replace")


def _header(message: Message | None, name: str) -> str:
    if message is None:
        return ""
    # As it stands: the library would turn bare bytes into question marks.
    raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
    return _decoded(str(raw))


def _decoded(raw: str) -> str:
    """=?utf-8?q?Zo=C3=AB?= is Zoë; what cannot be read stays as it is."""
    try:
        parts = decode_header(raw.replace("\r", "").replace("\n", ""))
    except (ValueError, LookupError, TypeError, UnicodeError):
        return _unbared(raw)
    found = []
    for words, charset in parts:
        if isinstance(words, bytes):
            found.append(_as_words(words, charset if charset and charset != "unknown-8bit" else ""))
        else:
            found.append(_unbared(words))
    return "".join(found)


def _unbared(words: str) -> str:
    """Bare bytes in a header arrive as surrogates."""
    if not any("\udc80" <= c <= "\udcff" for c in words):
        return words
    return _as_words(words.encode("utf-8", "surrogateescape"), "")


def _writer(message: Message) -> tuple[str, str]:
    """Where a form or a portal wrote for somebody, the one to whom the answer goes."""
    name, address = _first_address(_header(message, "From"))
    reply = _first_address(_header(message, "Reply-To"))
    if reply[1] and (not address or _NO_REPLY.search(address)):
        return reply[0] or name, reply[1]
    if address and _NO_REPLY.search(address):
        return name, ""
    return name, address


def _first_address(text: str) -> tuple[str, str]:
    text = text[:2_000]
    try:
        pairs = getaddresses([text])
    except (ValueError, IndexError, TypeError, AttributeError):
        pairs = []
    for name, address in pairs:
        if is_email(address.strip()):
            return line(name).strip("'\""), address.strip()
    match = _ADDRESS.search(text)
    name = line(text[: match.start()] if match else text).strip("<>[]()'\" ,;:-")
    return ("" if is_email(name) else name)[:200], match[0] if match and is_email(match[0]) else ""


def _day(text: str) -> date | None:
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        match = re.search(r"\b(20\d\d)-(\d\d)-(\d\d)\b", text)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def _shown(text: str) -> tuple[dict[str, str], str]:
    """The header lines at the top as a mail program shows them, and what stands below."""
    found: dict[str, str] = {}
    lines = text.split("\n")
    at = 0
    for at, one in enumerate(lines[:25]):  # noqa: B007 - where it stopped is what is wanted
        match = _SHOWN_LINE.fullmatch(one)
        key = _SHOWN.get(match[1].strip("* ").casefold()) if match else None
        if match and key is not None:
            if key:
                found.setdefault(key, match[2].strip("* "))
        elif one.strip(" >*") or len(found) > 1:
            break
    if not ("from" in found or "subject" in found):
        return {}, text
    return found, "\n".join(lines[at:]).strip()


def _written(mail: Mail) -> Mail:
    """Of one that was passed on, who wrote it first."""
    for match in _FORWARDED.finditer(mail.text[:MOST_TEXT]):
        shown, rest = _shown(mail.text[match.end() :].lstrip("\n"))
        name, address = _first_address(shown.get("from", ""))
        if address or name:
            return Mail(
                name,
                address,
                line(shown.get("subject", "")) or mail.subject,
                _day(shown.get("date", "")) or mail.sent_on,
                rest,
                mail.files,
                mail.notes,
            )
    return mail


def answer(data: bytes) -> bytes:
    """For a process of its own (core.exchange.apart): a mail's bytes to the same as `unpacked` reads."""
    import msgspec

    return msgspec.msgpack.encode(read_mail(data))


def unpacked(data: bytes) -> Mail:
    import msgspec

    return msgspec.msgpack.decode(data, type=Mail)
