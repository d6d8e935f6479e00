"""Skills are shared by name between projects and candidates."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from core.ids import new_id
from core.model import Skill
from core.text import fold
from core.work.checks import rows


class SkillIndex:
    """Finds a skill by its name, case and accents aside, and adds the ones that are new."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.names = {skill.id: skill.name for skill in rows(session, Skill)}
        self._ids = {fold(name): skill_id for skill_id, name in self.names.items()}

    def id_of(self, name: str) -> str:
        key = fold(name)
        if key not in self._ids:
            skill = Skill(id=new_id(), name=name)
            self._session.add(skill)
            self._ids[key] = skill.id
            self.names[skill.id] = name
        return self._ids[key]


def skill_ids(session: Session, names: Iterable[str]) -> list[str]:
    index = SkillIndex(session)
    return [index.id_of(name) for name in names]
