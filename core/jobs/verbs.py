"""The verbs of the command line: each opens the store, calls the function that the desk's button calls, says what came.

Nothing is printed here: a verb returns what to print.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from core.errors import SystemFault, UserError
from core.files import check_name
from core.jobs import shown
from core.jobs.opening import Ask, make_store, open_store, recovery_sheet
from core.store import Step, Store, keys
from core.text import plural

SAMPLE = "Lakeside Print & Design"
"""The sample program's business; its owner is part of it."""


@dataclass(frozen=True)
class Said:
    """`text` goes to standard output. `fault`: what makes it exit with 1 all the same, in a line."""

    text: str
    fault: str = ""


@dataclass(frozen=True)
class Run:
    """One run of the program: the arguments, today, and how to ask for a passphrase."""

    given: Namespace
    today: date
    ask: Ask | None

    def open(self, *, write: bool = True) -> Store:
        return open_store(self.given.store, self.given.key_file, self.ask, write=write)


def run(given: Namespace, *, today: date, ask: Ask | None = None) -> Said:
    """Does what the parsed arguments say. UserError, SystemFault as the functions of the desk raise them."""
    return _VERBS[given.verb](Run(given, today, ask))


def _new(run: Run) -> Said:
    from core.jobs.leaving import check_target

    given = run.given
    secret = None if given.key_file is None else keys.read_key_file(given.key_file)
    if given.sheet is not None:
        check_target(given.sheet, overwrite=False)
    store, kept = make_store(
        given.store,
        given.business or (SAMPLE if given.sample else given.store.stem),
        given.owner,
        secret=secret,
        sample=given.sample,
        today=run.today,
    )
    with store:
        lines = [f"Made {given.store}."]
        if kept:
            lines.append("Its key is in this computer's keyring.")
        if given.sheet is not None:
            try:
                recovery_sheet(store, given.sheet, today=run.today)
            except (UserError, SystemFault):
                # Half of what was asked is nothing: a store without its sheet would stand in the way of the next try.
                store.close()
                given.store.unlink(missing_ok=True)
                if kept:
                    keys.forget(store.key.salt)
                raise
            lines.append(f"The recovery sheet is {given.sheet}: print it, lock it away, and delete the file.")
        elif kept:
            lines.append("Without a recovery sheet (--sheet FILE.pdf) no other computer can open it.")
    return Said("\n".join(lines))


def _list(run: Run) -> Said:
    from core.insight.lists import listed

    with run.open(write=False) as store:
        found = listed(store, run.given.noun, run.given.filter, today=run.today)
    text = shown.listing_json(found) if run.given.json else shown.listing_text(found, run.given.noun)
    return Said(text)


def _show(run: Run) -> Said:
    from core.insight.records import record

    with run.open(write=False) as store:
        found = record(store, run.given.noun, run.given.id, today=run.today)
    return Said(shown.record_json(found) if run.given.json else shown.record_text(found))


def _history(run: Run) -> Said:
    from core.insight import records
    from core.insight.told import told

    given = run.given
    with run.open(write=False) as store:
        noun = None if given.noun is None else records.table_name(given.noun)
        row_id = None if noun is None or given.id is None else records.find(store, noun, given.id)
        entries = told(store, store.history(noun, row_id, given.limit), noun, row_id, today=run.today)
        if given.json:
            return Said(shown.history_json(entries))
        refs = [(f.noun, f.row_id) for e in entries for f in e.fields]
        values = [
            (f"{f.column.removesuffix('_id')}s", str(side))
            for e in entries
            for f in e.fields
            if f.column.endswith("_id")
            for side in (f.old, f.new)
            if side
        ]
        return Said(shown.history_text(entries, records.names_of(store, [*refs, *values])))


def _undo(run: Run) -> Said:
    return _steps(run, "Undid", lambda store: store.undo())


def _redo(run: Run) -> Said:
    return _steps(run, "Did again", lambda store: store.redo())


def _steps(run: Run, verb: str, move: Callable[[Store], Step]) -> Said:
    done: list[Step] = []
    fault = ""
    with run.open() as store:
        for _ in range(run.given.count):
            try:
                done.append(move(store))
            except UserError as error:
                if not done:
                    raise
                fault = f"{plural(len(done), 'change')} of {run.given.count}, then: {error}"
                break
    if run.given.json:
        return Said(shown.as_json([{"id": s.change_id, "words": s.words, "at": s.at} for s in done]), fault)
    return Said("\n".join(f"{verb}: {s.words} ({s.at.astimezone():%Y-%m-%d %H:%M})" for s in done), fault)


