"""A rater's pack that came back: a colleague's scores, taken in as if they had been given at this desk."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from core.errors import UserError
from core.insight.asked import codes
from core.insight.scoring import scoring_queue
from core.jobs.packs import EVIDENCE, LEVEL, VOTE, YES
from core.jobs.returned_said import About, Case, Said, Taken, listed, shown
from core.text import plural
from core.work import evaluate
from core.work.evaluate import Mark


def about(case: Case) -> About:
    """Of others' scores nobody reads more than how many there are: they open like all scores do.

    One that was printed has to be looked at, so it waits for whoever looks to have scored the same.
    """
    scored = _marks(case)
    if case.printed and (closed := scored.keys() - _open(case)):
        raise UserError(
            f"It was printed, so somebody has to look at it; but what a colleague gave {listed(sorted(closed))} stays "
            "closed until your own scores are in. Hand in yours first, or ask for the form itself."
        )
    lacking = sum(not mark[1] for marks in scored.values() for mark in marks.values())
    notes = [f"Scores for {plural(len(scored), 'applicant')}. They open once your own are in."]
    if lacking:
        notes.append(
            f"{plural(lacking, 'level')} without a word of what shows it: these stay open for them to complete."
        )
    return About(_said(case) if case.printed else (), notes=tuple(notes))


def _said(case: Case) -> tuple[Said, ...]:
    """Each with the code that it is about, which stands above a level on the page."""
    of = {str(one["name"]): str(one["name"]).rpartition("_")[2] for one in case.form.fields}
    lines = [(one, code) for name, code in of.items() for one in shown(case, values={name: case.values.get(name, "")})]
    return tuple(one if code in one.words else replace(one, words=f"{one.words}, {code}") for one, code in lines)


def _open(case: Case) -> set[str]:
    """The codes that whoever sits here has scored, or whose name is revealed."""
    queue = scoring_queue(case.store, case.form.project_id or "", case.store.me or "")
    return {one.code for one in queue.applications if one.submitted or one.name is not None}


def take(case: Case) -> Taken:
    """Complete ones are handed in; what lacks a level or its evidence is kept as begun. The file is not kept."""
    rater, project = case.form.colleague_id or "", case.form.project_id or ""
    ids = codes(case.store, project)
    for code, marks in _marks(case).items():
        if code not in ids:
            raise UserError(f"Candidate {code} is no longer in this project.")
        if any(level is None for level, _ in marks.values()):
            raise UserError(f"Candidate {code} has words without a level. Ask which level is meant.")
        evaluate.score(case.store, ids[code], rater, marks, today=case.today)
        wanted = {str(one["name"]).split("_")[1] for one in case.form.fields
                  if str(one["name"]).startswith(f"{LEVEL}_") and str(one["name"]).endswith(f"_{code}")}  # fmt: skip
        if wanted == {key for key, (level, evidence) in marks.items() if level is not None and evidence}:
            vote = case.values.get(f"{VOTE}_{code}", "")
            evaluate.submit(case.store, ids[code], rater, today=case.today, recommend=vote == YES if vote else None)
    return Taken()


def _marks(case: Case) -> dict[str, dict[str, Mark]]:
    """By code and criterion what was chosen and written; words without a level are left to `take`, which asks."""
    found: dict[str, dict[str, Mark]] = defaultdict(dict)
    for one in case.form.fields:
        kind, _, rest = str(one["name"]).partition("_")
        criterion, _, code = rest.rpartition("_")
        if kind != LEVEL:
            continue
        level = case.values.get(str(one["name"]), "")
        evidence = case.values.get(f"{EVIDENCE}_{criterion}_{code}", "")
        if level or evidence:
            found[code][criterion] = (int(level) if level else None, evidence)
    return found
