"""A filter as a tree of plain JSON, what it means in SQL, and what it is called.

A tree is {"all": [...]}, {"any": [...]}, {"not": tree} or a condition {"field": key, "is": operator, "value": ...}; {}
is everyone. Fields and operators: core.insight.filter_fields; values: core.insight.filter_values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, false, not_, or_, select, true
from sqlalchemy.orm import Session

from core.errors import UserError
from core.insight import filter_values as read
from core.insight.filter_fields import BARE, FIELDS, FilterField, Option, fields, options
from core.insight.filter_sql import leaf
from core.insight.filter_words import Words
from core.model import Project, School, Skill, Tag
from core.store import Store

Node = Mapping[str, Any]
EVERYONE: Node = {"all": []}
DEEPEST, MOST_LEAVES = 8, 100
_GROUPS = ("all", "any")


def is_everyone(node: Node) -> bool:
    """Whether nothing is asked for."""
    return node in ({}, EVERYONE)


def parts(node: Node) -> list[Node]:
    """What must all hold, one a chip."""
    if is_everyone(node):
        return []
    return list(node["all"]) if set(node) == {"all"} and isinstance(node["all"], list) else [node]


def both(one: Node, other: Node) -> Node:
    return {"all": [*parts(one), *parts(other)]}


def conditions(session: Session, node: Node, today: date) -> ColumnElement[bool]:
    """On Candidate with LATEST and School (outer) joined. UserError with a sentence where a part cannot be used."""
    return _sql(node, fields(session), today, [MOST_LEAVES], DEEPEST)


def check(session: Session, node: Node, today: date) -> None:
    """UserError where a part of the filter cannot be used."""
    conditions(session, node, today)


def mended(session: Session, node: Node, today: date) -> tuple[Node, list[str]]:
    """The tree without the parts that cannot be used, and a sentence for each of these."""
    problems: list[str] = []
    found = _mended(node, fields(session), today, problems, DEEPEST)
    return found if found is not None else EVERYONE, problems


def words(session: Session, node: Node, today: date) -> str:
    """The whole tree in one line; "" for everyone."""
    return _said(node, Words(session, fields(session), today), "")


def chips(session: Session, node: Node, today: date) -> list[str]:
    """One text a part, in the order of `parts`."""
    said = Words(session, fields(session), today)
    return [_said(one, said, "") for one in parts(node)]


def catalogue(store: Store) -> dict[str, tuple[FilterField, list[Option]]]:
    """What can be filtered by, in order, and what can be chosen there."""
    with store.read() as session:
        return {key: (field, options(session, field)) for key, field in fields(session).items()}


@dataclass(frozen=True, slots=True)
class Shown:
    """A filter for the screen: `tree` without what cannot be used, a chip for each part, sentences for the rest."""

    tree: Node
    chips: tuple[str, ...]
    problems: tuple[str, ...]


def shown(store: Store, node: Node, today: date) -> Shown:
    with store.read() as session:
        tree, problems = mended(session, node, today)
        problems += _gone(session, tree, fields(session))
        return Shown(tree, tuple(chips(session, tree, today)), tuple(problems))


_ROWS: dict[str, tuple[str, Any]] = {
    "tag": ("tag", Tag.id),
    "skill": ("skill", Skill.id),
    "school": ("school", School.id),
    "applied": ("project", Project.id),
}
"""Conditions that name rows, which may be removed: what one is called."""


def _gone(session: Session, node: Node, known: Mapping[str, FilterField]) -> list[str]:
    """A sentence for each condition that names what is no longer there, as it would find nobody without a word."""
    if "field" not in node:
        inside = [node["not"]] if "not" in node else [one for kind in _GROUPS for one in node.get(kind, ())]
        return [words for one in inside for words in _gone(session, one, known)]
    key = str(node["field"])
    if key not in _ROWS or node.get("is") in BARE:
        return []
    noun, row_id = _ROWS[key]
    value = node.get("value")
    wanted = set(map(str, value["of"] if isinstance(value, Mapping) else value or ()))
    missing = len(wanted - set(session.scalars(select(row_id).where(row_id.in_(wanted)))))
    if not missing:
        return []
    what = f"a {noun} that is" if missing == 1 else f"{missing} {noun}s that are"
    words = f"The condition on “{known[key].words}” asks for {what} no longer there."
    return [f"{words} Take it out of the filter, or bring it back by Undo."]


def in_words(store: Store, node: Node, today: date) -> str:
    with store.read() as session:
        return words(session, node, today)


def checked(store: Store, node: Node, today: date) -> Node:
    """The tree itself. UserError where a part of it cannot be used."""
    with store.read() as session:
        check(session, node, today)
    return node


def field_of(known: Mapping[str, FilterField], node: Node) -> FilterField:
    key = node.get("field")
    if not isinstance(key, str) or key not in known:
        raise UserError(
            "A part of this filter asks for a field that is no longer there. Take it out of the filter, or bring "
            "the field back by Undo."
        )
    return known[key]


def _sql(node: Any, known: Mapping[str, FilterField], today: date, left: list[int], deep: int) -> ColumnElement[bool]:
    kind = _kind(node, deep)
    if kind == "":
        return true()
    if kind == "not":
        return not_(_sql(node["not"], known, today, left, deep - 1))
    if kind in _GROUPS:
        inside = [_sql(one, known, today, left, deep - 1) for one in node[kind]]
        return and_(true(), *inside) if kind == "all" else or_(false(), *inside)
    left[0] -= 1
    if left[0] < 0:
        raise UserError(f"A filter has at most {MOST_LEAVES} conditions.")
    return leaf(field_of(known, node), node.get("is"), node.get("value"), today)


def _kind(node: Any, deep: int) -> str:
    """all, any, not, field, or "" for an empty one."""
    if isinstance(node, Mapping) and deep >= 0:
        if not node:
            return ""
        for kind in _GROUPS:
            if set(node) == {kind} and isinstance(node[kind], Sequence) and not isinstance(node[kind], str):
                return kind
        if set(node) == {"not"}:
            return "not"
        if "field" in node and set(node) <= {"field", "is", "value"}:
            return "field"
    raise UserError(
        f"This filter cannot be read. Groups lie at most {DEEPEST} deep in each other; make it anew with fewer."
    )


def _mended(node: Any, known: Mapping[str, FilterField], today: date, problems: list[str], deep: int) -> Node | None:
    try:
        kind = _kind(node, deep)
        if kind == "field":
            field = field_of(known, node)
            read.check(field, node.get("is"), node.get("value"), today)
            return dict(node)
    except UserError as error:
        problems.append(str(error))
        return None
    if kind == "not":
        inside = _mended(node["not"], known, today, problems, deep - 1)
        return None if inside is None else {"not": inside}
    if kind == "":
        return {}
    kept = [one for each in node[kind] if (one := _mended(each, known, today, problems, deep - 1)) is not None]
    # A group that lost all its parts would turn from some into everyone or no one.
    return {kind: kept} if kept or not node[kind] else None


def _said(node: Any, said: Words, around: str) -> str:
    kind = _kind(node, DEEPEST)
    if kind == "field":
        field = said.fields.get(str(node.get("field"))) or FIELDS.get(str(node.get("field")))
        return said.leaf(field, node.get("is"), node.get("value")) if field else "A field that is no longer there"
    if kind == "not":
        inside = _said(node["not"], said, "not")
        return f"not {inside}" if inside else "no one"
    if kind == "":
        return ""
    found = [_said(one, said, kind if len(node[kind]) > 1 else around) for one in node[kind]]
    joined = (" and " if kind == "all" else " or ").join(one for one in found if one)
    if not node[kind]:
        return "" if kind == "all" and around in ("all", "") else "everyone" if kind == "all" else "no one"
    return f"({joined})" if around not in ("", kind) and (len(found) > 1) else joined
