"""Why this person, why not that one: the engine's answer as lines to read."""

from __future__ import annotations

from banzi.cli.plan_whatif import (
    BANNED,
    EQUAL,
    HOLDER,
    HOLDER_NEEDED,
    IMPOSSIBLE,
    NO_CANDIDATE,
    PROOF,
    REVIEW,
    STEPS,
    UNDECIDED,
    WAYS,
    WORSE,
)
from banzi.cli.plan_wording import MOVED, NUMBERED, PLACED, RELEASED, TIER_CHANGE, VACANT
from banzi.kernel.messages import Message, translate
from banzi.staffing.answers.case import Case
from banzi.staffing.answers.changes import changes
from banzi.staffing.answers.standing import Standing
from banzi.staffing.answers.whying import Reason
from banzi.staffing.answers.whying import why as ask
from banzi.staffing.plan import Plan, TierResult
from banzi.staffing.system.rows import EMPTY
from banzi.web.accounts.rights import Rights
from banzi.web.board.cards import people
from banzi.web.board.desk import Desk, placed_in
from banzi.web.board.models import Draft
from banzi.web.board.situation import HIDDEN
from banzi.web.board.verdicts import verdict_lines
from banzi.web.board.wording import tier_title
from banzi.web.shared.languages import current_language

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


def reasons(draft: Draft, desk: Desk, post_id: str, person_id: str, rights: Rights) -> list[str]:
    """Lines to read, in the language of the request; names out of the viewer's reach are hidden."""
    case = case_of(draft, desk)
    if person_id not in desk.person_of:
        return verdict_lines(person_id, post_id, draft.project.as_of)
    post, person = desk.post_of[post_id], desk.person_of[person_id]
    reason = ask(case, post, person, desk.folder, SECONDS)
    if reason.kind == "not-candidate":
        return [
            _text(NO_CANDIDATE(person=case.person_name(person), post=case.post_name(post))),
            *verdict_lines(person_id, post_id, draft.project.as_of),
        ]
    return _told(case, desk, reason, rights)


def _told(case: Case, desk: Desk, reason: Reason, rights: Rights) -> list[str]:
    said = {"person": case.person_name(reason.person), "post": case.post_name(reason.post)}
    after = reason.answer.standing if reason.answer else None
    lines = []
    if reason.kind == "holder":
        lines.append(_text(HOLDER_NEEDED(**said) if after is None else HOLDER(**said)))
    elif reason.kind == "impossible":
        lines.append(_text(IMPOSSIBLE(**said, count=len(reason.members))))
        lines += [
            _text(NUMBERED(number=number, text=member.text))
            for number, member in enumerate(reason.members, start=1)
        ]
        if reason.ways:
            lines.append(_text(WAYS()))
            lines += [
                _text(NUMBERED(number=number, text=way.text))
                for number, way in enumerate(reason.ways, start=1)
            ]
    else:
        kinds = {"banned": BANNED, "undecided": UNDECIDED, "worse": WORSE, "equal": EQUAL}
        lines.append(_text(kinds[reason.kind](**said)))
    if reason.answer is not None and after is not None:
        lines.append(translate(STEPS[reason.answer.step], current_language()))
        lines.append(translate(PROOF[reason.answer.status], current_language()))
        lines += change_lines(case, desk, case.standing, after, rights)
    if reason.review:
        lines.append(_text(REVIEW(text=reason.review)))
    return lines


def change_lines(
    case: Case, desk: Desk, before: Standing, after: Standing, rights: Rights
) -> list[str]:
    """Tiers that change, then every person concerned."""
    lines = [
        _text(
            TIER_CHANGE(tier=tier_title(tier.name), before=old, after=new, change=f"{new - old:+d}")
        )
        for tier, old, new in zip(case.problem.tiers, before.tiers, after.tiers, strict=True)
        if old != new
    ]
    moved = changes(before, after)
    seen = people(rights, [case.problem.persons[each.person] for each in moved])
    for change in moved:
        identity = case.problem.persons[change.person]
        person = desk.names.person(identity) if identity in seen.lines else HIDDEN
        old_post = "" if change.before == EMPTY else case.post_name(change.before)
        new_post = "" if change.after == EMPTY else case.post_name(change.after)
        if change.kind == "placed":
            lines.append(_text(PLACED(person=person, after=new_post)))
        elif change.kind == "released":
            lines.append(_text(RELEASED(person=person, before=old_post)))
        else:
            lines.append(_text(MOVED(person=person, before=old_post, after=new_post)))
    vacant = [post for post in before.changed(after) if after.plan[post] == EMPTY]
    if vacant:
        lines.append(_text(VACANT(posts=[case.post_name(post) for post in vacant])))
    return lines


def _text(message: Message) -> str:
    return message.text(current_language())
