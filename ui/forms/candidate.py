"""The form of a candidate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer
from shiboken6 import isValid

from core.errors import UserError
from core.text import in_digits
from core.work import gather
from core.work.candidates import CandidateDraft, candidate_draft
from core.work.custom_fields import fields
from core.work.duplicates import Likeness, Sharing, likely, sharing
from core.work.schools import proposed_school
from ui.context import Context
from ui.forms.base import NotYet, NounForm
from ui.forms.candidate_fields import collected, lay, shown
from ui.widgets.fields import Unreadable
from ui.widgets.form_row import entry
from ui.widgets.notice import Notice
from ui.widgets.text import appear, label

LOOK_AFTER_MS = 250
COMPARE_AFTER_MS = 600
_TELL = frozenset({"first_name", "last_name", "emails", "phone", "school_name"})


class CandidateForm(NounForm):
    """New without `row_id`. A likely duplicate is told of before it is saved, once.

    The school is proposed from the e-mail's domain, and made when the candidate is saved. `focus`: the row to begin at.
    """

    def __init__(self, context: Context, row_id: str | None = None, focus: str = "", **_: object) -> None:
        super().__init__(context, "Candidate" if row_id else "New candidate", "candidates", row_id)
        store, today = context.store, context.today()
        self._looked_at: CandidateDraft | None = None
        self._draft = candidate_draft(store, row_id, today=today) if row_id else CandidateDraft()
        self._own, self._proposed = fields(store, "candidates"), ""
        self._from, self._notice, self.alike = label("", "note", wrap=True), Notice(), Notice()
        lay(self.form, store, self._draft, self._own, [self._from, self._notice, self.alike], today)
        self._say("", None)
        self._look = QTimer(self, singleShot=True, interval=LOOK_AFTER_MS)
        self._look.timeout.connect(self.propose)
        self._compare = QTimer(self, singleShot=True, interval=COMPARE_AFTER_MS)
        self._compare.timeout.connect(self.compare)
        self._compared = 0
        self.form.changed.connect(self._typed)
        self.begin(shown(self.form, self._draft, self._own, today))
        if focus:
            # The sheet that is about to show the form puts the keyboard on its first field.
            QTimer.singleShot(0, self, lambda: entry(self.form.rows[focus].field).setFocus())

    def save(self, values: dict[str, Any], reason: str) -> str:
        store, today = self.context.store, self.context.today()
        draft = collected(self._draft, values, self._own, today)
        # Who saves again has said that these are other people.
        others = sharing(store, draft, self.row_id)
        if draft != self._looked_at and others:
            self._looked_at = draft
            raise self._shared(others[0])
        if draft != self._looked_at:
            alike = gather.duplicates_of(store, draft, own_id=self.row_id)
            if alike:
                self._looked_at = draft
                other, why = alike[0]
                raise NotYet(
                    f"This may be someone you have already: {why}. Save again if it is another person.",
                    "Look at them",
                    lambda: self.context.show("candidates", other),
                )
        if self.row_id:
            return gather.change_candidate(store, self.row_id, draft, today=today, apart_from=_ids(others))
        return gather.add_candidate(store, draft, today=today, apart_from=_ids(others))

    def _shared(self, other: Sharing) -> NotYet:
        words = f"{other.address} is the address of {other.name}. "
        if self.row_id:
            mine = self.row_id
            return NotYet(
                f"{words}If they are one person, compare and merge them; save again if they are two who share it.",
                "Compare and merge",
                lambda: self.context.open_form("merge", keep_id=other.candidate_id, other_id=mine),
            )
        return NotYet(
            f"{words}If it is the same person, add what is new to them; save again if they are two who share it.",
            "Look at them",
            lambda: self.context.show("candidates", other.candidate_id),
        )

    # --- who this may be already --------------------------------------------------------------------------------------

    def compare(self) -> None:
        """Looks beside the window who else this may be, so that typing never waits for it."""
        store, today = self.context.store, self.context.today()
        try:
            draft = collected(self._draft, self.form.values(), self._own, today)
        except (Unreadable, UserError):
            return
        self._compared += 1
        asked = self._compared
        self.context.tasks.run(
            lambda _progress: likely(store, draft, self.row_id),
            done=lambda found: self._say_alike(found, asked),
            words="Looking who this may be",
        )

    def _say_alike(self, found: list[Likeness], asked: int) -> None:
        # The form may be closed, or more was typed, by the time that the answer comes.
        if asked != self._compared or not isValid(self):
            return
        if not found:
            self.alike.say("")
            return
        one = found[0]
        more = f" So may {in_digits(len(found) - 1)} more." if len(found) > 1 else ""
        words = f"This may be {one.name}, who {one.why}.{more}"
        self.alike.say(words, "Look at them", lambda: self.context.show("candidates", one.candidate_id))

    # --- the school behind the e-mail's domain ------------------------------------------------------------------------

    def _typed(self, key: str) -> None:
        if key in _TELL:
            self._compare.start()
        if key == "emails":
            self._look.start()
        elif key == "school_name":
            self._proposed = ""
            self._say("", None)

    def propose(self) -> None:
        """Fills the school only where nobody has typed one; what was proposed may be typed over."""
        school = self.form.rows["school_name"].field
        said = school.value()  # type: ignore[attr-defined]
        if said and said != self._proposed:
            return
        found = proposed_school(self.context.store, self.form.rows["emails"].field.value())  # type: ignore[attr-defined]
        self._proposed = found.name if found is not None else ""
        school.set_value(self._proposed)  # type: ignore[attr-defined]
        self._say("", None)
        if found is not None and not found.domain:
            self._say("One of your schools, by the e-mail’s domain.", None)
        elif found is not None:
            words = f"By the e-mail’s domain, {found.domain}. Saving adds it to your schools."
            self._say(words, found.others[0] if found.others else None)

    def _say(self, words: str, other: str | None) -> None:
        """Where the school comes from, and another one that has the same domain."""
        self._from.setText(words)
        appear(self._from, bool(words))
        if other is None:
            self._notice.say("")
        else:
            self._notice.say(f"The same domain is that of {other}.", "Take that one", self._take(other))

    def _take(self, name: str) -> Any:
        def take() -> None:
            self._proposed = name
            self.form.rows["school_name"].field.set_value(name)  # type: ignore[attr-defined]
            self._say("Saving adds it to your schools.", None)

        return take


def _ids(others: Sequence[Sharing]) -> list[str]:
    return [one.candidate_id for one in others]
