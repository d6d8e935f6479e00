"""The recovery sheet: the words that open a store on another machine, to print and to lock away."""

from __future__ import annotations

from reportlab.platypus import Flowable, KeepTogether, Table

from core.paper import fonts
from core.paper.cells import Rows
from core.paper.facts import SheetFacts
from core.paper.finish import Out
from core.paper.flow import Cell, bullets, coloured, grid, heading, join, para, section, space, strong
from core.paper.page import build
from core.paper.style import HAIR, LINE, WARN, WARN_GROUND
from core.text import day, short_day

_COLUMNS = 3


def make(facts: SheetFacts, out: Out) -> None:
    """Write the sheet to `out`. UserError: a letter of the alphabet or a logo that papers cannot print."""
    fonts.check_facts(facts)
    build(
        out,
        facts.stationery,
        lambda width: _story(facts, width),
        title=f"Recovery sheet: {facts.store}",
        subject="Recovery sheet",
        foot=f"Recovery sheet · {fonts.isolated(facts.store)} · {short_day(facts.stationery.made_on)}",
        one_page=True,
    )


def _story(facts: SheetFacts, width: float) -> list[Flowable]:
    voids = " This sheet takes the place of every one printed before." if facts.voids_earlier else ""
    return [
        para(f"Recovery sheet · made on {day(facts.stationery.made_on)}", "kicker"),
        heading(facts.store, 0, spaceBefore=1, spaceAfter=7),
        para(
            "Your store is encrypted. This computer keeps its key. On another computer, or when this one is lost, "
            f"these {len(facts.words)} words open it. Nobody can make them again for you.{voids}",
            spaceAfter=12,
        ),
        _words(facts, width),
        space(14),
        _warning(width),
        *section("How to use it", 14),
        *bullets(
            [
                "Copy the store's file, or its latest backup, to the other computer and open it with Foothold.",
                "When Foothold asks for the passphrase or the recovery words, type these words in their order.",
                "Put a space between the words. Capital letters do not matter.",
            ]
        ),
        KeepTogether(_kept(width)),
    ]


def _words(facts: SheetFacts, width: float) -> Table:
    """Numbered down the columns, as they are read."""
    height = -(-len(facts.words) // _COLUMNS)
    column = width / _COLUMNS
    columns: list[Cell] = [
        [_column(range(at, min(at + height, len(facts.words))), facts.words, column)] if at < len(facts.words) else ""
        for at in range(0, height * _COLUMNS, height)
    ]
    return grid([columns], [column] * _COLUMNS)


def _column(numbers: range, words: tuple[str, ...], width: float) -> Table:
    rows: list[list[Cell]] = [
        [para(coloured(f"{number + 1}"), "word", "right", fontSize=9), para(words[number], "word")]
        for number in numbers
    ]
    return grid(
        rows,
        [30, width - 30],
        [
            ("LINEABOVE", (0, 0), (-1, 0), HAIR, LINE),
            ("LINEBELOW", (0, 0), (-1, -1), HAIR, LINE),
            ("TOPPADDING", (0, 0), (-1, -1), 5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
            # The small numbers stand on the words' base line.
            ("TOPPADDING", (0, 0), (0, -1), 10),
            ("RIGHTPADDING", (0, 0), (0, -1), 10),
        ],
        Rows(),
    )


def _warning(width: float) -> Table:
    words = join(
        strong("Keep it like a key. "),
        "Whoever has this sheet and the store's file can read everything in it. Print it, lock it away from the "
        "computer, and delete the file that it was printed from. Never photograph it or send it.",
    )
    return grid(
        [[para(words, textColor=WARN)]],
        [width],
        [
            ("BACKGROUND", (0, 0), (-1, -1), WARN_GROUND),
            ("ROUNDEDCORNERS", [5, 5, 5, 5]),
            ("LEFTPADDING", (0, 0), (-1, -1), 11),
            ("RIGHTPADDING", (0, 0), (-1, -1), 11),
            ("TOPPADDING", (0, 0), (-1, -1), 8),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 9),
        ],
    )


def _kept(width: float) -> list[Flowable]:
    labels = ["Kept at", "Printed by", "Second copy at"]
    lines = grid(
        [[para(label, "label"), ""] for label in labels],
        [84, width - 84],
        [
            ("LINEBELOW", (1, 0), (1, -1), HAIR, LINE),
            ("TOPPADDING", (0, 0), (-1, -1), 12),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ],
    )
    return [heading("Where it is kept", spaceBefore=14, spaceAfter=0), lines]
