"""The look as data: tokens become a palette, one style sheet and recoloured icons.

`Theme.apply(app, "system")` once at the start; `theme.current()` anywhere after. A widget takes its looks from a role:
`set_role(label, "muted")`. No other file calls setStyleSheet. Roles by kind of widget:

- QLabel: title (22), heading (14 bold), big (17), subject, muted, note (12), caption (11, spaced), figure,
  accent, warn, bad, error, keys
- QPushButton / QToolButton: none (secondary), primary, link, link-small, quiet (no border), dashed, danger, notice
- QFrame: panel, sunken, sheet, notice, banner, line, field, drop
- QLineEdit, QPlainTextEdit: none, bare; every field: set_state(field, "wrong", True) while in error
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Literal

from PySide6.QtCore import QByteArray, QDir, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from ui.style_sheet import SHEET

Mode = Literal["light", "dark", "system"]
MODES: tuple[Mode, ...] = ("light", "dark", "system")
BASE, NOTE, TITLE, BIG, FIGURE, CAPTION = 14, 12, 22, 17, 26, 11
REGULAR, MEDIUM, BOLD = 400, 550, 650
STEP = 4
CONTROL, PANEL = 8, 12
TARGET = 28


@dataclass(frozen=True)
class Tokens:
    """Colours as #rrggbb. `on_accent` is written upon `accent`; `pale` is the ground of a neutral chip."""

    ground: str
    side: str
    panel: str
    ink: str
    muted: str
    line: str
    accent: str
    on_accent: str
    accent_hover: str
    bar: str
    soft: str
    selection: str
    pale: str
    hover: str
    warn: str
    warn_ground: str
    bad: str
    bad_ground: str
    focus: str
    dim: str
    dark: bool

    def color(self, name: str) -> QColor:
        """The token `name`; `dim` is the veil behind a sheet and has its own opacity."""
        return QColor(str(getattr(self, name)))


LIGHT = Tokens(
    ground="#f6f5f1", side="#efede6", panel="#ffffff", ink="#1d2421", muted="#5d6763", line="#dfdcd2",
    accent="#1b6b57", on_accent="#ffffff", accent_hover="#155745", bar="#3f8472", soft="#e2efe9", selection="#e2efe9",
    pale="#efede6", hover="#f4f2ec", warn="#8a5300", warn_ground="#faedd6", bad="#a32a22", bad_ground="#f9e3e0",
    focus="#1b6b57", dim="#591d2421", dark=False,
)  # fmt: skip
DARK = Tokens(
    ground="#161a19", side="#121615", panel="#1e2322", ink="#e8ebe8", muted="#9aa5a0", line="#313837",
    accent="#74cdb1", on_accent="#10201b", accent_hover="#8fdac2", bar="#5aa58d", soft="#1f3a33", selection="#21403a",
    pale="#121615", hover="#252b29", warn="#e9b667", warn_ground="#3a2d17", bad="#f09a90", bad_ground="#41211f",
    focus="#74cdb1", dim="#a6080b0a", dark=True,
)  # fmt: skip
# When the system asks for more contrast: ink for muted words, lines that can be seen, no tint as the only sign.
LIGHT_STRONG = replace(
    LIGHT, ground="#ffffff", side="#ffffff", ink="#000000", muted="#24302b", line="#5d6763", accent="#0b4a3a",
    accent_hover="#06342a", bar="#0b4a3a", warn="#5c3600", bad="#7d120b", focus="#000000", pale="#ffffff",
)  # fmt: skip
DARK_STRONG = replace(
    DARK, ground="#000000", side="#000000", panel="#000000", ink="#ffffff", muted="#dde5e1", line="#9aa5a0",
    accent="#9df0d6", accent_hover="#c4f8e7", bar="#9df0d6", warn="#ffd38a", bad="#ffbdb5", focus="#ffffff",
    pale="#000000",
)  # fmt: skip


def icon_folder() -> Path:
    return Path(str(files("resources").joinpath("icons")))


def set_role(widget: QWidget, role: str) -> None:
    """Gives `widget` the looks of `role`, also after it was shown."""
    set_state(widget, "role", role)


