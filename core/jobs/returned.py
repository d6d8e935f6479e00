"""Forms that came back: whose and what each is, what it says that is new, what stands in the way; then all at once.

Nothing is written by looking. Taking in goes through the functions that typing uses, as ONE change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from core import text
from core.errors import UserError
from core.exchange.returned import MOST_BYTES, TOO_BIG, Came, read_form
from core.insight.returned import FormView, form_view, taken_before
from core.jobs.returned_kinds import KINDS
from core.jobs.returned_printed import PRINTED, off_the_page
from core.jobs.returned_said import Case, Said, Taken, cut, listed
from core.store import Label, Store
from core.text import in_digits
from core.work.documents import keep_file
from core.work.form_returns import note_return
from core.work.forms import code_of

MOST_FILES = 50
APART = "self_identification"
"""The kind whose answers are shown to nobody, in no sentence either."""
LETTER = "letter"
SCORES = "rater_pack"
"""The kind that says what another rater gave."""
Progress = Callable[[int, int], object]


@dataclass(frozen=True)
class File:
    """`came` is what was read; where it could not be, `why` says so."""

    path: Path
    sha256: str = ""
    came: Came | None = None
    why: str = ""


@dataclass(frozen=True)
class Returned:
    """One file, looked at. `problems`: why it is not taken in. `notes`: what is worth knowing. `look`: what a person
    has to confirm, "" for nothing.

    `values`: by field, as they are taken in. `said`: what of them is shown; nothing of answers that are kept apart.
    """

    path: Path
    sha256: str = ""
    what: str = ""
    whose: str = ""
    about: str = ""
    said: tuple[Said, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    look: str = ""
    keeps: bool = True
    """Whether the file itself is kept, as far as its contents go."""
    form: FormView | None = field(default=None, repr=False)
    values: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def takes(self) -> bool:
        return self.form is not None and not self.problems


_BY_HAND = "Type in what it says; a signed letter is kept at its offer, with “Signed letter came back…”."


class _TrialError(Exception):
    """Ends a trial, so that nothing of it is written."""


# --- reading ----------------------------------------------------------------------------------------------------------


def check_count(paths: Sequence[Path]) -> None:
    if not paths:
        raise UserError("Choose the forms that came back, or drop them here.")
    if len(paths) > MOST_FILES:
        raise UserError(f"{len(paths)} files are more than the {MOST_FILES} that are taken in at once. Take fewer.")


def read_files(paths: Sequence[Path], *, progress: Progress | None = None) -> list[File]:
    """Each in a process apart, and none of them asks the store anything. `progress` may raise to cancel."""
    check_count(paths)
    tell = progress or (lambda _done, _total: None)
    found: list[File] = []
    for path in dict.fromkeys(paths):
        at = len(found)
        tell(at, len(paths))
        found.append(_file(path, lambda at=at: tell(at, len(paths))))  # type: ignore[misc]
    tell(len(paths), len(paths))
    return found


def _file(path: Path, step: Callable[[], object]) -> File:
    try:
        data = _bytes(path)
        return File(path, hashlib.sha256(data).hexdigest(), read_form(data, step=step))
    except UserError as error:
        return File(path, why=str(error))


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UserError("It is a folder. Choose the forms in it.")
        if path.exists() and not path.is_file():
            raise UserError("It is no file that can be read. Choose the form itself.")
        if path.stat().st_size > MOST_BYTES:
            raise UserError(TOO_BIG)
        return path.read_bytes()
    except FileNotFoundError:
        raise UserError("It is not there any more.") from None
    except PermissionError:
        words = "It may not be read, or another program has it open. Close it there, or save a copy of it elsewhere."
        raise UserError(words) from None
    except OSError as fault:
        raise UserError(f"It could not be read: {fault.strerror or 'the disk failed'}.") from None


# --- looking ----------------------------------------------------------------------------------------------------------


def look(store: Store, paths: Sequence[Path], *, today: date, progress: Progress | None = None) -> list[Returned]:
    """What each file is and says. UserError for none or too many; SystemFault."""
    return look_at(store, read_files(paths, progress=progress), today=today)


def look_at(store: Store, files: Sequence[File], *, today: date, progress: Progress | None = None) -> list[Returned]:
    """In the order of the files. `progress` may raise to cancel."""
    with store.read() as session:
        before = taken_before(session, [one.sha256 for one in files if one.sha256])
        found = [_look(store, session, one, before, today) for one in files]
    return _tried(store, _once(found), today, progress)


def _look(store: Store, session: Session, file: File, before: Mapping[str, date], today: date) -> Returned:
    one = Returned(file.path, file.sha256)
    if file.came is None:
        return replace(one, problems=(file.why,))
    came = file.came
    notes = _inside(came)
    one = replace(one, keeps=not came.inside)
    codes = [known for code in came.codes if (known := code_of(code))]
    form = form_view(session, codes, today=today)
    if form is None:
        return replace(one, problems=(_unknown(came, codes),), notes=notes)
    one = replace(one, form=form, what=form.what, whose=form.whose, about=form.about)
    if form.kind not in KINDS:
        return replace(one, problems=("Forms of this kind are not taken in here.",), notes=notes)
    if file.sha256 in before:
        day = text.short_day(before[file.sha256], today)
        return replace(one, problems=(f"This very file was taken in on {day}.",), notes=notes)
    if came.way == "picture" and form.kind != LETTER:
        return replace(one, problems=(_scan(form),), notes=notes)
    if came.way == "printed" and form.sealed:
        words = (
            "It was printed, so somebody has to look at what was read; but what they say stays sealed until your own "
            "view of the work is in. Enter that first, then take this in."
        )
        return replace(one, problems=(words,), notes=notes)
    if came.way == "printed" and form.kind == APART:
        words = "It was printed, so somebody would have to look at it, and such answers are shown to nobody."
        return replace(one, problems=(f"{words} Ask for the form itself.",), notes=notes)
    return _with_values(store, session, one, came, notes, today)


def _with_values(
    store: Store, session: Session, one: Returned, came: Came, notes: tuple[str, ...], today: date
) -> Returned:
    form = one.form
    if form is None:
        return one
    printed = came.way == "printed"
    given, more = came.values, list[str]()
    if printed:
        try:
            given, more = off_the_page(came, form)
        except UserError as error:
            return replace(one, problems=(str(error),), notes=notes)
    kind = KINDS[form.kind]
    values, wrong = checked(form, given, printed=came.way != "fields")
    wrong += more
    # A letter is signed by hand as well.
    if not any(values.values()) and form.kind != LETTER:
        return replace(one, problems=("Nothing is filled in on it.", *wrong), notes=notes)
    try:
        about = kind.about(Case(store, session, form, values, today, printed))
    except UserError as error:
        return replace(one, problems=(str(error),), notes=(*notes, *wrong))
    looks = [PRINTED] if printed and any(values.values()) else []
    if form.returned and not kind.many:
        looks.append(f"One came back {text.short_day(form.returned[-1][0], today)} already; this one takes its place.")
    looks += about.look
    return replace(
        one,
        whose=about.whose or form.whose,
        said=about.said,
        values=values,
        notes=(*notes, *wrong, *about.notes),
        look=" ".join(looks),
    )


def _inside(came: Came) -> tuple[str, ...]:
    if not came.inside:
        return ()
    return (
        f"It brings along {listed(came.inside)}. That is no part of the form: it is ignored, and the file not kept.",
    )


def _unknown(came: Came, codes: Sequence[str]) -> str:
    if codes:
        return (
            "No form here has its code: it is of another store, or what it asked about was removed here. Take it in "
            "where it was made, or bring that back."
        )
    if came.way == "picture":
        return f"It is a scan, and no square code could be read on it. {_BY_HAND}"
    return f"It bears no code of a form, so nobody can say which one it is. {_BY_HAND}"


def _scan(form: FormView) -> str:
    whose = f" of {form.whose}" if form.whose else ""
    said = f"It is a scan: its code says that it is the form “{form.what}”{whose}"
    return f"{said}, but what is written on it cannot be read. Type it in."


def checked(form: FormView, given: Mapping[str, str], *, printed: bool) -> tuple[dict[str, str], list[str]]:
    """The values of the form's own fields, and sentences about what is left out or not as it was sent."""
    values: dict[str, str] = {}
    wrong: list[str] = []
    known = {str(one["name"]): one for one in form.fields}
    quiet = form.kind in (APART, SCORES) or form.sealed
    for name, one in known.items():
        value = text.clean(given.get(name, ""))
        words = str(one.get("words") or name)
        options = [str(option[0]) for option in one.get("options") or ()]
        most = int(one.get("most") or 0)
        if value and options and value not in options:
            said = "An answer" if quiet else f"“{cut(words)}” says “{cut(value)}”, which"
            wrong.append(f"{said} is none of its choices; it is left out.")
            value = ""
        elif most and len(value) > most:
            wrong.append(
                f"“{cut(words)}” has {in_digits(len(value))} characters and room for {in_digits(most)}; it is left out."
            )
            value = ""
        values[name] = value
    if not printed:
        lost = [cut(str(one.get("words") or name)) for name, one in known.items() if name not in given]
        more = [cut(name) for name in given if name not in known and name != "code"]
        if lost:
            count = "A field of the form is" if len(lost) == 1 else f"{len(lost)} fields of the form are"
            wrong.append(f"{count} gone from it: {listed(lost)}.")
        if more:
            wrong.append(f"It has fields that the form never had: {listed(more)}. They are ignored.")
    return values, wrong


