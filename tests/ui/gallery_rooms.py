"""The believable content of the gallery: four places of a desk like the drawings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.chart import Chart, ChartBar
from ui.command import Command
from ui.models.paged_table import Column, PagedTable
from ui.theme import set_role
from ui.widgets.availability import Availability
from ui.widgets.avatar import Avatar
from ui.widgets.bars import Bars
from ui.widgets.checklist import Checklist, Point
from ui.widgets.chips import FilterBar
from ui.widgets.chips_field import ChipsField
from ui.widgets.date_field import DateField
from ui.widgets.empty import Empty
from ui.widgets.fields import AreaField, ChoiceField, LineField, MoneyField, NumberField
from ui.widgets.figure import Figure
from ui.widgets.form_row import Form
from ui.widgets.level_picker import LevelPicker
from ui.widgets.list_field import ListField
from ui.widgets.notice import Notice
from ui.widgets.panel import Heading, Line, Panel, Scroll
from ui.widgets.rows import Row, Rows
from ui.widgets.story import Link, Moment, Story
from ui.widgets.table import Table
from ui.widgets.tabs import TabPages
from ui.widgets.text import button, label

TODAY = date(2026, 11, 22)
Words = Callable[[str], str]


def same(words: str) -> str:
    return words


def nothing() -> None:
    """What a control of the gallery does."""


class Room(QWidget):
    """A place of the gallery."""

    def __init__(
        self, key: str, title: str, subtitle: str, primary: str, count: int | None, headline: str = ""
    ) -> None:
        super().__init__()
        self.key, self.title, self._subtitle, self._primary, self._count = key, title, subtitle, primary, count
        self._headline = headline
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(16)

    def headline(self) -> str:
        return self._headline or self.title

    def refresh(self) -> None:
        """Nothing to ask anew."""

    def subtitle(self) -> str:
        return self._subtitle

    def primary(self) -> Command | None:
        return Command("new", self._primary, "Ctrl+N", nothing) if self._primary else None

    def count(self) -> int | None:
        return self._count


def column(*parts: QWidget, width: int = 0) -> QWidget:
    made = Scroll(gap=0)
    for part in parts:
        if isinstance(part, Heading):
            made.body.addSpacing(8)
        made.body.addWidget(part)
        made.body.addSpacing(8)
    made.body.addStretch(1)
    if width:
        made.setFixedWidth(width)
    return made


def today(w: Words) -> Room:
    room = Room("today", w("Today"), w("Sunday 22 November · 7 things need you, about 40 minutes"), w("New project"), 7)
    waiting = Rows([
        Row(w("Score 3 applications"), w("Menu redesign for the spring card"), w("closes tomorrow"), "amber",
            w("Open scoring"), nothing),
        Row(w("Approve delivered work"), w("Amara Okafor · Competitor prices in the neighbourhood"),
            w("waiting 2 days"), "neutral", w("Review"), nothing),
        Row(w("Offer expires"), w("Jin Park · Customer photo archive"), w("in 2 days"), "amber", w("Remind"), nothing),
        Row(w("Pay $360"), w("Leah Brandt · accepted 20 November"), w("3 days late"), "red", w("Record payment"),
            nothing),
    ])  # fmt: skip
    cold = Rows([
        Row("Mateo Ruiz", w("Kennedy-King College · 2nd year"), w("fits “Inventory labels”"), "green", w("Invite"),
            nothing),
        Row("Nguyễn Thảo", w("UIC · 3rd year · near-miss intern"), w("fits 2 projects"), "green", w("Invite"), nothing),
        Row("Dana Whitfield", w("Harold Washington · 1st year"), w("no project fits yet"), "neutral", w("Write"),
            nothing),
    ])  # fmt: skip
    inbox = Panel()
    for words in ("Tidy the supplier list before January", "Photograph 40 finished jobs for the website"):
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(label(w(words), wrap=True), 1)
        line.addWidget(button(w("Make it a project"), "link-small", nothing), 0, Qt.AlignmentFlag.AlignTop)
        inbox.add(line)
    add = LineField(300, w("Add something you never get to…"))
    add.setAccessibleName("Add a to-do")
    set_role(add, "bare")
    inbox.add(add)
    year = Panel()
    values = (2, 3, 4, 3, 1, 2, 5, 3, 4, 6, 4, 0)
    year.add(Bars(Chart("Projects by month", tuple(
        ChartBar(name, value, f"{name}: {value} projects") for name, value in zip("JFMAMJJASOND", values, strict=True)
    ))))  # fmt: skip
    note = w("December has no project yet. 14 candidates are free between exams and January.")
    year.add(label(note, "note", wrap=True))
    reach = Panel()
    two = QHBoxLayout()
    two.setSpacing(16)
    two.addWidget(Figure("11", w("schools, 7 outside focus")), 1)
    two.addWidget(Figure("46 %", w("first and second years"), w("of 121")), 1)
    reach.add(two)
    room.row.addWidget(column(
        Heading(w("Waiting for you")), waiting,
        Heading(w("Going cold"), w("no contact for 60 days, graduating within a year")), cold,
    ), 1)  # fmt: skip
    room.row.addWidget(column(
        Heading(w("To-do inbox")), inbox, Heading(w("This year")), year, Heading(w("Reach")), reach, width=340,
    ))  # fmt: skip
    return room


PEOPLE = [
    ("Amara Okafor", "Kennedy-King College", "2nd", ("Micro-intern", "green"), "today"),
    ("Bao Tran", "UIC", "3rd", ("Applicant", "green"), "2 d"),
    ("Chidi Eze", "Harold Washington", "1st", ("Prospect", "neutral"), "9 d"),
    ("Dana Whitfield", "Harold Washington", "1st", ("Prospect", "neutral"), ("64 d", True)),
    ("Elena Petrova", "DePaul", "4th", ("Intern offer", "green"), "3 d"),
    ("Fatima Al-Sayed", "UIC", "2nd", ("Applicant", "green"), "1 d"),
    ("Gus Lindqvist", "Wright College", "1st", ("Prospect", "neutral"), "30 d"),
    ("Isaiah Brooks", "Chicago State", "2nd", ("Near-miss intern", "amber"), "41 d"),
    ("Kateryna Shevchenko", "Loyola", "4th", ("Hired", "green"), "12 d"),
    ("Mateo Ruiz", "Kennedy-King College", "2nd", ("Near-miss intern", "amber"), ("66 d", True)),
    ("Nguyễn Thảo", "UIC", "3rd", ("Near-miss intern", "amber"), ("71 d", True)),
    ("Σοφία Παπαδοπούλου", "Truman College", "1st", ("Offer late", "red"), "18 d"),
]


def candidates(w: Words) -> Room:
    subtitle = w("384 people · 11 schools · 9 going cold")
    room = Room("candidates", w("Candidates"), subtitle, w("Add candidate"), 384)

    def rows(ids: Sequence[str]) -> dict[str, tuple[object, ...]]:
        return {one: PEOPLE[int(one) % len(PEOPLE)] for one in ids}

    columns = [
        Column("name", w("Name"), width=0), Column("school", w("School"), width=160),
        Column("year", w("Year"), width=56), Column("stage", w("Stage"), "chip", width=136),
        Column("contact", w("Last contact"), "warn", width=100),
    ]  # fmt: skip
    table = Table(PagedTable(columns, rows, room), "Candidates")
    table.show_ids([str(number) for number in range(384)])
    table.choose("9")
    left = Panel(margins=(0, 0), gap=0)
    strip = QHBoxLayout()
    strip.setContentsMargins(16, 6, 16, 6)
    filters = FilterBar(w("+ Filter"))
    filters.set_filters([("year", w("Class year: 1st, 2nd, 3rd")), ("free", w("Free in December"))])
    strip.addWidget(filters, 1)
    strip.addWidget(label("384 → 96", "muted"))
    left.add(strip)
    left.add(Line())
    left.add(table, 1)
    left.body.addSpacing(8)
    room.row.addWidget(left, 1)
    room.row.addWidget(person(w))
    return room


def person(w: Words) -> QWidget:
    card = Panel()
    card.setFixedWidth(372)
    head = QHBoxLayout()
    head.setSpacing(12)
    head.addWidget(Avatar("Mateo Ruiz"), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(label("Mateo Ruiz", "big"))
    words.addWidget(label(w("Kennedy-King College · 2nd year · graduates May 2029"), "muted", wrap=True))
    head.addLayout(words, 1)
    card.add(head)
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(button(w("Invite to a project"), "", nothing))
    row.addWidget(button(w("Write"), "", nothing))
    row.addWidget(button(w("Report…"), "", nothing))
    row.addStretch(1)
    card.add(row)
    story = Story([
        Moment(w("Next"), [w("Touch due 17 Nov, 5 days late · “after midterms”")]),
        Moment("Jun", [w("Delivered "), Link(w("Supplier survey"), nothing), w(", 20 h, $440 · rated 3.6 of 4")]),
        Moment("Jun", [w("His view of you: clear brief 4, support 4, would work here again")]),
        Moment("Mar", [w("Just missed the summer internship · 2nd of 11")]),
        Moment("Feb", [w("Applied to "), Link(w("Summer internship"), nothing)]),
        Moment("Nov", [w("First contact, campus office list")]),
    ])  # fmt: skip
    free = [(1, 0), (2, 0), (5, 0), (6, 0), (2, 1), (3, 1), (6, 1), (0, 2), (3, 2), (4, 2), (6, 2), (0, 3), (6, 3)]
    page = column(
        story, Heading(w("Available")), Availability(free),
        label(w("Evenings and weekends, 10 hours a week. Not 7 to 14 December."), "note", wrap=True),
    )  # fmt: skip
    none = Empty(w("No skills yet"), w("What he can do, and where you saw it, goes here."), w("Add a skill"), nothing)
    card.add(TabPages([
        (w("Story"), page), (w("Skills"), none), (w("Applications 3"), QWidget()), (w("Files 2"), QWidget()),
    ], "About Mateo Ruiz"), 1)  # fmt: skip
    return card


def project_form(w: Words) -> Form:
    form = Form()
    form.row("title", w("Title"), LineField(120))
    form.row("why", w("Why it matters"), AreaField())
    form.row("deliverables", w("Deliverables"), ListField(
        w("Deliverable"), w("Add a deliverable…"), aside=lambda: DateField(TODAY), aside_name="Due day",
    ))  # fmt: skip
    that = QWidget()
    box = QVBoxLayout(that)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(2)
    for words, role in (("That is", "note"), ("$22.22 an hour", "subject"), ("your floor is $20", "note")):
        box.addWidget(label(w(words), role))
    form.part(w("Work and pay"), [
        ("hours", w("Hours"), NumberField(1, 120)), ("fee", w("Fixed fee"), MoneyField()), that,
    ])  # fmt: skip
    form.part(w("Dates"), [
        ("apply_by", w("Apply by"), DateField(TODAY)), ("kick_off", w("Kick-off"), DateField(TODAY)),
        ("due", w("Due"), DateField(TODAY)),
        ("when", w("Hours"), ChoiceField([("any", w("Any time")), ("set", w("Set hours"))])),
    ])  # fmt: skip
    exam = w("Kick-off falls in the exam week of Kennedy-King College (14 to 18 December).")
    form.wide(Notice(exam, w("Move to 21 December"), nothing))
    form.row("who", w("Who may apply"), ChoiceField([("", w("Any school, any year"))]), hint=w("Widest is fairest."))
    form.row("skills", w("Skills"), ChipsField([("excel", w("Spreadsheets")), ("photo", w("Photography")),
                                                ("write", w("Plain writing"))], w("Another…")))  # fmt: skip
    form.row("questions", w("Questions"), ListField(
        w("Question"), w("Add a question…"), aside=lambda: NumberField(1, 60), aside_name="Minutes", unit=w("min"),
    ))  # fmt: skip
    form.set_values({
        "title": w("Supplier list: clean, complete and ready for January"),
        "why": w("We lose half a day each month to wrong phone numbers and double entries. A clean list pays for itself"
                 " in spring."),
        "deliverables": [(w("One spreadsheet, 240 suppliers, no doubles, every phone and e-mail checked"),
                          date(2026, 12, 21)), (w("A one-page note: what was wrong, how to keep it clean"),
                                                date(2027, 1, 8))],
        "hours": 18, "fee": 40000, "apply_by": date(2026, 12, 4), "kick_off": date(2026, 12, 14),
        "due": date(2027, 1, 8), "skills": ["excel"],
        "questions": [(w("Here are five rows from our list. What would you fix first, and how would you check it?"),
                       15)],
    })  # fmt: skip
    return form


def projects(w: Words) -> Room:
    subtitle = w("from the to-do “Tidy the supplier list before January” · template: Data clean-up")
    room = Room("projects", w("Projects"), subtitle, w("Open for applications"), 12, w("New project"))
    card = Panel(margins=(0, 0))
    scroll = Scroll(margins=(20, 16, 20, 16))
    scroll.body.addWidget(project_form(w))
    scroll.body.addStretch(1)
    card.add(scroll)
    points = [Point(w(words), done=True) for words in ("Outcome is stated", "Deliverables can be counted")]
    points.append(Point(w("18 hours fits 2 deliverables"), True, w("your last 4 data projects took 17 to 24")))
    points += [Point(w(words), done=True) for words in (
        "Pay is above your floor", "Questions take 15 minutes", "Hours are flexible", "Supervisor named",
    )]  # fmt: skip
    points.append(Point(w("Say whether AI tools may be used"), False, action=w("Fix"), run=nothing))
    points.append(Point(w("Name the spreadsheet program you provide"), False, action=w("Fix"), run=nothing))
    truth = Panel(w("A brief that tells the truth"), w("7 of 9"))
    truth.add(Checklist(points))
    room.row.addWidget(card, 1)
    room.row.addWidget(column(truth, width=340))
    return room


def evaluations(w: Words) -> Room:
    subtitle = w("5 applications · scored blind, one question at a time · 2 raters")
    room = Room("evaluations", w("Evaluations"), subtitle, w("Reveal and decide"), 5, w("Menu redesign"))
    card = Panel(margins=(20, 20))
    card.add(label(w("Question 2 of 3"), "note"))
    asked = w("A regular tells you the menu is hard to read. Sketch what you would change first, and why.")
    card.add(label(asked, "big", wrap=True))
    said = QFrame()
    set_role(said, "sunken")
    box = QVBoxLayout(said)
    box.setContentsMargins(16, 14, 16, 14)
    box.addWidget(label(w("Candidate K7"), "heading"))
    box.addWidget(label(w(
        "I would start with the prices. They sit in a column on the right, so people read the prices first and the dish"
        " second. I would set each price right after its dish in the same size."), wrap=True))  # fmt: skip
    card.add(said)
    first = LevelPicker([w("States a view, gives no reason"), w("Gives a reason, hard to follow"),
                         w("Clear reason, in an order a reader can follow"),
                         w("Clear, and foresees the reader’s question")],
                        w("Communication"), w("how clearly the idea is put"))  # fmt: skip
    first.set_value(3)
    second = LevelPicker([w("Taste alone"), w("One observation"), w("Observation and a consequence"),
                          w("Also says how to test it")], w("Critical thinking"),
                         w("what the change rests on"))  # fmt: skip
    second.set_value(4)
    card.add(first)
    card.add(second)
    evidence = LineField(500, w("Evidence: what in the answer made you choose this level"))
    evidence.setAccessibleName("Evidence")
    card.add(evidence)
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(button(w("Back"), "", nothing))
    row.addWidget(button(w("Save, next candidate"), "primary", nothing))
    row.addStretch(1)
    row.addWidget(label(w("K7 is 3 of 5, in random order"), "muted"))
    card.add(row)
    card.body.addStretch(1)
    drop = Panel(w("Their side"))
    drop.add(label(w("Students answer a PDF form; drop the returned file here."), "muted", wrap=True))
    target = QFrame()
    set_role(target, "drop")
    inside = QVBoxLayout(target)
    inside.setContentsMargins(12, 18, 12, 18)
    centre: QLabel = label(w("Drop returned forms"), "muted")
    centre.setAlignment(Qt.AlignmentFlag.AlignCenter)
    inside.addWidget(centre)
    drop.add(target)
    room.row.addWidget(column(card), 1)
    room.row.addWidget(column(drop, Availability([(0, 1), (5, 3)], editable=True), width=360))
    return room
