"""The sample program's files of people and of one answer, with their words read already."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

import resources
from core.jobs.sample_days import read, uid
from core.jobs.sample_people import Made
from core.model import Document, DocumentText
from core.store.bodies import put
from core.work.documents import RESUME, media_type


def lay_files(session: Session, made: Made) -> None:
    seen: set[str] = set()
    for item in read("files")["files"]:
        who = item["who"]
        data = resources.path(f"sample/files/{item['file']}").read_bytes()
        digest = put(session, data)
        session.add(
            Document(
                id=uid("file", item["file"]),
                noun="candidates",
                owner_id=made.people[who],
                name=item["name"],
                media_type=media_type(item["name"], data),
                size=len(data),
                sha256=digest,
                added_on=made.days.at(item["day"]),
                purpose="" if who in seen else RESUME,
            )
        )
        session.add(DocumentText(sha256=digest, state="read", text=item["words"].strip()))
        seen.add(who)


def lay_answer_file(session: Session, made: Made, item: dict[str, Any], application_id: str, question_id: str) -> None:
    """A text that answers a question, as resources/sample/answers_now.toml has `file`, with its words read."""
    said = item["file"]
    words = said["text"].strip()
    digest = put(session, words.encode())
    session.add(
        Document(
            id=uid("file", application_id),
            noun="applications",
            owner_id=application_id,
            question_id=question_id,
            name=said["name"],
            media_type="",
            size=len(words.encode()),
            sha256=digest,
            added_on=made.days.at(item["applied"]),
        )
    )
    session.add(DocumentText(sha256=digest, state="read", text=words))
