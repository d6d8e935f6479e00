"""What the papers take: plain values, filled by others. Texts are as people typed them; nothing here is markup.

The words in `Annotated` are how a sentence to the user names that field.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from core.chart import Chart

PageSize = Literal["a4", "letter"]
Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Stationery:
    """Whose paper it is and on what it is printed. `lines`: address and contact, one line each. `logo`: PNG or JPEG."""

    employer: Annotated[str, "the employer's name"]
    made_on: date
    lines: Annotated[tuple[str, ...], "the employer's address"] = ()
    logo: bytes | None = None
    size: PageSize = "a4"
    lang: str = "en-US"


@dataclass(frozen=True, slots=True)
class Deliverable:
    what: Annotated[str, "a deliverable"]
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A further line of the terms, with its heading: `Term("Equipment", "We lend you a laptop.")`."""

    name: Annotated[str, "the heading of a term"]
    words: Annotated[str, "a term"]


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """An offer letter. Empty texts and tuples are left out of the letter. `hours`: estimated hours of the project."""

    stationery: Stationery
    day: date
    candidate: Annotated[str, "the candidate's name"]
    project: Annotated[str, "the project's title"]
    fee_cents: int
    currency: str
    due: date
    expires_on: date
    signatory: Annotated[str, "the signatory's name"]
    signatory_title: Annotated[str, "the signatory's title"] = ""
    reference: str = ""
    candidate_lines: Annotated[tuple[str, ...], "the candidate's address"] = ()
    greeting: Annotated[str, "the greeting"] = ""
    summary: Annotated[str, "the project's summary"] = ""
    why: Annotated[str, "why the project matters"] = ""
    start: date | None = None
    due_flexible: bool = False
    hours: int = 0
    hours_any_time: bool = False
    paid_when: Annotated[str, "when the fee is paid"] = ""
    paid_as: Annotated[str, "how the candidate is paid"] = ""
    place: Annotated[str, "the place"] = ""
    supervisor: Annotated[str, "the supervisor"] = ""
    funding: Annotated[str, "who pays"] = ""
    deliverables: tuple[Deliverable, ...] = ()
    objectives: Annotated[tuple[str, ...], "a learning objective"] = ()
    ownership: Annotated[str, "who owns the work"] = ""
    confidentiality: Annotated[str, "what is confidential"] = ""
    ai_policy: Annotated[str, "the policy on AI tools"] = ""
    more_terms: tuple[Term, ...] = ()
    reply_to: Annotated[str, "where to answer"] = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a letter: text, heading, list (one point in each of `words`), or a piece that is drawn."""

    kind: str
    words: Annotated[tuple[str, ...], "the letter's text"] = ()


@dataclass(frozen=True, slots=True)
class WrittenFacts:
    """A letter as its template says it. `words`: what it is, such as "Offer". `offer`: what the drawn pieces say.

    `code`: by which it is known when it comes back; without one there is nothing to fill in. `on_paper`: it is printed,
    so it is signed by hand.
    """

    stationery: Stationery
    day: date
    candidate: Annotated[str, "the candidate's name"]
    words: Annotated[str, "the letter's name"]
    title: Annotated[str, "the letter's title"]
    blocks: tuple[Part, ...]
    kicker: Annotated[str, "the words above the title"] = ""
    subject: str = ""
    reference: str = ""
    candidate_lines: Annotated[tuple[str, ...], "the candidate's address"] = ()
    signatory: Annotated[str, "the signatory's name"] = ""
    signatory_title: Annotated[str, "the signatory's title"] = ""
    offer: LetterFacts | None = None
    code: str = ""
    on_paper: bool = False

    @property
    def fillable(self) -> bool:
        return bool(self.code) and not self.on_paper


@dataclass(frozen=True, slots=True)
class PostingFacts:
    """A project as it is put up for applications. What is empty is left out. `answers_take`: minutes."""

    stationery: Stationery
    project: Annotated[str, "the project's title"]
    fee_cents: int = 0
    currency: str = "USD"
    hours: int = 0
    hours_any_time: bool = False
    openings: int = 1
    apply_by: date | None = None
    start: date | None = None
    due: date | None = None
    due_flexible: bool = False
    place: Annotated[str, "the place"] = ""
    eligibility: Annotated[str, "who may apply"] = ""
    supervisor: Annotated[str, "the supervisor"] = ""
    funding: Annotated[str, "who pays"] = ""
    summary: Annotated[str, "the project's outcome"] = ""
    why: Annotated[str, "why the project matters"] = ""
    deliverables: tuple[Deliverable, ...] = ()
    objectives: Annotated[tuple[str, ...], "a learning objective"] = ()
    skills: Annotated[tuple[str, ...], "a skill"] = ()
    competencies: Annotated[tuple[str, ...], "a competency"] = ()
    questions: Annotated[tuple[str, ...], "a question"] = ()
    answers_take: int = 0
    terms: tuple[Term, ...] = ()
    own: tuple[Term, ...] = ()
    apply_to: Annotated[str, "where to apply"] = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class SkillLine:
    """`level`: 1 to 4 or None; `level_words`: what that level is called."""

    name: Annotated[str, "a skill"]
    level: int | None = None
    level_words: Annotated[str, "a skill's level"] = ""
    evidence: Annotated[str, "a skill's evidence"] = ""


@dataclass(frozen=True, slots=True)
class AvailabilityGrid:
    """`days` holds seven rows from Monday, each with one value a slot: free or not."""

    slots: Annotated[tuple[str, ...], "a part of the day"]
    days: tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True)
class ApplicationLine:
    project: Annotated[str, "a project's title"]
    applied_on: date | None = None
    state: str = ""
    note: Annotated[str, "an application's note"] = ""


@dataclass(frozen=True, slots=True)
class EngagementLine:
    """`verdict`: the engagement's state in words, such as "accepted". `hours`: logged, `hours_estimated`: planned."""

    project: Annotated[str, "a project's title"]
    start: date | None = None
    end: date | None = None
    hours_estimated: int | None = None
    hours: Decimal | None = None
    fee_cents: int | None = None
    currency: str = "USD"
    verdict: str = ""
    note: Annotated[str, "an engagement's note"] = ""


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """`level`: 1 to `levels`, None where not scored; `level_words`: the rubric's words for that level."""

    criterion: Annotated[str, "a criterion"]
    level: int | None = None
    level_words: Annotated[str, "a criterion's level"] = ""
    evidence: Annotated[str, "the evidence of a score"] = ""
    weight: int = 1
    levels: int = 4


