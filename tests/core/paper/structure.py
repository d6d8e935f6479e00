"""A checker of a paper's structure, by what PDF/UA-1 (ISO 14289-1) asks and ISO 32000-1, 14.7 and 14.8 define.

It reads the finished file with another library and shares no code with what wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

_SHOWS = {"Tj", "TJ", "'", '"'}
_PAINTS = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "EI", "INLINE IMAGE"}
_ROLES = {"Document", "H1", "H2", "H3", "P", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "Figure", "Form"}
_INSIDE = {"L": {"LI"}, "LI": {"Lbl", "LBody"}, "Table": {"TR"}, "TR": {"TH", "TD"}}
_WITHIN = {"LI": {"L"}, "Lbl": {"LI"}, "LBody": {"LI"}, "TR": {"Table"}, "TH": {"TR"}, "TD": {"TR"}}
_HIDDEN = 2


def faults(path: Path) -> list[str]:
    """What is wrong, each in a sentence; nothing where the paper can be read aloud."""
    with pikepdf.open(path) as pdf:
        # What qpdf has to say of the file as such.
        return [*pdf.check_pdf_syntax(), *_catalog(pdf), *_pages(pdf), *_tree(pdf)]


def outline(path: Path) -> list[tuple[str, str]]:
    """(role, text) of each element that has content of its own, in the order in which it is read."""
    with pikepdf.open(path) as pdf:
        return [(str(node.S)[1:], str(node.get("/Alt", ""))) for node in _elements(pdf)]


def _catalog(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", str(root.get("/Lang", ""))):
        yield "the file names no language"
    if root.get("/MarkInfo", pikepdf.Dictionary()).get("/Suspects"):
        yield "the marks are called doubtful"
    if not root.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked"):
        yield "the file is not marked"
    if not root.get("/ViewerPreferences", pikepdf.Dictionary()).get("/DisplayDocTitle"):
        yield "viewers show the file's name for its title"
    if not str(pdf.docinfo.get("/Title", "")):
        yield "the file has no title"
    with pdf.open_metadata() as meta:
        if str(meta.get("pdfuaid:part", "")) != "1":
            yield "no claim of PDF/UA-1"
        if str(meta.get("dc:title", "")) != str(pdf.docinfo.get("/Title", "")):
            yield "the metadata's title is another one"
    with pdf.open_outline() as bookmarks:
        yield from _bookmarks(bookmarks.root, {page.objgen for page in pdf.pages})


def _bookmarks(items: list[pikepdf.OutlineItem], pages: set[tuple[int, int]]) -> Iterator[str]:
    if not items:
        yield "the file has no bookmarks"
    for item in items:
        if not item.title.strip():
            yield "a bookmark without words"
        to = item.destination if item.destination is not None else (item.action or {}).get("/D")
        if not isinstance(to, pikepdf.Array) or to[0].objgen not in pages:
            yield f"the bookmark {item.title} leads nowhere"
        if item.children:
            yield from _bookmarks(item.children, pages)


def _pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, 1):
        where = f"page {number}"
        if page.obj.get("/Tabs") != "/S":
            yield f"{where}: Tab does not follow the structure"
        yield from (f"{where}: {fault}" for fault in _marks(page)[1])


def _marks(page: pikepdf.Page) -> tuple[list[int], list[str]]:
    """The numbers of the page's marked content, and what is wrong with it."""
    found: list[int] = []
    wrong: list[str] = []
    open_: list[tuple[str, bool]] = []
    text = False
    for given in pikepdf.parse_content_stream(page):
        operator, operands = str(given.operator), list(given.operands)
        if operator in ("BT", "ET"):
            text = operator == "BT"
        elif operator in ("BDC", "BMC"):
            inside: Any = operands[1] if operator == "BDC" else {}
            number = inside.get("/MCID") if isinstance(inside, pikepdf.Dictionary) else None
            if number is not None:
                if any(marked for _, marked in open_):
                    wrong.append(f"mark {number} stands in another")
                found.append(int(number))
            open_.append((f"{operands[0]}{'in text' if text else ''}", number is not None))
        elif operator == "EMC":
            if not open_:
                wrong.append("an end without a beginning")
                continue
            name, _ = open_.pop()
            if name.endswith("in text") != text:
                wrong.append(f"{name} crosses a text object")
        elif operator in _SHOWS | _PAINTS and not open_:
            wrong.append(f"{operator} is neither in the structure nor decoration")
    if open_:
        wrong.append(f"{open_[-1][0]} is not closed")
    if found != list(range(len(found))):
        wrong.append("marks are numbered twice or not in order")
    return found, wrong


def _told(page: pikepdf.Page) -> set[int]:
    """The marks that show at least one letter."""
    told: set[int] = set()
    open_: list[int | None] = []
    for given in pikepdf.parse_content_stream(page):
        operator, operands = str(given.operator), list(given.operands)
        if operator in ("BDC", "BMC"):
            inside: Any = operands[1] if operator == "BDC" else {}
            number = inside.get("/MCID") if isinstance(inside, pikepdf.Dictionary) else None
            open_.append(None if number is None else int(number))
        elif operator == "EMC" and open_:
            open_.pop()
        elif operator in _SHOWS:
            shown: Any = operands[-1]
            parts = list(shown) if isinstance(shown, pikepdf.Array) else [shown]
            if any(isinstance(part, pikepdf.String) and bytes(part).strip(b"\0 ") for part in parts):
                told |= {number for number in open_ if number is not None}
    return told


