"""The look holds in every theme: words can be read, focus can be seen, no style is set elsewhere."""

from __future__ import annotations

import re
from itertools import product

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel

from ui import theme
from ui.theme import DARK, DARK_STRONG, LIGHT, LIGHT_STRONG, Theme, Tokens, set_role

SETS = {"light": LIGHT, "dark": DARK, "light, strong": LIGHT_STRONG, "dark, strong": DARK_STRONG}
GROUNDS = ("ground", "side", "panel", "selection", "hover")
PAIRS = [
    *product(("ink",), GROUNDS),
    *product(("muted",), ("ground", "side", "panel", "hover")),
    *product(("accent",), ("ground", "panel", "soft")),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("muted", "pale"),
    ("warn", "warn_ground"),
    ("bad", "bad_ground"),
    *product(("bad",), ("panel", "ground", "selection")),
]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2: the ratio of relative luminances."""

    def light(colour: str) -> float:
        parts = (getattr(QColor(colour), part)() for part in ("redF", "greenF", "blueF"))
        r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", SETS.values(), ids=SETS)
def test_words_stand_out_from_their_ground(tokens: Tokens) -> None:
    weak = {
        f"{ink} on {ground}": round(contrast(getattr(tokens, ink), getattr(tokens, ground)), 2)
        for ink, ground in PAIRS
        if contrast(getattr(tokens, ink), getattr(tokens, ground)) < 4.5
    }
    assert not weak


@pytest.mark.parametrize("tokens", SETS.values(), ids=SETS)
def test_the_ring_of_focus_can_be_seen_on_every_ground(tokens: Tokens) -> None:
    assert all(contrast(tokens.focus, getattr(tokens, ground)) >= 3 for ground in GROUNDS)
    assert contrast(tokens.on_accent, tokens.accent) >= 3  # the ring inside a primary button


def test_strong_tokens_have_more_contrast() -> None:
    for plain, strong in ((LIGHT, LIGHT_STRONG), (DARK, DARK_STRONG)):
        assert contrast(strong.muted, strong.panel) > 7 > contrast(plain.muted, plain.panel)
        assert contrast(strong.line, strong.panel) >= 3


def test_the_sheet_is_filled_in(qapp: QApplication) -> None:
    Theme.apply(qapp, "light")
    for tokens in SETS.values():
        made = theme.sheet(tokens)
        assert "$" not in made
        assert tokens.accent in made
    assert "22px" in theme.sheet(LIGHT)
    assert "44px" in theme.sheet(LIGHT, 2.0)


def test_a_new_mode_reaches_what_is_on_the_screen(qapp: QApplication) -> None:
    one = Theme.apply(qapp, "light")
    told: list[str] = []
    one.changed.connect(lambda: told.append(one.mode))
    words = QLabel("words")
    set_role(words, "muted")
    words.ensurePolished()
    assert words.palette().color(words.foregroundRole()).name() == LIGHT.muted
    one.set_mode("dark")
    words.ensurePolished()
    assert words.palette().color(words.foregroundRole()).name() == DARK.muted
    assert theme.tokens() is DARK
    one.set_mode("light")
    assert told == ["dark", "light"]


def test_one_theme_a_program(qapp: QApplication) -> None:
    assert Theme.apply(qapp, "dark") is Theme.apply(qapp, "light")
    assert theme.current().mode == "light"


def test_icons_take_the_colour_of_a_token(qapp: QApplication) -> None:
    one = Theme.apply(qapp, "light")
    for file in sorted(theme.icon_folder().glob("*.svg")):
        if "currentColor" not in file.read_text(encoding="utf-8"):
            continue
        image = one.pixmap(file.stem, "accent", 24).toImage()
        solid = {
            image.pixelColor(x, y).name()
            for x, y in product(range(24), range(24))
            if image.pixelColor(x, y).alpha() == 255
        }
        assert solid == {LIGHT.accent}, file.name


def test_weights_are_steps_the_typeface_has(qapp: QApplication) -> None:
    Theme.apply(qapp, "light")
    regular, medium, bold = (theme.face_weight(weight) for weight in (theme.REGULAR, theme.MEDIUM, theme.BOLD))
    assert regular <= medium <= bold
    assert regular < bold


def test_every_icon_that_is_named_is_there_and_no_other() -> None:
    root = theme.icon_folder().parent.parent
    source = "".join(file.read_text(encoding="utf-8") for file in (root / "ui").rglob("*.py"))
    drawn = set(re.findall(r'(?:IconButton\(|icon=|icon\(|pixmap\()"([a-z-]+)"', source))
    drawn |= {f"{name}-{mode}" for name in re.findall(r"icons:([a-z-]+)-\$mode", source) for mode in ("light", "dark")}
    drawn |= set(re.findall(r'\("qt_calendar_\w+", "([a-z-]+)"', source))
    assert drawn == {file.stem for file in theme.icon_folder().glob("*.svg")}