@dataclass(frozen=True, slots=True)
class EvaluationBlock:
    """`overall`: computed from the scores and weights by the caller, out of `out_of`."""

    about: Annotated[str, "what is evaluated"]
    rater: Annotated[str, "a rater's name"]
    day: date | None
    scores: tuple[ScoreLine, ...]
    overall: Decimal | None = None
    out_of: int = 4
    recommend: Annotated[str, "a recommendation"] = ""
    comment: Annotated[str, "an evaluation's comment"] = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the story: what happened on a day. `kind`: call, mail, meeting, applied, ..."""

    day: date
    kind: str = ""
    words: Annotated[str, "a line of the story"] = ""


@dataclass(frozen=True, slots=True)
class PoolLine:
    reason: Annotated[str, "the reason to keep in touch"]
    since: date | None = None
    until: date | None = None
    next_touch: date | None = None


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    what: Annotated[str, "an outcome"]
    day: date | None = None
    note: Annotated[str, "an outcome's note"] = ""


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """A candidate's report. With `code` it is blind: only what core.insight.blind lets raters see is printed, whatever
    else is given. Free texts are printed as given: whoever fills them takes names out first.
    """

    stationery: Stationery
    name: Annotated[str, "the candidate's name"] = ""
    code: str | None = None
    number: str = ""
    contact: Annotated[tuple[str, ...], "the candidate's contact"] = ()
    links: Annotated[tuple[str, ...], "a link"] = ()
    school: Annotated[str, "the school's name"] = ""
    major: Annotated[str, "the major"] = ""
    degree: Annotated[str, "the degree"] = ""
    class_year: int | None = None
    graduation: date | None = None
    first_contact: date | None = None
    source: Annotated[str, "the source"] = ""
    skills: tuple[SkillLine, ...] = ()
    availability: Annotated[str, "the availability"] = ""
    grid: AvailabilityGrid | None = None
    hours_a_week: int | None = None
    applications: tuple[ApplicationLine, ...] = ()
    engagements: tuple[EngagementLine, ...] = ()
    evaluations: tuple[EvaluationBlock, ...] = ()
    outcomes: tuple[OutcomeLine, ...] = ()
    pool: tuple[PoolLine, ...] = ()
    own: tuple[Term, ...] = ()
    story: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class Promise:
    """One of the six on the first page. `figure`: "84 %", "7 of 11", "26"; with `base` 0 "none yet" is printed.

    `trend`: against the last period, in words.
    """

    figure: str
    label: str
    detail: Annotated[str, "a line of the summary"] = ""
    base: int | None = None
    trend: str = ""


@dataclass(frozen=True, slots=True)
class ReachRow:
    """Of a school or a class year; None is a hidden or unknown number. What gathers the small groups comes last."""

    name: Annotated[str, "a school's name"]
    applied: int | None
    selected: int | None
    finished: int | None
    went_on: int | None
    focus: bool = False


@dataclass(frozen=True, slots=True)
class FigureLine:
    """`value` as shown; `counts`: numerator and base in words ("9 of 26"); with `base` 0 "none yet" is printed."""

    name: str
    value: str
    counts: str
    definition: str
    base: int | None = None


@dataclass(frozen=True, slots=True)
class FigureGroup:
    title: str
    figures: tuple[FigureLine, ...]


@dataclass(frozen=True, slots=True)
class SpendRow:
    """A project of the period. `paid_cents`: payments made; `fee_cents`: fees agreed or offered."""

    project: Annotated[str, "a project's title"]
    state: str
    start: date | None = None
    end: date | None = None
    hours: int | None = None
    fee_cents: int | None = None
    paid_cents: int | None = None
    currency: str = "USD"
    number: str = ""


@dataclass(frozen=True, slots=True)
class SummaryFacts:
    """`compared`: what the trends are against. `reach`: by school; `class_years`: the chart, `reach_years` its table.

    `sides`: what students said and what we saw. What has nothing to show is left out.
    """

    stationery: Stationery
    start: date
    end: date
    promises: tuple[Promise, ...]
    title: Annotated[str, "the summary's title"] = "What our micro-internships did"
    program: Annotated[str, "the program's name"] = ""
    compared: Annotated[str, "what the trends are against"] = ""
    months: Chart | None = None
    class_years: Chart | None = None
    reach: tuple[ReachRow, ...] = ()
    reach_years: tuple[ReachRow, ...] = ()
    sides: tuple[Chart, ...] = ()
    followed: Chart | None = None
    figures: tuple[FigureGroup, ...] = ()
    paid: Chart | None = None
    projects: tuple[SpendRow, ...] = ()
    footer: str = ""


@dataclass(frozen=True, slots=True)
class ListColumn:
    title: str
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class ListFacts:
    """A list as it stands on the screen. `filter`: what narrows it, in words; `rows`: one text a column."""

    stationery: Stationery
    title: Annotated[str, "the list's title"]
    columns: tuple[ListColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    filter: Annotated[str, "the filter"] = ""
    unit: str = "row"


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """The sheet that opens a store on another machine. `words`: the 24 recovery words, in order."""

    stationery: Stationery
    store: Annotated[str, "the store's name"]
    words: tuple[str, ...]
    voids_earlier: bool = False
