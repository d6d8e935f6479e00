"""The sample program's own words: tags, fields and lists."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core.jobs.sample_days import read, uid
from core.jobs.sample_people import Made
from core.model import CandidateTag, CustomField, CustomValue, SavedList, Tag


def lay_words(session: Session, made: Made) -> None:
    data = read("words")
    for name, people in data["tags"].items():
        tag_id = uid("tag", name)
        session.add(Tag(id=tag_id, name=name))
        for who in people:
            owner = made.people[who]
            session.add(CandidateTag(id=uid("tag", name, who), candidate_id=owner, tag_id=tag_id))
    for position, (key, item) in enumerate(data["fields"].items()):
        field_id = uid("field", key)
        values = item.pop("values")
        session.add(CustomField(id=field_id, position=position, **item))
        for who, text in values.items():
            row_id, owner = uid("field", key, who), made.people[who]
            session.add(CustomValue(id=row_id, field_id=field_id, candidate_id=owner, text=text))
    for position, (name, item) in enumerate(data["lists"].items()):
        columns = item.pop("columns", [])
        session.add(SavedList(id=uid("list", name), name=name, position=position, columns=columns, **item))
