"""What one reads a paper with: find a word, go through its pages, make it larger."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QWheelEvent
from PySide6.QtPdf import QPdfDocument, QPdfSearchModel
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from ui.widgets.text import button, keys, label

STEPS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
_POINTS = 72


class PaperBar(QWidget):
    """Of a view of a document. Ctrl F finds, F3 goes on; Ctrl with +, − or the wheel makes it larger or smaller."""

    def __init__(self, view: QPdfView, document: QPdfDocument) -> None:
        super().__init__()
        self._view, self._document = view, document
        self.found = QPdfSearchModel(self)
        self.found.setDocument(document)
        view.setSearchModel(self.found)
        self.field = QLineEdit()
        self.field.setPlaceholderText(f"Find in it ({keys('Ctrl+F')})")
        self.field.setAccessibleName("Find in this paper")
        self.field.setClearButtonEnabled(True)
        self.field.setMinimumWidth(220)
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.field.setMaximumWidth(280)
        self.count = label("", "muted")
        self.back = button("", "quiet", lambda: self.step(-1), icon="chevron-up", name="The place before")
        self.on = button("", "quiet", lambda: self.step(1), icon="chevron-down", name="The next place")
        self.page = label("", "muted")
        self.smaller = button("−", "quiet", lambda: self.zoom(-1), name="Smaller", hover=keys("Ctrl+-"))
        self.fitted = button("", "quiet", self.fit, name="As wide as the window", hover=f"Fit ({keys('Ctrl+0')})")
        self.larger = button("+", "quiet", lambda: self.zoom(1), name="Larger", hover=keys("Ctrl++"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for part in (self.field, self.count, self.back, self.on):
            row.addWidget(part)
        row.addStretch(1)
        for part in (self.page, self.smaller, self.fitted, self.larger):
            row.addWidget(part)
        self.field.textChanged.connect(self._look_for)
        self.field.returnPressed.connect(lambda: self.step(1))
        self.found.countChanged.connect(self._say)
        view.currentSearchResultIndexChanged.connect(self._say)
        view.pageNavigator().currentPageChanged.connect(self._say)
        view.zoomFactorChanged.connect(self._say)
        view.zoomModeChanged.connect(self._say)
        view.viewport().installEventFilter(self)
        for sequence, run in (
            ("Ctrl+F", self._to_field),
            ("F3", lambda: self.step(1)),
            ("Shift+F3", lambda: self.step(-1)),
            ("Ctrl++", lambda: self.zoom(1)),
            ("Ctrl+=", lambda: self.zoom(1)),
            ("Ctrl+-", lambda: self.zoom(-1)),
            ("Ctrl+0", self.fit),
        ):
            shortcut = QShortcut(QKeySequence(sequence), view.parentWidget() or view)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)
        self._say()

    @property
    def factor(self) -> float:
        """How large a page is, 1.0 its own size."""
        if self._view.zoomMode() == QPdfView.ZoomMode.Custom:
            return self._view.zoomFactor()
        points = self._document.pagePointSize(self._view.pageNavigator().currentPage()).width()
        margins = self._view.documentMargins()
        room = self._view.viewport().width() - margins.left() - margins.right()
        return room / (points * self._view.logicalDpiX() / _POINTS) if points > 0 else 1.0

    def zoom(self, by: int) -> None:
        """To the next larger or smaller step."""
        now = self.factor
        further = [one for one in STEPS if (one > now * 1.01 if by > 0 else one < now * 0.99)]
        if further:
            self._view.setZoomMode(QPdfView.ZoomMode.Custom)
            self._view.setZoomFactor(further[0] if by > 0 else further[-1])

    def fit(self) -> None:
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def step(self, by: int) -> None:
        """To the next place, after the last to the first."""
        count = self.found.rowCount(self.found.index(-1, -1))
        if not count:
            return
        at = self._view.currentSearchResultIndex()
        at = (at + by) % count if at >= 0 else (0 if by > 0 else count - 1)
        self._view.setCurrentSearchResultIndex(at)
        place = self.found.resultAtIndex(at)
        self._view.pageNavigator().jump(place.page(), place.location(), self._view.pageNavigator().currentZoom())
        self._reveal(place.page(), place.location())

    def _reveal(self, page: int, at: QPointF) -> None:
        """The view goes to a page by itself, and to no place on it."""
        margins, spacing = self._view.documentMargins(), self._view.pageSpacing()
        dots = self._view.logicalDpiX() / _POINTS
        across = self._view.viewport().width() - margins.left() - margins.right()

        def scale(one: int) -> float:
            if self._view.zoomMode() == QPdfView.ZoomMode.Custom:
                return self._view.zoomFactor() * dots
            return across / max(self._document.pagePointSize(one).width(), 1.0)

        above = sum(self._document.pagePointSize(one).height() * scale(one) + spacing for one in range(page))
        x, y = margins.left() + at.x() * scale(page), margins.top() + above + at.y() * scale(page)
        room = self._view.viewport().size()
        for bar, place, whole in (
            (self._view.verticalScrollBar(), y, room.height()),
            (self._view.horizontalScrollBar(), x, room.width()),
        ):
            # Where it is seen with some of what stands around it, nothing moves.
            if not bar.value() + whole * 0.1 <= place <= bar.value() + whole * 0.8:
                bar.setValue(round(place - whole * 0.3))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The wheel with Ctrl held, as everywhere."""
        if isinstance(event, QWheelEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            return True
        return super().eventFilter(watched, event)

    def _to_field(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _look_for(self, words: str) -> None:
        self._view.setCurrentSearchResultIndex(-1)
        self.found.setSearchString(words.strip())
        self._say()

    def _say(self, *_: object) -> None:
        count, at = self.found.rowCount(self.found.index(-1, -1)), self._view.currentSearchResultIndex()
        looking = bool(self.field.text().strip())
        for part in (self.count, self.back, self.on):
            part.setVisible(looking)
        self.count.setText(f"{at + 1} of {count}" if at >= 0 and count else f"{count} found" if count else "not found")
        self.back.setEnabled(count > 0)
        self.on.setEnabled(count > 0)
        pages = self._document.pageCount()
        self.page.setText(f"Page {self._view.pageNavigator().currentPage() + 1} of {pages}" if pages else "")
        fits = self._view.zoomMode() != QPdfView.ZoomMode.Custom
        self.fitted.setText("Fit" if fits else f"{self._view.zoomFactor() * 100:.0f} %")
