"""Why nobody can be placed: what a board says instead of empty lists, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from banzi.kernel.messages import Message, MessageKind, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.law import load_law
from banzi.rules import Verdict
from banzi.staffing.left_out import BY_PLAN, counted
from banzi.web.board.desk import Desk
from banzi.web.shared.languages import current_language

NO_PERSONS = MessageKind("board/no-persons", _("生成项目时，{day}的资料中没有可以核对的人员或职位"))
ALL_OUT = MessageKind("board/all-left-out", _("逐人逐职位核对，全部没有列入：{reasons}"))
NOT_KEPT = MessageKind("board/reasons-not-kept", _("本项目没有保存原因；重新生成项目后可以看到"))
RULE = MessageKind("board/rule-left-out", _("{verdict}｜{title}（{clause}）：{pairs}对"))
_RULES_SHOWN = 5

_IMPORT = _(
    "先导入人员资料：公务员系统数据包、国家公务员系统导入模板工作簿，或者填写完整的任免审批表；然后新建项目"
)
_COMPLETE = _(
    "多为材料不足：请导入公务员系统数据包或国家公务员系统导入模板工作簿，补齐职务层次、任职起止、学历、考核等"
    "信息；然后新建项目"
)
_SETTINGS = _("多为本方案的选配设置所限：请放宽人选来源、层次范围或考虑条件；然后新建项目")
_CORRECT = _("请按上面的条款核对有关人员的信息，有误的更正，可以破格的登记批准；然后新建项目")
_AGAIN = _("请用现在的资料新建项目")


@dataclass(frozen=True, slots=True)
class Emptiness:
    """`reasons` why no pair of person and post is a candidate; `rules` that leave most out.

    `next_step` is a marked text; `imports`: whether it asks for files.
    """

    reasons: tuple[Message, ...]
    rules: tuple[Message, ...]
    next_step: str
    imports: bool


def emptiness(desk: Desk) -> Emptiness | None:
    """None where anybody can be placed anywhere."""
    if desk.rows.arcs:
        return None
    totals = desk.left_out.totals
    if not totals:
        if len(desk.problem.persons) and desk.rows.posts:
            return Emptiness((NOT_KEPT(),), (), _AGAIN, imports=False)
        reason = NO_PERSONS(day=desk.problem.as_of)
        return Emptiness((reason,), (), _IMPORT, imports=True)
    language = current_language()
    said = {verdict.value: verdict.zh for verdict in Verdict}
    rules = tuple(
        RULE(
            verdict=translate(said.get(each.verdict, each.verdict), language),
            title=translate(each.title, language),
            clause=load_law().cited(each.clause, language),
            pairs=each.pairs,
        )
        for each in desk.left_out.rules[:_RULES_SHOWN]
    )
    unknown, by_plan = totals.get("unknown", 0), sum(totals.get(each, 0) for each in BY_PLAN)
    most = max(unknown, by_plan, totals.get("fail", 0))
    step = _COMPLETE if most == unknown else _SETTINGS if most == by_plan else _CORRECT
    reasons = (ALL_OUT(reasons=counted(totals)),)
    return Emptiness(reasons, rules, step, imports=step == _COMPLETE)
