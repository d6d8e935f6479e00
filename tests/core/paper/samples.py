"""Facts of an invented business, as the jobs hand them to the papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from core.form_fields import FormField
from core.paper import comparison, form_paper, interview, letter, listing, posting, record, report, sheet, summary
from core.paper import year as year_paper
from core.paper.comparison import ComparedCell, ComparedCriterion, ComparedPerson, ComparisonFacts, GivenLine
from core.paper.facts import (
    ApplicationLine,
    AvailabilityGrid,
    Deliverable,
    EngagementLine,
    EvaluationBlock,
    LetterFacts,
    ListColumn,
    ListFacts,
    Moment,
    OutcomeLine,
    PageSize,
    Part,
    PoolLine,
    PostingFacts,
    ReportFacts,
    ScoreLine,
    SheetFacts,
    SkillLine,
    Stationery,
    SummaryFacts,
    Term,
    WrittenFacts,
)
from core.paper.form_paper import FormFacts, FormPart
from core.paper.interview import AskedCriterion, InterviewFacts
from core.paper.record import RecordFacts
from core.paper.year import YearFacts, YearLoad, YearProject, YearSeason
from tests.core.paper.sample_summary import summary_of_a_year

DAY = date(2026, 11, 22)
NAME = "Nguyễn Thị Ánh"


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 120), mode: str = "RGB") -> bytes:
    made = BytesIO()
    Image.new(mode, size, 0 if mode == "CMYK" else "green").save(made, kind)  # type: ignore[arg-type]
    return made.getvalue()


def stationery(**more: Any) -> Stationery:
    return replace(
        Stationery("Lakeside Print & Design", DAY, ("214 Canal Street, Chicago", "owner@lakeside.example")), **more
    )


def offer(**more: Any) -> LetterFacts:
    facts = LetterFacts(
        stationery=stationery(),
        day=DAY,
        candidate=NAME,
        candidate_lines=("anh.nguyen@example.edu",),
        project="A spring catalogue that customers can search",
        fee_cents=48000,
        currency="USD",
        start=date(2026, 11, 30),
        due=date(2026, 12, 14),
        expires_on=date(2026, 11, 29),
        signatory="Marta Kowalczyk",
        signatory_title="owner",
        reference="O-014",
        summary="Our catalogue lists 340 products in one long file. You sort it and give each product a category.",
        why="Customers call us because they cannot find what we sell.",
        due_flexible=True,
        hours=20,
        hours_any_time=True,
        paid_when="Within 10 days of the accepted work",
        paid_as="Paid as a contractor",
        place="Remote",
        supervisor="Marta Kowalczyk · marta@lakeside.example",
        funding="Lakeside, from its own budget",
        deliverables=(
            Deliverable("The sorted catalogue as a spreadsheet", date(2026, 12, 7)),
            Deliverable("One page on how you chose the categories", date(2026, 12, 14)),
        ),
        objectives=("Clean a real data set", "Report findings to someone who has five minutes"),
        ownership="The catalogue belongs to Lakeside once it is paid.",
        confidentiality="Prices that are not public stay between us.",
        ai_policy="You may use AI tools for drafts; say where you did.",
        reply_to="marta@lakeside.example",
    )
    return replace(facts, **more)


def candidate(**more: Any) -> ReportFacts:
    facts = ReportFacts(
        stationery=stationery(),
        name="Zoë Nwosu-Łukasik",
        number="C-031",
        contact=("zoe@kennedy-king.example.edu",),
        links=("portfolio.example/zoe",),
        school="Kennedy-King College",
        major="Graphic Communications",
        class_year=2,
        graduation=date(2028, 5, 20),
        first_contact=date(2026, 2, 3),
        source="career fair",
        skills=(SkillLine("Spreadsheets", 3, "Early application", "Cleaned 340 products"), SkillLine("Illustrator")),
        availability="Evenings and Fridays.",
        hours_a_week=8,
        grid=AvailabilityGrid(("Morning", "Evening"), ((False, True),) * 5 + ((False, False),) * 2),
        applications=(ApplicationLine("Lead list of print shops", date(2026, 9, 12), "Not selected", "Second of 14"),),
        engagements=(
            EngagementLine(
                "A spring catalogue", date(2026, 3, 16), date(2026, 4, 6), 20, Decimal("21.5"), 48000, "USD", "Accepted"
            ),
        ),
        evaluations=(
            EvaluationBlock(
                "A spring catalogue",
                "Marta Kowalczyk",
                date(2026, 4, 8),
                (
                    ScoreLine("Communication", 3, "Asks early, reports what changed", "Wrote that page 14 was missing"),
                    ScoreLine("Technology"),
                ),
                Decimal("3.25"),
                recommend="Yes, for the internship",
            ),
        ),
        outcomes=(OutcomeLine("Offered: autumn catalogue", date(2026, 10, 1)),),
        pool=(PoolLine("Just missed the internship (2026, second)", date(2026, 5, 2), None, date(2026, 12, 1)),),
        story=(Moment(date(2026, 2, 3), "Met", "at the career fair"),),
    )
    return replace(facts, **more)


def to_apply_for(**more: Any) -> PostingFacts:
    facts = PostingFacts(
        stationery=stationery(),
        project="A spring catalogue that customers can search",
        fee_cents=48000,
        hours=20,
        hours_any_time=True,
        openings=2,
        apply_by=date(2026, 11, 27),
        start=date(2026, 11, 30),
        due=date(2026, 12, 14),
        due_flexible=True,
        place="Remote",
        supervisor="Marta Kowalczyk",
        summary="340 products, each with a category and a picture.",
        why="Customers call us because they cannot find what we sell.",
        deliverables=(Deliverable("A sheet of 340 products", date(2026, 12, 7)), Deliverable("A one-page note")),
        objectives=("Sort a catalogue so that others find their way",),
        skills=("Spreadsheets",),
        competencies=("Critical Thinking",),
        questions=("Into which five groups would you sort these twenty products?",),
        answers_take=15,
        terms=(Term("AI tools", "Allowed for drafts; say where."),),
        apply_to="owner@lakeside.example",
        reference="P-014",
    )
    return replace(facts, **more)


def year(**more: Any) -> SummaryFacts:
    return summary_of_a_year(**{"stationery": stationery(), **more})


def table(**more: Any) -> ListFacts:
    facts = ListFacts(
        stationery(),
        "Candidates",
        (ListColumn("Name"), ListColumn("School"), ListColumn("Hours", "right")),
        ((NAME, "Kennedy-King College", "8"), ("Ελένη Παπαδοπούλου", "Harold Washington College", "")),
        "in the pool",
        "candidate",
    )
    return replace(facts, **more)


def recovery(**more: Any) -> SheetFacts:
    words = "abandon lizard orchard velvet puzzle anchor ribbon canyon mercy tunnel walnut hidden fragile lumber oxygen"
    more_words = "pepper rookie saddle tobacco umbrella vintage whisper yellow zebra"
    facts = SheetFacts(stationery(), "Lakeside Print & Design", tuple(f"{words} {more_words}".split()))
    return replace(facts, **more)


def to_fill_in(**more: Any) -> FormFacts:
    """One of each kind of field."""
    options = (("1", "No"), ("2", "Rather not"), ("3", "Rather yes"), ("4", "Yes"))
    statements = tuple(FormField(f"mark_{n}", "choice", f"Statement {n}", options=options) for n in (1, 2))
    days, parts = ("Mon", "Tue"), ("Morning", "Evening")
    week = tuple(FormField(f"free_{n}", "check", f"{days[n // 2]} {parts[n % 2]}") for n in range(4))
    rows = (
        (FormField("first", "text", "First name", required=True), FormField("last", "text", "Last name")),
        (FormField("answer", "long", "What would you look at first?", hint="A few sentences."),),
        (FormField("agree", "check", "I agree."),),
        (FormField("which", "choice", "Which one?", options=options),),
    )
    facts = FormFacts(
        stationery(),
        "application",
        "Application",
        "A spring catalogue",
        "ABCD-EFGH-JKMN",
        ("Fill this in.",),
        (
            FormPart("What you do", points=("Sort it.", "Name it."), rows=rows),
            FormPart("All in all", marks=statements),
            FormPart("When you are free", note="About.", week=(days, parts, week)),
            FormPart("What they wrote", words=("A long answer.", "Another.")),
        ),
        "Mail it to owner@lakeside.example.",
    )
    return replace(facts, **more)


def compared(**more: Any) -> ComparisonFacts:
    cell = ComparedCell(Decimal("2.5"), True, (GivenLine("Maria Keller", 1, "Names both."), GivenLine("Ben Ortiz", 4)))
    people = tuple(ComparedPerson(f"Candidate K{n}", f"K{n}", Decimal("2.5"), 1, 2) for n in (1, 2))
    levels = ("No reason.", "One reason.", "Each point.", "Another way.")
    criteria = tuple(ComparedCriterion(f"Reasons given {n}", levels, (cell, cell)) for n in (1, 2))
    return replace(ComparisonFacts(stationery(), "A spring catalogue", "P-010", people, criteria), **more)


def whole_year(**more: Any) -> YearFacts:
    facts = YearFacts(
        stationery(),
        date(2026, 1, 1),
        date(2026, 12, 31),
        DAY,
        (
            YearProject("A spring catalogue", "closed", "closed", date(2026, 3, 1), date(2026, 4, 6)),
            YearProject("Menu", "at work", "running", date(2026, 11, 1), date(2026, 12, 6)),
        ),
        (YearSeason("exams", date(2026, 5, 4), date(2026, 5, 15), 2),),
        (YearLoad("Maria Keller", 3, ((date(2026, 11, 2), 90, False), (date(2026, 11, 9), 300, True))),),
        ("No project in July.",),
    )
    return replace(facts, **more)


def done(**more: Any) -> RecordFacts:
    facts = RecordFacts(
        stationery(),
        NAME,
        "A spring catalogue that customers can search",
        "P-010",
        date(2026, 3, 2),
        date(2026, 4, 6),
        school="Kennedy-King College",
        major="Graphic Communications",
        student_number="4711",
        class_year=2,
        graduates_on=date(2028, 5, 20),
        summary="Our catalogue lists 340 products in one long file.",
        hours=20,
        minutes_logged=1290,
        fee_cents=48000,
        place="Remote",
        supervisor="Marta Kowalczyk",
        supervisor_email="marta@lakeside.example",
        deliverables=("A sorted list", "A page on how it is kept"),
        objectives=("Clean data so that others can use it",),
        marks=(("Communication", 4, "Advanced Application"), ("Technology", 3, "Early Application")),
        comment="Asked early, and wrote what had changed each week.",
    )
    return replace(facts, **more)


def talk(**more: Any) -> InterviewFacts:
    levels = (
        "Speaks of what one should do, and of no task of their own.",
        "Names a task; their part or its result stays open, also when asked again.",
        "Names the task, their part in it and its result.",
        "Also what they would do differently now, and why.",
    )
    ask = "Ask: “Tell us of a task like ours that you did. What was your part?”"
    criteria = tuple(AskedCriterion(f"Has done something like it {n}", ask, levels) for n in range(1, 5))
    facts = InterviewFacts(
        stationery(), "A spring catalogue", "P-010", NAME, "Marta Kowalczyk", "Structured interview", criteria
    )
    return replace(facts, **more)


def _form(facts: FormFacts, out: Path) -> None:
    form_paper.make(facts, out)


def to_sign(**more: Any) -> WrittenFacts:
    """An offer with what is filled in where it is read."""
    words = offer(**more)
    return WrittenFacts(
        words.stationery, DAY, NAME, "Offer", words.project,
        (Part("text", ("Dear Ánh,",)), Part("the terms"), Part("the work"), Part("the conditions"), Part("the answer")),
        kicker="Offer of a micro-internship", reference="P-010", signatory=words.signatory, offer=words,
        code="7K2M-9QXT-0R4B-VD6H-3WYA-Q",
    )  # fmt: skip


def thanks(**more: Any) -> WrittenFacts:
    """A letter of words alone."""
    blocks = (
        Part("text", ("Dear Ánh,",)),
        Part("heading", ("What you did",)),
        Part("list", ("You sorted three years of photos.", "You wrote 400 descriptions.")),
        Part("text", ("Thank you.\nCome again.",)),
        Part("the signature"),
    )
    facts = WrittenFacts(
        stationery(), DAY, NAME, "Thank you", "A spring catalogue", blocks, signatory="Marta Kowalczyk"
    )
    return replace(facts, **more)


def _letter(facts: WrittenFacts, out: Path) -> None:
    letter.make(facts, out)


Maker = Callable[[Path, PageSize], None]

EVERY_PAPER: dict[str, Maker] = {
    "posting": lambda out, size: posting.make(to_apply_for(stationery=stationery(size=size, logo=picture())), out),
    "letter": lambda out, size: letter.make(offer(stationery=stationery(size=size, logo=picture())), out),
    "letter to sign": lambda out, size: _letter(to_sign(stationery=stationery(size=size, logo=picture())), out),
    "thanks": lambda out, size: _letter(thanks(stationery=stationery(size=size)), out),
    "report": lambda out, size: report.make(candidate(stationery=stationery(size=size)), out),
    "blind report": lambda out, size: report.make(candidate(stationery=stationery(size=size), code="K7Q-4MX"), out),
    "summary": lambda out, size: summary.make(year(stationery=stationery(size=size)), out),
    "list": lambda out, size: listing.make(table(stationery=stationery(size=size)), out),
    "form": lambda out, size: _form(to_fill_in(stationery=stationery(size=size)), out),
    "experience record": lambda out, size: record.make(done(stationery=stationery(size=size, logo=picture())), out),
    "interview sheet": lambda out, size: interview.make(talk(stationery=stationery(size=size)), out),
    "comparison": lambda out, size: comparison.make(compared(stationery=stationery(size=size)), out),
    "year": lambda out, size: year_paper.make(whole_year(stationery=stationery(size=size)), out),
    "recovery sheet": lambda out, size: sheet.make(recovery(stationery=stationery(size=size)), out),
}
