"""What each kind of form asks. The names of fields are those that core.jobs.returned reads when it comes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.form_fields import FormField
from core.model.words import SELF_IDENTIFICATION
from core.paper.form_paper import FormPart

AGREE = (("1", "No"), ("2", "Rather not"), ("3", "Rather yes"), ("4", "Yes"))
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
TIMES = ("Morning", "Afternoon", "Evening", "Night")
AWAY = 4
"""Spans of days off that there is room for."""
LONG = 4000
_DAY_HINT = "As in 14 March 2027"

FIT = {
    "overall": "All in all, it was worth my time.",
    "clarity": "The brief said clearly what was wanted.",
    "support": "I had the support that I needed.",
    "workload": "The hours were about as estimated.",
    "communication": "They told me what I had to know.",
    "preparedness": "They were prepared for me.",
    "professionalism": "They treated me as I would wish.",
    "responsiveness": "My questions were answered in time.",
    "work_again": "I would work here again.",
    "interest": "I would be interested in a role here later.",
}
HALF_WAY = {
    "clarity": "I know what is wanted of me.",
    "support": "I have the support that I need.",
    "workload": "The hours are about as estimated.",
}


def _text(name: str, words: str, *, most: int = 120, required: bool = False, hint: str = "") -> FormField:
    return FormField(name, "text", words, most=most, required=required, hint=hint)


def _long(name: str, words: str, most: int = 2000) -> FormField:
    return FormField(name, "long", words, most=most)


def _marks(said: dict[str, str]) -> tuple[FormField, ...]:
    return tuple(FormField(name, "choice", words, AGREE) for name, words in said.items())


def application(
    questions: Sequence[tuple[str, str, bool]], said: Sequence[str], about: Sequence[str], handed_in: Sequence[str]
) -> list[FormPart]:
    """`questions`: (id, text, whether it must be answered). `said` and `about`: the project in paragraphs
    and in short lines."""
    answers = tuple(
        (FormField(f"answer_{row_id}", "long", words, most=LONG, required=required),)
        for row_id, words, required in questions
    )
    name = (_text("first_name", "First name", required=True), _text("last_name", "Last name"))
    reach = (_text("email", "E-mail", required=True), _text("phone", "Phone"))
    school = (_text("school_name", "College or university"), _text("major", "What you study"))
    ends = _text("graduates_on", "Expected graduation", hint="Month and year, as in May 2028")
    links = _text("links", "A link to something of yours", most=300, hint="If there is one")
    hours = _text("hours_a_week", "Hours a week you have for it", most=3, hint="A number, about")
    source = _text("source", "How you heard of it", hint="A professor, the campus office, a friend …")
    found = [FormPart("The project", text=_there(said), points=_there(about))]
    if _there(handed_in):
        found.append(FormPart("What you would hand in", points=_there(handed_in)))
    found.append(FormPart("You", rows=(name, reach, school, (ends, links), (hours, source))))
    if answers:
        note = "In your own words. They are read without your name, by everyone who decides."
        found.append(FormPart("Your answers", note, rows=answers, together=True))
    return found


def _there(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(line for line in lines if line.strip())


def availability() -> list[FormPart]:
    squares = tuple(
        FormField(f"free_{day * len(TIMES) + at}", "check", f"{DAYS[day]} {TIMES[at].lower()}")
        for day in range(len(DAYS))
        for at in range(len(TIMES))
    )
    away = tuple(
        (
            _text(f"off_{at}_from", f"Away from ({at})", hint=_DAY_HINT if at == 1 else ""),
            _text(f"off_{at}_to", f"to ({at})"),
        )
        for at in range(1, AWAY + 1)
    )
    return [
        FormPart("Your week", "Tick when you usually have time; why is yours.", week=(DAYS, TIMES, squares)),
        FormPart("Hours", rows=((_text("hours_a_week", "Hours a week, about", most=3),),)),
        FormPart("Days on which you cannot work", "Exams, travel, anything: the reason is yours.", rows=away),
    ]


def mid_check() -> list[FormPart]:
    return [
        FormPart("So far", "One in each line.", marks=_marks(HALF_WAY)),
        FormPart(
            "In your words",
            "It is read at once, to mend what can be mended.",
            rows=(
                (_text("hours", "Hours so far, about", most=3),),
                (_long("going_well", "What goes well?"),),
                (_long("in_the_way", "What is in the way?"),),
            ),
        ),
    ]


def fit_review() -> list[FormPart]:
    return [
        FormPart("How it was", "One in each line; leave out what you would rather not say.", marks=_marks(FIT)),
        FormPart(
            "In your words",
            rows=((_long("reflection", "What did you learn, and what should we do better?"),),
                  (_long("wants_next", "What would you like to do next?", 1000),)),
        ),
    ]  # fmt: skip


RECORDS = (
    "Project, hours, fee, competencies, comments meant to be shared, reflection",
    "Project and hours alone",
)
PURPOSES = (
    "The campus office's record of experiential learning",
    "That record, and the office's own figures and reports",
)


def consent(school: str) -> list[FormPart]:
    """The four elements of FERPA's consent: signed and dated; which records; what for; to whom."""
    records = FormField("records", "choice", "Which records", tuple((one, one) for one in RECORDS), required=True)
    purpose = FormField("purpose", "choice", "What for", tuple((one, one) for one in PURPOSES), required=True)
    name = _text("signed", "Signed: your full name", required=True, hint="Typed here, it is your signature")
    signed = (name, _text("signed_on", "On", required=True, hint=_DAY_HINT))
    ends = (_text("until", "It ends on", hint=f"If you wish. {_DAY_HINT}"),)
    withdrawn = "You may withdraw it at any time; what was shared before stays with the office."
    return [
        FormPart("What may be shared", f"With the career office of {school}.", rows=((records,), (purpose,))),
        FormPart("Your consent", withdrawn, rows=(signed, ends)),
    ]


RATHER_NOT = ("rather_not", "I would rather not say")
"""It is kept like no answer, and takes out one that was given before."""


def self_identification() -> list[FormPart]:
    rows = tuple(
        (FormField(question, "choice", words, (*((answer, answer) for answer in answers), RATHER_NOT)),)
        for question, (words, answers) in SELF_IDENTIFICATION.items()
    )
    note = "Answer what you like, leave the rest. It plays no part in any decision: nobody who decides can see it."
    return [FormPart("Voluntary", note, rows=rows)]


PARTS: dict[str, Callable[[], list[FormPart]]] = {
    "availability": availability,
    "mid_check": mid_check,
    "fit_review": fit_review,
    "self_identification": self_identification,
}