def _once(found: Sequence[Returned]) -> list[Returned]:
    """The same file twice, or two files for a form that one person fills in once: the first of them counts."""
    files: dict[str, Path] = {}
    forms: dict[str, Path] = {}
    kept: list[Returned] = []
    for one in found:
        said = ""
        if one.form is not None and one.takes:
            first = files.setdefault(one.sha256, one.path)
            key = f"{one.form.id} {KINDS[one.form.kind].once(one.values)}"
            before = forms.setdefault(key, one.path)
            if first != one.path:
                said = f"It is the same file as {first.name}."
            elif before != one.path:
                said = f"{before.name} is the same form, filled in by the same person. Take in one of them."
        kept.append(replace(one, problems=(said,)) if said else one)
    return kept


def _tried(store: Store, found: list[Returned], today: date, progress: Progress | None) -> list[Returned]:
    """With the rules' words where one of them would stop a form: all are taken in, and all of it is taken back."""
    tried: list[Returned] = []
    try:
        with store.change(Label.FORMS_TAKEN_IN) as session:
            for at, one in enumerate(found):
                if progress is not None:
                    progress(at, len(found))
                tried += [_try(store, session, one, today) if one.takes else one]
            raise _TrialError
    except _TrialError:
        return tried


def _try(store: Store, session: Session, one: Returned, today: date) -> Returned:
    try:
        with session.begin_nested():
            _take(store, session, one, today)
    except UserError as error:
        return replace(one, problems=(str(error),))
    return one


