"""Whether the rules and the law files fit: every citation stored, and in force when the rule is."""

from __future__ import annotations

from collections.abc import Iterator

from banzi.kernel.errors import Location, Problem
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.law import Law
from banzi.rules.catalogue import ALL_RULES
from banzi.rules.proceedings.catalogue import PROCEEDINGS
from banzi.rules.proceedings.declaring import Proceeding
from banzi.rules.runtime import Rule

CITES_UNKNOWN = MessageKind(
    "rules/cites-unknown", _("引用的条款“{clause}”没有收录；请先在 law/clauses 中补录，或改正引用")
)
CITES_LATER = MessageKind(
    "rules/cites-later",
    _("规则自{since}起适用，所依据条款“{clause}”自{in_force}起施行；请核对两处日期"),
)

EVERY_RULE: tuple[Rule | Proceeding, ...] = (*ALL_RULES, *PROCEEDINGS)
"""About persons, teams, ranks and proceedings: whatever cites the law."""


def rule_problems(law: Law) -> Iterator[Problem]:
    """Citations that lead nowhere; the first citation must be in force from the rule's `since`."""
    for rule in EVERY_RULE:
        at = Location(rule.id, column="cites")
        for clause in rule.cites:
            if clause not in law.clauses:
                yield Problem(CITES_UNKNOWN(clause=clause), at)
        first = law.clauses.get(rule.cites[0])
        if first is not None and first.in_force_from > rule.since:
            message = CITES_LATER(
                since=rule.since, clause=rule.cites[0], in_force=first.in_force_from
            )
            yield Problem(message, at)