def _check(run: Run) -> Said:
    with run.open(write=False) as store:
        problems = store.check()
    name = run.given.store.name
    fault = f"{name} is damaged: {plural(len(problems), 'problem')}. Open your last backup." if problems else ""
    if run.given.json:
        return Said(shown.as_json({"sound": not problems, "problems": problems}), fault)
    return Said("\n".join(problems) or f"{name} is sound.", fault)


def _backup(run: Run) -> Said:
    out: Path = run.given.file
    check_name(out)
    if out.exists() and not run.given.force and not out.samefile(run.given.store):
        raise UserError(f"{out} is there already. Choose another name, or add --force.")
    with run.open(write=False) as store:
        store.backup(out)
    return Said(f"Wrote {out}, looked through and sound. The same key opens it.")


def _refuse_itself(store: Path, out: Path) -> None:
    if out.exists() and store.exists() and out.samefile(store):
        raise UserError(f"{out} is the store itself. Choose another name.")


def _import(run: Run) -> Said:
    from core.exchange.columns import read_map
    from core.jobs.intake import plan_import, run_import

    given = run.given
    mapping = None if given.map is None else read_map(given.map)
    with run.open() as store:
        plan = plan_import(
            store, given.file, given.noun, mapping, today=run.today, sheet=given.sheet, trial=given.dry_run
        )
        if plan.missing:
            columns = ", ".join(plan.headers)
            said = f"{given.file.name}: {plan.missing} Use --map MAP.json; the columns are: {columns}."
            if len(plan.sheets) > 1:
                said += f" Its sheets are {', '.join(plan.sheets)}; choose one with --sheet NAME."
            raise UserError(said)
        rows = plan.rows if given.dry_run else run_import(store, plan, today=run.today).rows
    show = shown.plan_json if given.json else shown.plan_text
    return Said(show(plan, rows, done=not given.dry_run), plan.fault if given.dry_run else "")


def _form(run: Run) -> Said:
    from core.insight.records import find
    from core.jobs.arguments import FORMS
    from core.jobs.forms import form

    given = run.given
    kind, noun = next((kind, f"{of.lower()}s") for kind, of, _ in FORMS.values() if getattr(given, kind) is not None)
    with run.open() as store:
        row_id = find(store, noun, getattr(given, kind))
        form(store, kind, row_id, given.out, today=run.today, overwrite=given.force)
    return Said(f"Wrote {given.out}.")


def _take_in(run: Run) -> Said:
    from core.jobs import returned, returned_shown

    given = run.given
    returned.check_count(given.files)
    with run.open() as store:
        found = returned.look(store, given.files, today=run.today)
        looked_at = [one.sha256 for one in found] if given.confirm else []
        taken = returned.chosen(found, looked_at)
        if taken and not given.dry_run:
            taken = returned.take_in(store, found, looked_at, today=run.today)
    done, fault = not given.dry_run, returned_shown.fault(found, taken)
    if given.json:
        return Said(returned_shown.told_json(found, taken), fault)
    return Said(returned_shown.told_text(found, taken, done=done), fault)


def _export(run: Run) -> Said:
    from core.jobs.export import export

    given = run.given
    _refuse_itself(given.store, given.file)
    with run.open(write=False) as store:
        done = export(store, given.file, given.what, today=run.today, overwrite=given.force)
    words = "All data" if done.what == "all" else done.what.capitalize()
    return Said(f"Wrote {done.file}: {words}, {plural(done.rows, 'row')}.")


def _share(run: Run) -> Said:
    from core.insight.records import find
    from core.jobs.leaving import check_folder
    from core.jobs.sharing import share

    given = run.given
    check_folder(given.out)
    with run.open() as store:
        school = find(store, "schools", given.school)
        done = share(store, school, given.out, today=run.today, aggregate=given.aggregate, overwrite=given.force)
    if given.json:
        files = [str(file) for file in done.files]
        return Said(shown.as_json({"files": files, "people": done.people, "left_out": done.left_out}))
    lines = [f"Wrote {file}" for file in done.files]
    lines.append(f"{plural(done.people, 'student')}, recorded as a disclosure.")
    if done.left_out:
        lines.append(f"{plural(done.left_out, 'student')} left out for want of a live consent.")
    return Said("\n".join(lines))


