"""A form that was printed to PDF: what stands in its boxes, and what of it is not sure."""

from __future__ import annotations

from core.exchange.returned import UNREADABLE, Came, may_be_cut, printed_values
from core.exchange.returned_pages import as_made
from core.insight.returned import FormView
from core.jobs.returned_said import cut, listed
from core.work.forms import code_of

PRINTED = "It was printed to PDF, so this is what was read off the page. Look at it beside the file."


def off_the_page(came: Came, form: FormView) -> tuple[dict[str, str], list[str]]:
    """By field what was read, and sentences about what may be lacking. UserError where nothing can be told."""
    made, lacking = as_made(came, form.code, form.pages)
    wrong = []
    if lacking:
        pages = listed([str(page) for page in lacking])
        wrong.append(f"Page {pages} is not in it." if len(lacking) == 1 else f"Pages {pages} are not in it.")
    if any(known != form.code for code in came.codes if (known := code_of(code))):
        wrong.append("It has pages of another form too, which are left out. Ask for each form by itself.")
    short = [cut(str(one["words"])) for one in form.fields if may_be_cut(made, one)]
    if short:
        wrong.append(f"What is written under {listed([f'“{words}”' for words in short])} may be cut off.")
    values = printed_values(made, form.fields)
    dark = [str(one["name"]) for one in form.fields if UNREADABLE in values.get(str(one["name"]), "")]
    if dark:
        words = [f"“{cut(str(one['words']))}”" for one in form.fields if str(one["name"]) in dark]
        wrong.append(f"What is written under {listed(words)} is drawn with other letters than it says; it is left out.")
        values |= dict.fromkeys(dark, "")
    return values, wrong
