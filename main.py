"""Foothold: reads the command line, opens the desk or does one headless thing."""

from __future__ import annotations

import errno
import gc
import os
import sys
from contextlib import suppress
from pathlib import Path

# Nothing made while the program loads is garbage; looking for it costs a sixth of the start. The desk switches it on.
gc.disable()

VERBS = {
    "new", "import", "export", "share", "letter", "report", "record", "calendar", "compare", "interview", "form",
    "take-in", "posting", "summary", "list", "show", "undo", "redo", "history", "check", "backup", "tour",
}  # fmt: skip


def main(arguments: list[str]) -> int:
    """Exit code: 0 done, 1 a line on standard error says why not, 2 wrong usage."""
    if arguments[:1] == ["--apart"]:
        # This same program, started by itself to read one file from outside.
        from core.exchange.apart import answer

        return answer(*arguments[1:])
    from core.errors import SystemFault, UserError

    for stream in (sys.stdout, sys.stderr):
        # A console of another encoding must not stop a name; a windowed program on Windows has no stream.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        if arguments and (arguments[0] in VERBS or arguments[0] in ("-h", "--help", "--version")):
            return headless(arguments)
        return desk(arguments)
    except (UserError, SystemFault) as error:
        return fail(str(error))
    except KeyboardInterrupt:
        return fail("Stopped.")
    except BrokenPipeError:
        # Whoever read the output has seen enough; nothing more may be written to it at exit.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return fail(f"The computer refused: {error.strerror or 'a file or folder failed'}.")
    except Exception as error:  # noqa: BLE001 - the last line of defence; a report says where it happened
        from core.jobs.mishap import write_report

        report = write_report(error)
        where = f"A report without anyone's data is {report}." if report else "No report could be written."
        return fail(f"Something went wrong in Foothold itself ({type(error).__name__}). {where}")


def fail(words: str) -> int:
    if sys.stderr is not None:
        print(f"foothold: {' '.join(words.split())}", file=sys.stderr)
    return 1


def headless(arguments: list[str]) -> int:
    from core import clock
    from core.jobs.arguments import verb_parser

    given = verb_parser().parse_args(arguments)
    if given.verb == "tour":
        return tour(given.dir, given.theme, given.scale, given.store, given.key_file)
    from core.jobs import verbs

    said = verbs.run(given, today=clock.today(), ask=ask)
    if said.text:
        try:
            print(said.text, flush=True)
        except OSError as error:
            # Windows has this for a pipe that nobody reads any more.
            if error.errno == errno.EINVAL:
                raise BrokenPipeError from error
            raise
    return fail(said.fault) if said.fault else 0


def desk(arguments: list[str]) -> int:
    from core.jobs.arguments import desk_parser
    from ui import system

    given = desk_parser().parse_args(arguments)
    if words := system.no_window():
        return fail(words)
    from ui.run import run

    return run(given.store, given.sample, given.key_file)


def tour(folder: Path, theme: str, scale: float, store: Path | None, key_file: Path | None) -> int:
    from ui import system

    os.environ["QT_SCALE_FACTOR"] = str(scale)
    if system.no_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if words := system.old_system() or system.missing_library():
        return fail(words)
    from ui.tour import run

    return run(folder, theme, scale, store, key_file)


def ask(words: str) -> str | None:
    """Asks on the terminal, unseen; None where there is none."""
    from getpass import getpass

    with suppress(EOFError):
        return getpass(words) if sys.stdin is not None and sys.stdin.isatty() else None
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
