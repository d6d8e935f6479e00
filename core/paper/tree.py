"""The structure of a finished paper as objects of its file: elements, what belongs to them, and what the file claims.

ISO 32000-1, 14.7.2 (structure tree), 14.7.4.4 (parent tree), 14.8.4 (roles); ISO 14289-1, 5 (the claim).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import (
    XMP,
    PDFDictionary,
    PDFObject,
    PDFString,
)


@dataclass(frozen=True, slots=True)
class Content:
    """Marked content: the page's place, and its number there."""

    page: int
    mark: int


@dataclass(frozen=True, slots=True)
class Widget:
    """A field on a page, by its reference."""

    page: int
    reference: Any


class Node:
    """An element. `attributes`: Alt, ActualText, Scope; `box`: a figure's corners on its page, in points."""

    __slots__ = ("attached", "attributes", "box", "kids", "parent", "reference", "role")

    def __init__(
        self,
        role: str,
        attributes: dict[str, str] | None = None,
        box: tuple[float, float, float, float] | None = None,
    ) -> None:
        self.role = role
        self.attributes = attributes or {}
        self.box = box
        self.parent: Node | None = None
        self.kids: list[Node | Content | Widget] = []
        self.attached = False
        self.reference = ""


class _Raw(PDFObject):
    """An object written as it is, which is several times quicker than ReportLab's dictionaries."""

    __RefOnly__ = 1

    def __init__(self, written: str = "") -> None:
        self.written = written

    def format(self, _document: Any) -> bytes:
        return self.written.encode("ascii")


def write_tree(
    doc: Any, root: Node, pages: Sequence[Sequence[Node]], widgets: Sequence[tuple[Any, Node]], identifier: str
) -> None:
    """`pages`: each page's marks in their order, as the elements that they are of."""
    catalog = doc.Catalog
    tree, parents = _Raw(), _Raw()
    tree_at, parents_at = _at(doc, tree), _at(doc, parents)
    refs = [_number(doc, f"Page{number}") for number in range(1, len(pages) + 1)]
    elements = list(_all(root))
    made = [_Raw() for _ in elements]
    for node, raw in zip(elements, made, strict=True):
        node.reference = _at(doc, raw)
    for node, raw in zip(elements, made, strict=True):
        raw.written = _element(doc, node, node.parent.reference if node.parent else tree_at, refs)
    numbers = [f"{at} [{' '.join(node.reference for node in marks)}]" for at, marks in enumerate(pages)]
    for at, (annotation, node) in enumerate(widgets, len(pages)):
        annotation.dict["StructParent"] = at
        numbers.append(f"{at} {node.reference}")
    parents.written = f"<</Nums [{' '.join(numbers)}]>>"
    tree.written = (
        f"<</Type /StructTreeRoot /K {root.reference} /ParentTree {parents_at} "
        f"/ParentTreeNextKey {len(pages) + len(widgets)}>>"
    )
    catalog.StructTreeRoot = doc.Reference(tree)
    catalog.MarkInfo = PDFDictionary({"Marked": "true"})
    catalog.Metadata = XMP(creator=lambda _: _claims(doc, identifier))


def _all(node: Node) -> list[Node]:
    found = [node]
    for kid in node.kids:
        if isinstance(kid, Node):
            found += _all(kid)
    return found


def _at(doc: Any, raw: _Raw) -> str:
    return _number(doc, doc.Reference(raw).name)


def _number(doc: Any, name: str) -> str:
    number, version = doc.idToObjectNumberAndVersion[name]
    return f"{number} {version} R"


def _element(doc: Any, node: Node, parent: str, pages: Sequence[str]) -> str:
    home = next((kid.page for kid in node.kids if isinstance(kid, Content)), None)
    kids = " ".join(_kid(doc, kid, home, pages) for kid in node.kids)
    page = f" /Pg {pages[home]}" if home is not None else ""
    words = "".join(
        f" /{name} <FEFF{text.encode('utf-16-be').hex().upper()}>"
        for name, text in node.attributes.items()
        if name in ("Alt", "ActualText")
    )
    return f"<</Type /StructElem /S /{node.role} /P {parent}{page} /K [{kids}]{words}{_attributes(node)}>>"


def _attributes(node: Node) -> str:
    if scope := node.attributes.get("Scope"):
        return f" /A <</O /Table /Scope /{scope}>>"
    if node.box:
        corners = " ".join(f"{at:.2f}" for at in node.box)
        return f" /A <</O /Layout /BBox [{corners}] /Placement /Block>>"
    if node.role == "L":
        return f" /A <</O /List /ListNumbering /{node.attributes.get('Numbering', 'Disc')}>>"
    return ""


def _kid(doc: Any, kid: Node | Content | Widget, home: int | None, pages: Sequence[str]) -> str:
    if isinstance(kid, Node):
        return kid.reference
    if isinstance(kid, Widget):
        return f"<</Type /OBJR /Obj {_number(doc, kid.reference.name)} /Pg {pages[kid.page]}>>"
    if kid.page == home:
        return f"{kid.mark}"
    return f"<</Type /MCR /Pg {pages[kid.page]} /MCID {kid.mark}>>"


def _claims(doc: Any, identifier: str) -> bytes:
    """What the file says of itself; that it keeps to PDF/UA-1 too, as a paper that does not is never made."""
    info = doc.info
    which = f"<dc:identifier>{escape(identifier)}</dc:identifier>" if identifier else ""
    title, author, subject = (escape(_words(text)) for text in (info.title, info.author, info.subject))
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/">'
        f"<dc:format>application/pdf</dc:format>{which}"
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"
        f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>'
        "<pdfuaid:part>1</pdfuaid:part><xmp:CreatorTool>Foothold</xmp:CreatorTool><pdf:Producer>Foothold</pdf:Producer>"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def _words(value: Any) -> str:
    return str(value.s if isinstance(value, PDFString) else value)
