"""The sample program's files of people, with their words read already."""

from __future__ import annotations

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
