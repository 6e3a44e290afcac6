"""Why this person, why not that one: the engine's answer as lines to read."""

from __future__ import annotations

from banzi.kernel.messages import Message
from banzi.staffing.answers.case import Case
from banzi.staffing.answers.changes import changes
from banzi.staffing.answers.standing import Standing
from banzi.staffing.answers.telling import (
    PROOF,
    REASONS,
    REVIEW,
    STEPS,
    WAYS,
    numbered,
    person_changes,
    reason_told,
    target_shifts,
)
from banzi.staffing.answers.tier_words import tier_changes
from banzi.staffing.answers.whying import why as ask
from banzi.staffing.plan import Plan, TierResult
from banzi.staffing.system.rows import EMPTY
from banzi.web.accounts.rights import Rights
from banzi.web.board.cards import name_of, people
from banzi.web.board.desk import Desk, placed_in
from banzi.web.board.models import Draft
from banzi.web.board.seeing import UNTOLD, seen_of
from banzi.web.board.verdicts import verdict_lines

SECONDS = 8.0
"""After so long the answer says what it knows; a question over a few teams takes less than one."""


def case_of(draft: Draft, desk: Desk) -> Case:
    """A draft as a case: its plan has no proof but what the engine finds on asking."""
    placed = placed_in(draft)
    standing = desk.standing(placed)
    plan = Plan(
        status="feasible",
        tiers=tuple(
            TierResult(tier.name, value, None)
            for tier, value in zip(desk.problem.tiers, standing.tiers, strict=True)
        ),
        seconds=0.0,
        first_plan_seconds=None,
        assignments=tuple((post.post_id, placed.get(post.post_id)) for post in desk.problem.posts),
        trace=(),
        settings={},
        versions={},
        problem_sha256=desk.problem.sha256,
    )
    return Case(desk.problem, plan, standing, desk.names)


def reasons(
    draft: Draft, desk: Desk, post_id: str, person_id: str, rights: Rights
) -> list[Message | str]:
    """Lines to read; names out of the viewer's reach are hidden. What the engine answers rests on
    everybody placed, so it is told to who sees them all."""
    if person_id not in desk.person_of:
        said = {"person": name_of(desk, person_id, rights), "post": desk.title_of(post_id)}
        return [REASONS["not-candidate"](**said), *verdict_lines(desk, person_id, post_id)]
    case = case_of(draft, desk)
    if not seen_of(rights, placed_in(draft).values()).is_whole:
        review = desk.reviews.get((post_id, person_id), "")
        return [UNTOLD(), *([REVIEW(text=review)] if review else [])]
    reason = ask(case, desk.post_of[post_id], desk.person_of[person_id], desk.folder, SECONDS)
    lines: list[Message | str] = [*reason_told(case, reason)]
    if reason.kind == "not-candidate":
        return [*lines, *verdict_lines(desk, person_id, post_id)]
    if reason.ways:
        lines += [WAYS(), *numbered([way.text for way in reason.ways])]
    if reason.answer is not None and reason.answer.standing is not None:
        lines += [STEPS[reason.answer.step](), PROOF[reason.answer.status]()]
        after = reason.answer.standing
        lines += change_lines(case, desk, case.standing, after, rights)
        lines += target_shifts(case, case.standing, after)
    if reason.review:
        lines.append(REVIEW(text=reason.review))
    return lines


def change_lines(
    case: Case, desk: Desk, before: Standing, after: Standing, rights: Rights
) -> list[Message]:
    """Tiers that change, where they may be told, then every person concerned."""
    identities = case.problem.persons
    known = people(rights, [identities[each.person] for each in changes(before, after)])
    placed = (identities[each.person(post)]
              for each in (before, after) for post in range(desk.rows.posts)
              if each.person(post) != EMPTY)  # fmt: skip
    is_told = seen_of(rights, placed).is_whole

    return [
        *(
            (change.text for change in tier_changes(desk.counting, before, after))
            if is_told
            else [UNTOLD()]
        ),
        *person_changes(case, before, after, lambda person: known.name(desk, identities[person])),
    ]
