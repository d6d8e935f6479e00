"""What a campus office gets: only students with a live consent, and a record of all that left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout

from core import text
from core.errors import SystemFault, UserError
from core.insight.office import SchoolRow, schools
from core.insight.records import listing
from ui.context import Context
from ui.places.base import PlaceBase
from ui.widgets.empty import Empty
from ui.widgets.panel import Heading, Scroll
from ui.widgets.rows import Row, Rows
from ui.widgets.text import label

_MOST = 60


class Sharing(PlaceBase):
    key, title, icon = "sharing", "Sharing", "share"
    nouns = frozenset({"consents", "disclosures", "schools", "engagements", "enrolments"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._scroll = Scroll(gap=12)
        box.addWidget(self._scroll)

    def ask(self) -> None:
        self._scroll.clear()
        body, today = self._scroll.body, self.context.today()
        at = [one for one in schools(self.context.store, today=today) if one.candidates or one.engagements]
        body.addWidget(Heading("Campus offices", "a file with the students who have a live consent, and nobody else"))
        if at:
            body.addWidget(Rows([self._school(one) for one in at], subjects=300, actions=120))
        else:
            body.addWidget(
                Empty(
                    "No school yet",
                    "Once a student has worked with you and signed a consent, their campus can have a file.",
                )
            )
        body.addWidget(Heading("What left", "letters, reports and files; this record cannot be undone"))
        left = listing(self.context.store, "disclosures", all_columns=True).rows[::-1][:_MOST]
        if left:
            body.addWidget(Rows([_left(values) for _, values in left], subjects=300))
        else:
            body.addWidget(label("Nothing has left this computer through Foothold.", "muted"))
        body.addStretch(1)

    def _school(self, one: SchoolRow) -> Row:
        detail = f"{text.plural(one.engagements, 'engagement')} · {text.plural(one.consents, 'live consent')}"
        if not one.consents:
            return Row(one.name, detail, "no consent", "neutral")
        return Row(one.name, detail, "", "green", "Share…", self._sharer(one.id, one.name))

    def _sharer(self, school_id: str, name: str) -> Callable[[], None]:
        def share() -> None:
            folder = self.context.ask_folder(f"Where shall the file for {name} lie?")
            if folder is not None:
                self.share_to(school_id, folder)

        return share

    def share_to(self, school_id: str, folder: Path) -> None:
        from core.jobs import sharing

        def done(report: sharing.Shared) -> None:
            people = text.plural(report.people, "student")
            self.context.say(f"{people} shared: {', '.join(file.name for file in report.files)}")

        def failed(error: Exception) -> None:
            if not isinstance(error, UserError | SystemFault):
                raise error
            self.context.say(str(error))

        self.context.tasks.run(
            lambda _progress: sharing.share(
                self.context.store, school_id, folder, today=self.context.today(), overwrite=True
            ),
            done=done,
            failed=failed,
            words="Writing the campus file",
        )

    def subtitle(self) -> str:
        return "Nothing leaves but by your act, and each time is on record"


def _left(values: object) -> Row:
    at, what, to_whom, name = (values[key] for key in ("at", "what", "to_whom", "file_name"))  # type: ignore[index]
    when = f"{at.astimezone():%d %b %Y, %H:%M}"
    return Row(str(what), " · ".join(str(part) for part in (to_whom, name) if part), when)