def _elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    def below(node: Any) -> Iterator[Any]:
        yield node
        for kid in _kids(node):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from below(kid)

    yield from below(pdf.Root.StructTreeRoot.K)


def _kids(node: Any) -> list[Any]:
    kids = node.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _tree(pdf: pikepdf.Pdf) -> Iterator[str]:
    if "/StructTreeRoot" not in pdf.Root:
        yield "the file has no structure"
        return
    places = {page.objgen: number for number, page in enumerate(pdf.pages)}
    marked: dict[tuple[int, int], Any] = {}
    objects: dict[tuple[int, int], Any] = {}
    level = 0
    shows = [_told(page) for page in pdf.pages]
    last = dict.fromkeys(places.values(), -1)
    for node in _elements(pdf):
        role = str(node.S)[1:]
        kids = _kids(node)
        yield from _element(node, role, kids)
        if role[0] == "H":
            if int(role[1]) > level + 1:
                yield f"{role} follows a heading of level {level}"
            level = int(role[1])
        for kid in kids:
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
                objects[kid.Obj.objgen] = node
            elif not (isinstance(kid, pikepdf.Dictionary) and "/S" in kid):
                apart = isinstance(kid, pikepdf.Dictionary)
                page = kid.Pg if apart else node.Pg
                place = places[page.objgen], int(kid.MCID if apart else kid)
                if place in marked:
                    yield f"mark {place} belongs to two elements"
                marked[place] = node
                if place[1] < last[place[0]]:
                    yield f"mark {place} is read after what follows it on its page"
                last[place[0]] = place[1]
        own = [place for place, one in marked.items() if one.objgen == node.objgen]
        if role[0] == "H" and own and not any(mark in shows[page] for page, mark in own):
            yield f"an {role} that shows nothing"
    yield from _parents(pdf, marked, objects)


def _parents(
    pdf: pikepdf.Pdf, marked: dict[tuple[int, int], Any], objects: dict[tuple[int, int], Any]
) -> Iterator[str]:
    nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    parents = {int(key): value for key, value in zip(nums[::2], nums[1::2], strict=True)}
    for number, page in enumerate(pdf.pages):
        own = {mark for at, mark in marked if at == number}
        if own != set(_marks(page)[0]):
            yield f"page {number + 1}: its marks are not those of the structure"
        listed = list(parents.get(int(page.obj.get("/StructParents", -1)), []))
        if len(listed) != len(own) or any(marked[number, at].objgen != one.objgen for at, one in enumerate(listed)):
            yield f"page {number + 1}: the parents of its marks are others"
        for note in page.obj.get("/Annots", []):
            yield from _annotation(note, parents, objects)


def _element(node: Any, role: str, kids: list[Any]) -> Iterator[str]:
    if role not in _ROLES:
        yield f"{role} is no role of ours"
    if not kids and role != "TD":
        yield f"an empty {role}"
    above = node.P
    name = str(above.get("/S", "/none"))[1:]
    if role in _WITHIN and name not in _WITHIN[role]:
        yield f"{role} stands in {name}"
    if all(kid.objgen != node.objgen for kid in _kids(above) if isinstance(kid, pikepdf.Dictionary)):
        yield f"{role} is no child of its parent"
    if role in _INSIDE and not all(_role(kid) in _INSIDE[role] for kid in kids):
        yield f"{role} has a child that does not belong there"
    if role == "Figure" and not str(node.get("/Alt", "")).strip():
        yield "a figure without words"
    if role == "TH" and str(node.get("/A", {}).get("/Scope", "")) not in ("/Row", "/Column"):
        yield "a head of neither row nor column"
    if role == "Table":
        yield from _table(kids)


def _role(kid: Any) -> str:
    return str(kid.get("/S", ""))[1:] if isinstance(kid, pikepdf.Dictionary) else ""


def _table(rows: list[Any]) -> Iterator[str]:
    if not any(_role(cell) == "TH" for row in rows for cell in _kids(row)):
        yield "a table without heads"
    if len({len(_kids(row)) for row in rows}) > 1:
        yield "rows of a table differ in length"
    headed: set[int] = set()
    for row in rows:
        cells = _kids(row)
        scopes = [str(cell.get("/A", {}).get("/Scope", "")) if _role(cell) == "TH" else "" for cell in cells]
        headed |= {at for at, scope in enumerate(scopes) if scope == "/Column"}
        # The corner over heads of rows is empty.
        bare = (at for at, cell in enumerate(cells) if _role(cell) == "TD" and at not in headed and _kids(cell))
        if "/Row" not in scopes and next(bare, None) is not None:
            yield "a cell of a table has no head"


def _annotation(note: Any, parents: dict[int, Any], objects: dict[tuple[int, int], Any]) -> Iterator[str]:
    if int(note.get("/F", 0)) & _HIDDEN:
        return
    name = str(note.get("/T", note.get("/Parent", {}).get("/T", "")))
    above = parents.get(int(note.get("/StructParent", -1)))
    if above is None or note.objgen not in objects or objects[note.objgen].objgen != above.objgen:
        yield f"the field {name} is not in the structure"
    if not str(note.get("/TU", note.get("/Parent", {}).get("/TU", ""))).strip():
        yield f"the field {name} has no words"
