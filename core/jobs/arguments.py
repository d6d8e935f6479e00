"""The command line's words. What they do is in core.jobs.verbs; the desk's own arguments are in `desk_parser`."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from core import VERSION

IMPORTABLE = ("candidates", "projects", "applications", "offers", "payments", "to-dos")
_DESK = "foothold [STORE] [--sample] opens the desk; with a word of the list below it does that one thing."


def desk_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="foothold", description="Opens the desk.", allow_abbrev=False)
    parser.add_argument("store", nargs="?", type=Path, metavar="STORE", help="the store to open; else the last one")
    parser.add_argument("--sample", action="store_true", help="open a sample program instead")
    _key_file(parser)
    return parser


def verb_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="foothold", description=_DESK, allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"Foothold {VERSION}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    _making(verbs)
    _files(verbs)
    _papers(verbs)
    _looking(verbs)
    return parser


Verbs = argparse._SubParsersAction  # noqa: SLF001 - the only name that argparse has for it


def _verb(verbs: Verbs[argparse.ArgumentParser], name: str, words: str) -> argparse.ArgumentParser:
    verb: argparse.ArgumentParser = verbs.add_parser(name, help=words, description=words, allow_abbrev=False)
    _key_file(verb)
    return verb


def _key_file(parser: argparse.ArgumentParser) -> None:
    words = "a file with one line: the passphrase or the recovery words"
    parser.add_argument("--key-file", type=Path, metavar="FILE", help=words)


def _store_verb(
    verbs: Verbs[argparse.ArgumentParser], name: str, words: str, *, json: bool = False, force: bool = False
) -> argparse.ArgumentParser:
    verb = _verb(verbs, name, words)
    verb.add_argument("store", type=Path, metavar="STORE")
    if json:
        verb.add_argument("--json", action="store_true", help="print what programs can read")
    if force:
        verb.add_argument("--force", action="store_true", help="replace a file that is there already")
    return verb


FORMS = {
    "--application": ("application", "PROJECT", "to apply for a project, such as P-014"),
    "--half-way": ("mid_check", "ENGAGEMENT", "the student's word while the work runs"),
    "--fit": ("fit_review", "ENGAGEMENT", "the student's view of the work"),
    "--availability": ("availability", "CANDIDATE", "when they are free"),
    "--consent": ("consent", "CANDIDATE", "what may go to their campus office"),
}
"""Flag to (kind, what it takes, words)."""


def _making(verbs: Verbs[argparse.ArgumentParser]) -> None:
    new = _store_verb(verbs, "new", "make a store; the line in --key-file becomes its passphrase")
    new.add_argument("--business", default="", metavar="NAME", help="the employer's name; else the file's")
    new.add_argument("--owner", default="", metavar="NAME", help="who signs letters")
    new.add_argument("--sample", action="store_true", help="put the sample program in")
    new.add_argument("--sheet", type=Path, metavar="FILE.pdf", help="write the recovery sheet")
    backup = _store_verb(verbs, "backup", "make a checked copy under the same key", force=True)
    backup.add_argument("file", type=Path, metavar="FILE")
    _store_verb(verbs, "check", "look through the whole file for damage", json=True)
    tour = _verb(verbs, "tour", "draw every window and form as a picture")
    tour.add_argument("dir", type=Path, metavar="DIR")
    tour.add_argument("--theme", choices=("light", "dark"), default="light")
    tour.add_argument("--scale", type=_scale, default=1.0, metavar="FACTOR", help="1.5 draws at 150 %%")
    tour.add_argument("--store", type=Path, metavar="STORE", help="of this store; else of the sample program")


def _files(verbs: Verbs[argparse.ArgumentParser]) -> None:
    kinds = "bring in a table: .csv, .xlsx, .ods or .xls; to-dos also as .txt or .ics"
    take = _store_verb(verbs, "import", kinds, json=True)
    take.add_argument("file", type=Path, metavar="FILE")
    take.add_argument("--as", dest="noun", choices=IMPORTABLE, default="candidates")
    take.add_argument("--map", type=Path, metavar="MAP.json", help='field and column, as {"email": "Mail"}')
    take.add_argument("--sheet", metavar="NAME", help="of a workbook with several sheets")
    take.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
    came = _store_verb(verbs, "take-in", "take in forms that came back: what each is and says", json=True)
    came.add_argument("files", nargs="+", type=Path, metavar="FILE.pdf")
    came.add_argument("--dry-run", action="store_true", help="only look; nothing is written")
    came.add_argument("--confirm", action="store_true", help="also what has to be looked at, as you have done")
    give = _store_verb(verbs, "export", "write a noun's rows as .csv or .xlsx, or all as .json", force=True)
    give.add_argument("file", type=Path, metavar="FILE")
    give.add_argument("--what", metavar="NOUN|all", help="else candidates; all for .json")
    share = _store_verb(verbs, "share", "write a school's file of those who consented", json=True, force=True)
    share.add_argument("--school", required=True, metavar="NAME")
    share.add_argument("--out", required=True, type=Path, metavar="DIR")
    share.add_argument("--aggregate", action="store_true", help="figures alone, nobody's row")


def _papers(verbs: Verbs[argparse.ArgumentParser]) -> None:
    letter = _store_verb(verbs, "letter", "write offer letters, or a letter from any text", json=True, force=True)
    which = letter.add_mutually_exclusive_group(required=True)
    which.add_argument("--offer", metavar="ID")
    which.add_argument(
        "--all",
        action="store_true",
        help="of every offer that has not been answered; with --text and --project, to all",
    )
    which.add_argument("--engagement", metavar="ID", help="about work; with --text")
    which.add_argument("--application", metavar="ID", help="with --text")
    which.add_argument("--candidate", metavar="ID|EMAIL", help="with --text")
    letter.add_argument("--text", metavar="NAME", help="which letter, such as Reference")
    letter.add_argument("--project", metavar="P-007", help="with --all: to whom and about what")
    say = "words for what lacks them, by the field's name or its question; may stand several times"
    letter.add_argument("--say", action="append", default=[], metavar="FIELD=WORDS", help=say)
    letter.add_argument("--term", action="append", metavar="NAME", help="a term for it; may stand several times")
    letter.add_argument("--out", required=True, type=Path, metavar="DIR")
    ways = {"files": "a PDF for each", "one": "one PDF to print", "drafts": "a mail for each with the letter in it"}
    letter.add_argument(
        "--as", dest="way", choices=ways, default="files", help="; ".join(f"{key}: {ways[key]}" for key in ways)
    )
    report = _store_verb(verbs, "report", "write a candidate's report", force=True)
    who = report.add_mutually_exclusive_group(required=True)
    who.add_argument("--candidate", metavar="ID|EMAIL")
    who.add_argument("--code", metavar="CODE", help="of an application; the report is blind then")
    report.add_argument("--out", required=True, type=Path, metavar="FILE.pdf")
    record = _store_verb(verbs, "record", "write what a student did with us, one page to sign", force=True)
    record.add_argument("--engagement", required=True, metavar="ID")
    record.add_argument("--out", required=True, type=Path, metavar="FILE.pdf")
    days = _store_verb(verbs, "calendar", "write kick-offs, due days and contacts as a calendar file", force=True)
    of = days.add_mutually_exclusive_group()
    of.add_argument("--project", metavar="NUMBER|ID")
    of.add_argument("--engagement", metavar="ID")
    days.add_argument("--out", required=True, type=Path, metavar="FILE.ics")
    beside = _store_verb(verbs, "compare", "write two to four applications side by side on one page", force=True)
    beside.add_argument("--application", required=True, nargs="+", metavar="ID", dest="applications")
    beside.add_argument("--out", required=True, type=Path, metavar="FILE.pdf")
    talk = _store_verb(verbs, "interview", "write the sheet that an interview goes by", force=True)
    talk.add_argument("--application", required=True, metavar="ID")
    talk.add_argument("--out", required=True, type=Path, metavar="FILE.pdf")
    form = _store_verb(verbs, "form", "write a form to be filled in and mailed back", force=True)
    asked = form.add_mutually_exclusive_group(required=True)
    for flag, (kind, metavar, words) in FORMS.items():
        asked.add_argument(flag, dest=kind, metavar=metavar, help=words)
    form.add_argument("--out", required=True, type=Path, metavar="FILE.pdf")
    posting = _store_verb(verbs, "posting", "write a project's posting: .pdf, or .txt for a campus board", force=True)
    posting.add_argument("--project", required=True, metavar="ID|NUMBER", help="such as P-014")
    posting.add_argument("--out", required=True, type=Path, metavar="FILE.pdf|FILE.txt")
    summary = _store_verb(verbs, "summary", "write a program's summary; else the calendar year's", force=True)
    summary.add_argument("--program", metavar="NAME")
    summary.add_argument("--from", dest="start", type=_day, metavar="DAY", help="2026-01-01")
    summary.add_argument("--to", dest="end", type=_day, metavar="DAY")
    summary.add_argument("--out", required=True, type=Path, metavar="FILE.pdf")


def _looking(verbs: Verbs[argparse.ArgumentParser]) -> None:
    rows = _store_verb(verbs, "list", "print a noun's rows", json=True)
    rows.add_argument("noun", metavar="NOUN", help="candidates, projects, to-dos, ...")
    only = "only rows that hold all these words; of candidates also a saved list’s name"
    rows.add_argument("--filter", default="", metavar="TEXT", help=only)
    row = _store_verb(verbs, "show", "print one thing and what hangs on it", json=True)
    row.add_argument("noun", metavar="NOUN")
    row.add_argument("id", metavar="ID", help="an id, a number such as P-014, an e-mail address, a name")
    for name, words in (("undo", "take the latest changes back"), ("redo", "do again what was undone")):
        verb = _store_verb(verbs, name, words, json=True)
        verb.add_argument("--count", type=_count, default=1, metavar="N")
    told = _store_verb(verbs, "history", "print what was changed, newest first", json=True)
    told.add_argument("noun", nargs="?", metavar="NOUN")
    told.add_argument("id", nargs="?", metavar="ID")
    told.add_argument("--limit", type=_count, default=200, metavar="N")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no day; write it as 2026-11-22") from None


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 100_000:
        raise argparse.ArgumentTypeError(f"“{text}” is no number from 1 on")
    return int(text)


def _scale(text: str) -> float:
    try:
        scale = float(text)
    except ValueError:
        scale = 0
    if not 0.5 <= scale <= 4:
        raise argparse.ArgumentTypeError(f"“{text}” is no scale; give a number from 0.5 to 4")
    return scale