def _letter(run: Run) -> Said:
    from core.jobs.letters_by_name import Many, write_to_all

    given = run.given
    if not given.all and (given.text or given.say or given.term or given.offer is None):
        return _one_letter(run)
    many = Many(given.offer, given.text, given.project, given.say, given.term, given.way)
    with run.open() as store:
        done = write_to_all(store, many, given.out, today=run.today, overwrite=given.force)
    fault = "; ".join(f"{who}: {why}" for who, why in done.refused)
    if given.json:
        files = [str(file) for file in done.files]
        refused = [{"offer": who, "why": why} for who, why in done.refused]
        return Said(shown.as_json({"files": files, "refused": refused}), fault)
    return Said("\n".join(f"Wrote {file}" for file in done.files) or "No offer waits for an answer.", fault)


def _one_letter(run: Run) -> Said:
    from core.jobs.letters_by_name import write_letter

    given = run.given
    if given.way != "files" or given.project is not None:
        raise UserError("One letter is written as a PDF. Leave --as and --project out, or write to --all of a project.")
    of = {"offer": given.offer, "work": given.engagement, "application": given.application, "person": given.candidate}
    about, ref = next((key, value) for key, value in of.items() if value is not None)
    with run.open() as store:
        out = write_letter(
            store, about, ref, given.text, given.say, given.term, given.out, today=run.today, overwrite=given.force
        )
    return Said(shown.as_json({"files": [str(out)], "refused": []}) if given.json else f"Wrote {out}")


def _report(run: Run) -> Said:
    from core.insight.records import find
    from core.insight.report import application_by_code
    from core.jobs import papers

    given = run.given
    with run.open(write=False) as store:
        if given.code is not None:
            application = application_by_code(store, given.code)
            papers.blind_report(store, application, given.out, today=run.today, overwrite=given.force)
        else:
            candidate = find(store, "candidates", given.candidate)
            papers.report(store, candidate, given.out, today=run.today, overwrite=given.force)
    return Said(f"Wrote {given.out}.")


def _record(run: Run) -> Said:
    from core.insight.records import find
    from core.jobs.records import record

    given = run.given
    with run.open(write=False) as store:
        record(store, find(store, "engagements", given.engagement), given.out, today=run.today, overwrite=given.force)
    return Said(f"Wrote {given.out}.")


def _interview(run: Run) -> Said:
    from core.insight.records import find
    from core.jobs.records import interview

    given = run.given
    with run.open(write=False) as store:
        found = find(store, "applications", given.application)
        interview(store, found, given.out, today=run.today, overwrite=given.force)
    return Said(f"Wrote {given.out}.")


def _calendar(run: Run) -> Said:
    from core.insight.records import find
    from core.jobs.calendar import save_calendar

    given = run.given
    with run.open(write=False) as store:
        kept = save_calendar(
            store,
            given.out,
            today=run.today,
            project_id=find(store, "projects", given.project) if given.project else None,
            engagement_id=find(store, "engagements", given.engagement) if given.engagement else None,
            overwrite=given.force,
        )
    return Said(f"Wrote {given.out}, {plural(kept.days, 'day')}.")


def _compare(run: Run) -> Said:
    from core.insight.records import find
    from core.jobs.comparisons import comparison

    given = run.given
    with run.open(write=False) as store:
        ids = [find(store, "applications", one) for one in given.applications]
        comparison(store, ids, given.out, today=run.today, overwrite=given.force)
    return Said(f"Wrote {given.out}.")


def _posting(run: Run) -> Said:
    from core.insight.records import find
    from core.jobs.postings import posting

    given = run.given
    with run.open(write=False) as store:
        project = find(store, "projects", given.project)
        posting(store, project, given.out, today=run.today, overwrite=given.force)
    return Said(f"Wrote {given.out}.")


def _summary(run: Run) -> Said:
    from core.jobs.summaries import period_of, summary

    given = run.given
    with run.open(write=False) as store:
        name, start, end = period_of(store, given.program, given.start, given.end, today=run.today)
        summary(store, start, end, given.out, today=run.today, program=name, overwrite=given.force)
    return Said(f"Wrote {given.out}, {start} to {end}.")


_VERBS: dict[str, Callable[[Run], Said]] = {
    "new": _new,
    "import": _import,
    "form": _form,
    "take-in": _take_in,
    "export": _export,
    "share": _share,
    "letter": _letter,
    "report": _report,
    "record": _record,
    "interview": _interview,
    "compare": _compare,
    "calendar": _calendar,
    "posting": _posting,
    "summary": _summary,
    "list": _list,
    "show": _show,
    "history": _history,
    "undo": _undo,
    "redo": _redo,
    "check": _check,
    "backup": _backup,
}
