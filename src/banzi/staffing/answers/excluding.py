"""Why somebody is no candidate of a post: the clauses that exclude, else the plan's own limits.

A bundle does not keep what rules said of each pair; it is asked of the records, where those are at
hand. Terminal and pages show the same lines.
"""

from __future__ import annotations

from collections.abc import Sequence

from banzi.kernel.messages import Language, Message, MessageKind, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.law import Law
from banzi.rules import RANKED, RuleResult, Verdict

EXCLUDED = MessageKind("plan/excluded-by", _("{verdict}｜{title}（{clause}）：{text}"))
LACKING = MessageKind("plan/excluded-lacking", _("{verdict}｜{title}（{clause}）：缺少{facts}"))
BARE = MessageKind("plan/excluded-bare", _("{verdict}｜{title}（{clause}）"))
BY_PLAN = MessageKind(
    "plan/excluded-by-plan", _("按任职规定没有障碍；没有列入，是因为本方案的选配设置：{reason}")
)
NO_OBSTACLE = MessageKind(
    "plan/no-obstacle",
    _(
        "按任职规定没有障碍；不在可选人员之内，是因为选配设置的人选来源、层次范围，或生成之后资料有改动"
    ),
)


def excluding(results: Sequence[RuleResult]) -> list[RuleResult]:
    """The rules that keep a pair from being a candidate, gravest first."""
    found = [each for each in results if each.verdict in (Verdict.FAIL, Verdict.UNKNOWN)]
    return sorted(found, key=lambda each: -RANKED.index(each.verdict))


def excluded_lines(
    results: Sequence[RuleResult], limit: Message | None, language: Language, law: Law
) -> list[str]:
    """Each rule that excludes, with its clause; where none does, what of the plan.

    Parameters
    ----------
    limit
        What the bundle says of the plan's own limits (`left_out`); None where it says nothing.
    """
    lines = [_line(result, language, law).text(language) for result in excluding(results)]
    if lines:
        return lines
    return [(BY_PLAN(reason=limit) if limit is not None else NO_OBSTACLE()).text(language)]


def _line(result: RuleResult, language: Language, law: Law) -> Message:
    said = {
        "verdict": translate(result.verdict.zh, language),
        "title": translate(result.title, language),
        "clause": law.cited(result.clauses[0][0], language),
    }
    text = result.message(language)
    if result.missing:
        return LACKING(**said, facts=list(result.missing))
    return EXCLUDED(**said, text=text) if text else BARE(**said)