def set_state(widget: QWidget, name: str, value: object) -> None:
    """Sets a property that the style sheet reads, and has the style read it again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    # What was never shown reads the sheet when it is; reading it twice is what makes building a window slow.
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
        widget.update()


def font(px: int = BASE, weight: int = REGULAR) -> QFont:
    """The program's typeface at `px` design pixels and the theme's text size."""
    face = QFont(QApplication.font())
    face.setPixelSize(current().px(px))
    face.setWeight(QFont.Weight(face_weight(weight)))
    return face


def current() -> Theme:
    """The theme of the running program."""
    app = QApplication.instance()
    found = app.findChild(Theme) if app is not None else None
    if not isinstance(found, Theme):
        raise RuntimeError("Theme.apply has not been called")
    return found


def tokens() -> Tokens:
    return current().tokens


class Theme(QObject):
    """The tokens in force. `changed` comes after the palette, the sheet and the icons follow a new mode."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self.mode: Mode = "system"
        self.tokens = LIGHT
        self._text = 1.0
        self._icons: dict[tuple[str, str, int], QIcon] = {}
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)

    @staticmethod
    def apply(app: QApplication, mode: Mode = "system", text: float = 1.0) -> Theme:
        """Puts the look on `app`. `text` makes words larger than the system's scale does (1.0 to 2.0)."""
        theme = app.findChild(Theme)
        if theme is None:
            QDir.setSearchPaths("icons", [str(icon_folder())])
            app.setStyle(QStyleFactory.create("Fusion"))
            theme = Theme(app)
        theme._text = text
        theme.set_mode(mode)
        return theme

    @property
    def dark(self) -> bool:
        return self.tokens.dark

    def px(self, size: int) -> int:
        return round(size * self._text)

    def set_mode(self, mode: Mode) -> None:
        """ "light" or "dark" hold whatever the system says; "system" follows it live."""
        self.mode = mode
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark, "system": Qt.ColorScheme.Unknown}
        self._app.styleHints().setColorScheme(schemes[mode])
        self._put_on()

    def _system_changed(self) -> None:
        if choose(self.mode, self._app) != self.tokens:
            self._put_on()

    def _put_on(self) -> None:
        self.tokens = choose(self.mode, self._app)
        face = system_face()
        face.setPixelSize(self.px(BASE))
        self._app.setFont(face)
        self._app.setPalette(palette(self.tokens))
        self._app.setStyleSheet(sheet(self.tokens, self._text))
        self.changed.emit()

    def icon(self, name: str, token: str = "ink", size: int = 18) -> QIcon:
        """The icon `name` of resources/icons in a token's colour; muted where the control is off."""
        key = (name, str(getattr(self.tokens, token)), size)
        if key not in self._icons:
            picture = QIcon()
            for mode, colour in ((QIcon.Mode.Normal, key[1]), (QIcon.Mode.Disabled, self.tokens.muted)):
                for scale in (1.0, 1.5, 2.0, 3.0):
                    picture.addPixmap(_drawn(name, colour, size, scale), mode)
            self._icons[key] = picture
        return self._icons[key]

    def pixmap(self, name: str, token: str = "ink", size: int = 18, ratio: float = 1.0) -> QPixmap:
        return _drawn(name, str(getattr(self.tokens, token)), size, ratio)


def choose(mode: Mode, app: QApplication) -> Tokens:
    """The tokens for `mode` on this system, strong ones where it asks for contrast."""
    hints = app.styleHints()
    dark = mode == "dark" or (mode == "system" and hints.colorScheme() == Qt.ColorScheme.Dark)
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return DARK_STRONG if dark else LIGHT_STRONG
    return DARK if dark else LIGHT


def system_face() -> QFont:
    """The desktop's own typeface; where none is configured, the best of what is installed."""
    face = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if face.family() in {"", "Sans Serif", "Sans"}:
        have = set(QFontDatabase.families())
        family = next((f for f in ("Inter", "Noto Sans", "DejaVu Sans", "Liberation Sans") if f in have), "")
        if family:
            face = QFont(family)
    return face


def face_weight(weight: int) -> int:
    """The weight of the program's typeface that comes nearest to a design weight.

    Most system typefaces have steps of 100, many only two. Asked for 550, Qt takes the heavier neighbour, and
    names that should stand out a little shout.
    """
    return _nearest(QApplication.font().family(), weight)


@lru_cache(maxsize=64)
def _nearest(family: str, weight: int) -> int:
    have = {QFontDatabase.weight(family, style) for style in QFontDatabase.styles(family)}
    have = {one for one in have if 300 <= one <= 800} or {weight}
    least = min(abs(one - weight) for one in have)
    near = [one for one in have if abs(one - weight) == least]
    return min(near) if weight < 600 and least <= 50 else max(near)


def palette(t: Tokens) -> QPalette:
    """Every role of the palette from tokens, for what the style paints by itself."""
    p = QPalette()
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    plain = {
        role.Window: t.ground, role.WindowText: t.ink, role.Base: t.panel, role.AlternateBase: t.ground,
        role.Text: t.ink, role.Button: t.panel, role.ButtonText: t.ink, role.BrightText: t.bad,
        role.PlaceholderText: t.muted, role.Highlight: t.selection, role.HighlightedText: t.ink,
        role.ToolTipBase: t.panel, role.ToolTipText: t.ink, role.Link: t.accent, role.LinkVisited: t.accent,
        role.Light: t.panel, role.Midlight: t.hover, role.Mid: t.line, role.Dark: t.line, role.Shadow: t.line,
        role.Accent: t.accent,
    }  # fmt: skip
    for key, colour in plain.items():
        p.setColor(key, QColor(colour))
    for key in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        p.setColor(group.Disabled, key, QColor(t.muted))
    return p


def sheet(t: Tokens, text: float = 1.0) -> str:
    """The one style sheet, with tokens and sizes filled in."""
    values = {f.name: str(getattr(t, f.name)) for f in fields(t)}
    sizes = {"base": BASE, "note": NOTE, "title": TITLE, "big": BIG, "figure": FIGURE, "caption": CAPTION}
    values |= {f"px_{name}": f"{round(size * text)}px" for name, size in sizes.items()}
    values |= {"medium": str(face_weight(MEDIUM)), "bold": str(face_weight(BOLD))}
    values["mode"] = "dark" if t.dark else "light"
    return Template(SHEET).substitute(values)


@lru_cache(maxsize=512)
def _svg(name: str) -> str:
    return (icon_folder() / f"{name}.svg").read_text(encoding="utf-8")


def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    image = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    drawing = QSvgRenderer(QByteArray(_svg(name).replace("currentColor", colour).encode()))
    drawing.render(painter, QRectF(0, 0, image.width(), image.height()))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image
