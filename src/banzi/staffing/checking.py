"""The referee's differences in the words of an office.

The referee itself (`referee`) speaks in codes, so that it need not import anything of Banzi.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from banzi.kernel.errors import BadInput, Location
from banzi.kernel.errors import Problem as Finding
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.staffing import referee
from banzi.staffing.plan import NO_PLAN_FILE
from banzi.staffing.reading import read_problem

_NOTHING = MessageKind("referee/nothing", _("（无）"))

DIFFERENCES = {
    "hash": MessageKind(
        "referee/hash", _("方案不是按这份问题求得的：方案记为{said}，这份问题为{is}")
    ),
    "tier-names": MessageKind(
        "referee/tier-names", _("各目标层级的名称不符：方案为{said}，问题为{is}")
    ),
    "post-unknown": MessageKind("referee/post-unknown", _("方案中的职位{post}不在问题之内")),
    "post-twice": MessageKind("referee/post-twice", _("职位{post}在方案中列了不止一次")),
    "post-missing": MessageKind("referee/post-missing", _("方案漏列职位{post}")),
    "not-candidate": MessageKind(
        "referee/not-candidate", _("职位{post}安排了{person}，但此人不是该职位的可选人员")
    ),
    "person-twice": MessageKind(
        "referee/person-twice", _("{person}同时安排在职位{post}和职位{other}")
    ),
    "pin": MessageKind("referee/pin", _("指定未落实：职位{post}应由{person}担任")),
    "ban": MessageKind("referee/ban", _("排除未落实：职位{post}用了被排除的{person}")),
    "exclusion": MessageKind("referee/exclusion", _("违反回避：{a}在职位{post}，{b}在职位{other}")),
    "target": MessageKind(
        "referee/target", _("必须达到的目标{target}未达到，差{missing}（按核算式计）")
    ),
    "tier-value": MessageKind(
        "referee/tier-value", _("“{tier}”的值不符：方案记为{said}，重算为{is}")
    ),
    "bound-below": MessageKind(
        "referee/bound-below", _("“{tier}”的理论最优上限{bound}劣于已达到的值{value}，上限不成立")
    ),
    "not-proven": MessageKind(
        "referee/not-proven", _("方案称已最优，但“{tier}”的值{value}与理论最优上限{bound}不等")
    ),
    "value": MessageKind("referee/value", _("方案总值不符：记为{said}，重算为{is}")),
    "bound": MessageKind("referee/bound", _("方案的理论最优上限不符：记为{said}，应为{is}")),
    "gap": MessageKind("referee/gap", _("方案差距不符：记为{said}，重算为{is}")),
    "assignments-without-plan": MessageKind(
        "referee/assignments-without-plan", _("状态为{status}，却列有安排")
    ),
    "infeasible-refuted": MessageKind(
        "referee/infeasible-refuted",
        _("方案称无解，但全部职位空缺也不违反任何必须满足的要求，并非无解"),
    ),
}


def check_plan(problem: Path, plan: Path) -> list[Message]:
    """Everything in which a plan differs from what its bundle says; empty when it is right.

    Raises
    ------
    BadInput
        When the bundle has an error or the plan cannot be read at all.
    """
    read_problem(problem)
    try:
        found = referee.check(problem, plan)
    except referee.Unreadable as error:
        raise BadInput([Finding(NO_PLAN_FILE(reason=str(error)), Location(str(plan)))]) from error
    return [DIFFERENCES[code](**_shown(values)) for code, values in found]


def _shown(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _NOTHING() if value is None else value for name, value in values.items()}
