"""Answers in words: changes person by person, why this one and not that one.

Terminal and pages show the same messages (of tiers: `tier_words`); who may not be named is for the
caller to say (`called`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.staffing.answers.case import Case
from banzi.staffing.answers.changes import Shift, changes, shifts
from banzi.staffing.answers.standing import Standing
from banzi.staffing.answers.target_words import gap_said
from banzi.staffing.answers.whying import Reason
from banzi.staffing.conflicts import basis_of
from banzi.staffing.system.rows import EMPTY

PLACED = MessageKind("plan/change-placed", _("{person}：拟任{after}"))
RELEASED = MessageKind("plan/change-released", _("{person}：不再安排（原拟任{before}）"))
MOVED = MessageKind("plan/change-moved", _("{person}：由{before}改为{after}"))
VACANT = MessageKind("plan/change-vacant", _("空缺：{posts}"))
TARGET_SHIFT = MessageKind(
    "plan/target-shift", _("目标“{target}”：由{before}变为{after}（{basis}）")
)
NUMBERED = MessageKind("plan/clash-member", _("{number}. {text}"))

STEPS = {
    "instant": MessageKind("plan/step-instant", _("第一步（即时估算）：只动有关的一两个人")),
    "block": MessageKind("plan/step-block", _("第二步（有关班子内精确求解，其余职位不动）")),
    "all": MessageKind("plan/step-all", _("全部职位精确求解")),
    "whole": MessageKind("plan/step-whole", _("第三步（全部重新求解）")),
}
PROOF = {
    "optimal": MessageKind("plan/proof-optimal", _("已证明：在此范围内没有更好的安排")),
    "feasible": MessageKind("plan/proof-feasible", _("可行，未证明最好")),
    "infeasible": MessageKind("plan/proof-infeasible", _("已证明：在此范围内没有可行的安排")),
    "unknown": MessageKind("plan/proof-unknown", _("未得到可行的安排")),
}

HOLDER = MessageKind("plan/why-holder", _("{person}拟任{post}。不用此人时，最好的安排是："))
HOLDER_NEEDED = MessageKind(
    "plan/why-holder-needed", _("{person}拟任{post}。不用此人就没有可行的安排")
)
IMPOSSIBLE = MessageKind(
    "plan/why-impossible", _("{person}任{post}，则以下{count}项要求不能同时成立（已逐项核实）：")
)
REASONS = {
    "not-candidate": MessageKind("plan/why-no-candidate", _("{person}不是职位{post}的可选人员")),
    "banned": MessageKind("plan/why-banned", _("选配设置中排除了{person}任{post}")),
    "worse": MessageKind("plan/why-worse", _("{person}可以任{post}，但相应调整后总体会变差：")),
    "equal": MessageKind(
        "plan/why-equal", _("{person}任{post}同样好，方案按固定次序取了另一种安排；改用时：")
    ),
    "undecided": MessageKind(
        "plan/why-undecided",
        _("{person}任{post}：其余职位不动时没有可行的安排；全部重新求解后才能确定"),
    ),
}
WAYS = MessageKind("plan/why-ways", _("要使之可行，可以考虑（任一条即可）："))
REVIEW = MessageKind("plan/why-review", _("须由人研究决定的事项：{text}"))


def signed(number: int) -> str:
    return f"{number:+d}" if number else "0"


def person_changes(
    case: Case, before: Standing, after: Standing, called: Callable[[int], str]
) -> list[Message]:
    """Every person whose post differs, then the posts left empty.

    Parameters
    ----------
    called
        What a person is called, by place.
    """
    told = []
    for change in changes(before, after):
        person = called(change.person)
        old = "" if change.before == EMPTY else case.post_name(change.before)
        new = "" if change.after == EMPTY else case.post_name(change.after)
        if change.kind == "placed":
            told.append(PLACED(person=person, after=new))
        elif change.kind == "released":
            told.append(RELEASED(person=person, before=old))
        else:
            told.append(MOVED(person=person, before=old, after=new))
    vacant = [post for post in before.changed(after) if after.plan[post] == EMPTY]
    if vacant:
        told.append(VACANT(posts=[case.post_name(post) for post in vacant]))
    return told


def target_shifts(case: Case, before: Standing, after: Standing) -> list[Message]:
    """Targets that two plans meet differently, by what each lacks."""
    return [
        TARGET_SHIFT(
            target=case.titles[shift.target.target_id],
            before=_gap(shift, shift.before, before),
            after=_gap(shift, shift.after, after),
            basis=basis_of(shift.target),
        )
        for shift in shifts(case, before, after)
    ]


def _gap(shift: Shift, missing: int, standing: Standing) -> Message:
    members = int((standing.plan[sorted(shift.target.posts)] != EMPTY).sum())
    return gap_said(shift.target, missing, members)


def reason_told(case: Case, reason: Reason) -> list[Message]:
    """What a reason says first: the answer itself, and what clashes when there is none."""
    said = {"person": case.person_name(reason.person), "post": case.post_name(reason.post)}
    if reason.kind == "holder":
        without = reason.answer.standing if reason.answer else None
        return [HOLDER_NEEDED(**said) if without is None else HOLDER(**said)]
    if reason.kind == "impossible":
        return [
            IMPOSSIBLE(**said, count=len(reason.members)),
            *numbered([member.text for member in reason.members]),
        ]
    return [REASONS[reason.kind](**said)]


def numbered(texts: Sequence[Message]) -> list[Message]:
    """Texts as a list that is counted from 1."""
    return [NUMBERED(number=number, text=text) for number, text in enumerate(texts, start=1)]
