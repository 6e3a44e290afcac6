"""What stands for each row of the facts sheet: a rule, a parameter, or the reason why neither does.

A row is covered when something in the program cites one of its clauses. A clause that nothing
cites must say why (`not_computed`); one that says so although something cites it would mislead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from banzi.kernel.errors import Location, Problem
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.law import Clause, Law
from banzi.rules.checking import EVERY_RULE

UNCOVERED = MessageKind(
    "law/clause-not-covered",
    _(
        "没有规则或者参数引用本条，也没有说明原因；请编写规则、参数并在cites中引用本条，"
        "或者在本条填写not_computed说明由谁、以何种方式处理"
    ),
)
COVERED_TWICE = MessageKind(
    "law/clause-covered-twice",
    _("本条写明不作计算，却被{by}引用；请删去 not_computed 或者改正引用"),
)


@dataclass(frozen=True)
class Covered:
    """One clause with all that cites it.

    Attributes
    ----------
    row
        Row id of the facts sheet.
    rules, parameters
        Ids of what cites the clause; both empty where `clause.not_computed` says why.
    """

    row: str
    name: str
    clause: Clause
    rules: tuple[str, ...]
    parameters: tuple[str, ...]


def coverage(law: Law) -> tuple[Covered, ...]:
    """Every clause, in the order of the law files."""
    rules: dict[str, list[str]] = {}
    for rule in EVERY_RULE:
        for clause in rule.cites:
            rules.setdefault(clause, []).append(rule.id)
    parameters: dict[str, list[str]] = {}
    for name, parameter in law.parameters.items():
        parameters.setdefault(parameter.cites, []).append(name)
    return tuple(
        Covered(
            row=document.row_of(name),
            name=name,
            clause=clause,
            rules=tuple(rules.get(name, ())),
            parameters=tuple(parameters.get(name, ())),
        )
        for document in law.documents.values()
        for name, clause in document.clauses.items()
    )


def coverage_problems(law: Law) -> Iterator[Problem]:
    """Clauses with neither citation nor reason, and clauses with both."""
    for each in coverage(law):
        cited = each.rules + each.parameters
        at = Location(each.name, column="not_computed")
        if not cited and each.clause.not_computed is None:
            yield Problem(UNCOVERED(), at)
        elif cited and each.clause.not_computed is not None:
            yield Problem(COVERED_TWICE(by="、".join(cited)), at)
