"""What each mark on a page is, so that a screen reader can tell: a heading, a paragraph, a cell, decoration.

The canvas opens and closes elements as papers draw. Text outside any element is an error, never a silent gap; lines and
areas that nobody claims are decoration. ISO 32000-1, 14.6 to 14.8, as PDF/UA-1 (ISO 14289-1) asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from core.paper.tree import Content, Node, Widget, write_tree

GROUPING = frozenset({"Document", "L", "LI", "Table", "TR", "Form"})
"""These hold other elements, no text of their own."""
_KEPT = frozenset({"Table", "TR", "TH", "TD"})
"""Cells stand in the tree even where they are empty: they hold their column's place."""
_PAINTS = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "EI"})
_PDF = (1, 7)


class TagError(Exception):
    """A paper draws text, or a field, without saying what it is."""


class _Text(PDFTextObject):
    """Lines end in a space, as nothing else parts their words for who reads the text without its places."""

    def _textOut(self, text: Any, TStar: int = 0) -> None:  # noqa: N803 - its name in ReportLab
        if TStar and type(text) is str and text[-1:] not in (" ", "-", "\xad"):
            text += " "
        super()._textOut(text, TStar)  # type: ignore[misc]


class TagCanvas(Canvas):
    """A canvas that writes the structure tree beside the pages. It rests on ReportLab's `_code` and `_doc`."""

    _code: list[str]
    _doc: Any
    _annotationrefs: list[Any]

    def __init__(self, *given: Any, **more: Any) -> None:
        self.root = Node("Document")
        self.identifier = ""
        self._open: list[Node] = [self.root]
        self._sealed = 0
        self._pages: list[list[Node]] = [[]]
        self._widgets: list[tuple[Any, Node]] = []
        self._label: Node | None = None
        super().__init__(*given, **{**more, "pdfVersion": _PDF})

    @property
    def sealed(self) -> bool:
        """Whether all that is drawn now is part of a figure, or of decoration."""
        return self._sealed > 0

    def push(self, node: Node) -> None:
        """What follows is in `node`, a child of what is open; it may be opened again, also on a next page."""
        if node.parent is None and not self._sealed:
            node.parent = self._open[-1]
            if node.role in _KEPT:
                self._attach(node)
        self._open.append(node)

    def pop(self) -> None:
        self._open.pop()

    @contextmanager
    def element(self, role: str, **attributes: str) -> Iterator[Node]:
        """What is drawn meanwhile is in a new element, unless it is decoration."""
        node = Node(role, attributes)
        self.push(node)
        try:
            yield node
        finally:
            self.pop()

    def label(self, node: Node) -> None:
        """The next text is the label of a list's item, and stands before what is open."""
        node.parent = self._open[-2]
        self._label = node

    @contextmanager
    def artifact(self, kind: str = "Layout", part: str = "") -> Iterator[None]:
        """What is drawn meanwhile is decoration: a running head, a head that is repeated."""
        self.seal(kind, part)
        try:
            yield
        finally:
            self.unseal()

    def seal(self, kind: str, part: str = "") -> None:
        if not self._sealed:
            self._code.append(f"/Artifact <</Type /{kind}{f' /Subtype /{part}' if part else ''}>> BDC")
        self._sealed += 1

    def unseal(self) -> None:
        self._sealed -= 1
        if not self._sealed:
            self._code.append("EMC")

    @contextmanager
    def figure(self, words: str, width: float, height: float) -> Iterator[None]:
        """A picture from where the canvas stands, with its `words` for who cannot see it."""
        if self._sealed:
            yield
            return
        x, y = self.absolutePosition(0, 0)
        node = Node("Figure", {"Alt": words}, box=(x, y, x + width, y + height))
        node.parent = self._open[-1]
        self._begin(node)
        self._sealed += 1
        try:
            yield
        finally:
            self.unseal()

    def beginText(self, x: float = 0, y: float = 0, direction: Any = None) -> _Text:
        return _Text(self, x, y, direction=direction)

    def drawText(self, aTextObject: Any) -> None:  # noqa: N803 - its name in ReportLab
        if self._sealed:
            super().drawText(aTextObject)
            return
        node, self._label = self._label or self._open[-1], None
        if node.role in GROUPING:
            raise TagError(f"text in a {node.role}")
        self._begin(node)
        super().drawText(aTextObject)
        self._code.append("EMC")

    def _begin(self, node: Node) -> None:
        marks = self._pages[-1]
        self._attach(node)
        node.kids.append(Content(len(self._pages) - 1, len(marks)))
        self._code.append(f"/{node.role} <</MCID {len(marks)}>> BDC")
        marks.append(node)

    @staticmethod
    def _attach(node: Node) -> None:
        """Into the tree with the first that is in it, so that nothing empty stands there."""
        while not node.attached and node.parent is not None:
            node.attached = True
            node.parent.kids.append(node)
            node = node.parent

    def _addAnnotation(self, annotation: Any, name: str | None = None, addtopage: int = 1) -> None:
        super()._addAnnotation(annotation, name, addtopage)  # type: ignore[misc]
        if annotation.dict.get("F") and int(annotation.dict["F"]) & 2:
            return
        node = self._open[-1]
        if node.role != "Form":
            raise TagError("a field without an element")
        self._attach(node)
        node.kids.append(Widget(len(self._pages) - 1, self._annotationrefs[-1]))
        self._widgets.append((annotation, node))

    def showPage(self) -> None:
        self._decorate()
        at = self._doc.thisPageName()
        super().showPage()
        page = self._doc.idToObject[at]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = len(self._pages) - 1, "/S"
        self._pages.append([])

    def _decorate(self) -> None:
        """Lines and areas outside any element are decoration."""
        depth = 0
        code = self._code
        for at, entry in enumerate(code):
            last = entry[entry.rfind(" ") + 1 :].strip() if entry[-1:].isalpha() or entry[-1:] == "*" else entry[-3:]
            if last in ("BDC", "BMC"):
                depth += 1
            elif last == "EMC":
                depth -= 1
            elif not depth and last in _PAINTS:
                code[at] = f"/Artifact BMC {entry} EMC"

    @property
    def pages(self) -> int:
        """How many are finished."""
        return len(self._pages) - 1

    @contextmanager
    def part_of_a_page(self) -> Iterator[None]:
        """What is drawn meanwhile is not on a page, but in a form that pages draw as a whole."""
        self._sealed += 1
        try:
            yield
        finally:
            self._sealed -= 1

    def save(self) -> None:
        if self._open != [self.root]:
            raise TagError(f"{self._open[-1].role} is open at the end")
        write_tree(self._doc, self.root, self._pages[:-1], self._widgets, self.identifier)
        super().save()