# --- taking in --------------------------------------------------------------------------------------------------------


def chosen(found: Sequence[Returned], confirmed: Collection[str]) -> list[Returned]:
    """What would be taken in; `confirmed`: the sums of the files that a person has looked at."""
    return [one for one in found if one.takes and (not one.look or one.sha256 in confirmed)]


def take_in(
    store: Store,
    found: Sequence[Returned],
    confirmed: Collection[str] = (),
    *,
    today: date,
    progress: Progress | None = None,
) -> list[Returned]:
    """All of these as ONE change; what was taken. UserError, and then nothing is written, where one cannot be.

    `progress(done, total)` may raise to cancel.
    """
    wanted = chosen(found, confirmed)
    if not wanted:
        raise UserError("None of these can be taken in as it is.")
    files = [_again(one) for one in wanted]
    with store.change(Label.FORMS_TAKEN_IN) as session:
        for at, (one, data) in enumerate(zip(wanted, files, strict=True)):
            if progress is not None:
                progress(at, len(wanted))
            try:
                taken = _take(store, session, one, today)
                _keep(store, session, one, taken, data, today)
            except UserError as error:
                raise UserError(f"{one.name}: {error} Nothing was taken in.") from None
    return wanted


def _again(one: Returned) -> bytes:
    try:
        data = _bytes(one.path)
    except UserError as error:
        raise UserError(f"{one.name}: {error} Nothing was taken in.") from None
    if hashlib.sha256(data).hexdigest() != one.sha256:
        raise UserError(f"{one.name} was changed since it was read. Choose it once more; nothing was taken in.")
    return data


def _take(store: Store, session: Session, one: Returned, today: date) -> Taken:
    if one.form is None:
        raise UserError("It is no form of this store.")
    return KINDS[one.form.kind].take(Case(store, session, one.form, one.values, today))


def _keep(store: Store, session: Session, one: Returned, taken: Taken, data: bytes, today: date) -> None:
    if taken.owner is not None and one.keeps:
        keep_file(store, *taken.owner, one.name, data, today=today, purpose=taken.purpose)
    if one.form is not None:
        note_return(session, one.form.id, one.sha256, today=today, candidate_id=taken.candidate_id)
    session.flush()


def summary(taken: Sequence[Returned]) -> str:
    """Took in 3 forms: 2 Fit review, 1 Consent to share."""
    counts: dict[str, int] = {}
    for one in taken:
        counts[one.what] = counts.get(one.what, 0) + 1
    kinds = ", ".join(_kinds(counts))
    return f"Took in {text.plural(len(taken), 'form')}: {kinds}."


def _kinds(counts: Mapping[str, int]) -> Iterator[str]:
    for what, count in counts.items():
        yield f"{what} ({count})" if count > 1 else what
