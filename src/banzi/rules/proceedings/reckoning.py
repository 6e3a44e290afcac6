"""One rule about a proceeding, put to one set of figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import Language, MessageKind, render
from banzi.kernel.messages import gettext_noop as _
from banzi.law import Grade, Law, NotInForce, ValueInForce
from banzi.rules.proceedings.declaring import Answer, Ask, Given, Proceeding
from banzi.rules.runtime.declaring import Context
from banzi.rules.runtime.verdicts import Verdict

NOT_ASKED = MessageKind("rules/figure-not-asked", _("“{rule}”不使用“{name}”；可以填写：{asked}"))
WRONG_FIGURE = MessageKind(
    "rules/figure-wrong-kind", _("“{name}”应为{expected}，现为“{value}”；请改正")
)

_EXPECTED = {
    "count": _("不小于零的整数"),
    "date": _("日期"),
    "flag": _("是或否"),
    "choice": _("所列选项之一"),
    "names": _("名单"),
    "counts": _("各项的整数"),
    "table": _("表格"),
}


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The answer of one rule.

    `missing` names figures that are not known, empty unless the verdict is unknown. `value` is
    what the law gives from the figures (None for rules that only judge).
    """

    rule: Proceeding
    verdict: Verdict
    template: str
    shows: Mapping[str, object]
    missing: tuple[str, ...]
    parameters: tuple[ValueInForce, ...]
    value: Any

    def message(self, language: Language = "zh") -> str:
        return render(self.template, self.shows, language)


def reckon(rule: Proceeding, figures: Mapping[str, Any], as_of: date, law: Law) -> Reckoned | None:
    """Judge figures by one rule; None where the rule is not in force on the day.

    Parameters
    ----------
    figures
        By the names in `rule.asks`; a figure left out or None is not known.

    Raises
    ------
    BanziError
        For a figure the rule does not ask for, or of the wrong kind.
    """
    if not rule.in_force(as_of):
        return None
    given = _checked(rule, figures)
    context = Context(law.at(as_of))
    try:
        answer = rule.answer(context, Given(given))
    except NotInForce as absent:
        answer = Answer(holds=None, otherwise=absent.message.text())
    is_memory = law.clauses[rule.cites[0]].grade is Grade.FROM_MEMORY or any(
        used.grade is Grade.FROM_MEMORY for used in context.used
    )
    verdict = _verdict(answer, breach_fails=rule.is_must and not is_memory)
    template = {
        Verdict.PASS: answer.satisfied,
        Verdict.REVIEW: answer.otherwise if answer.holds is False else answer.doubtful,
        Verdict.FAIL: answer.otherwise,
        Verdict.UNKNOWN: "",
    }[verdict]
    missing = (
        tuple(ask.name for name, ask in rule.asks.items() if _is_open(given[name]))
        if verdict is Verdict.UNKNOWN
        else ()
    )
    return Reckoned(
        rule, verdict, template, answer.shows, missing, tuple(context.used), answer.value
    )


def _verdict(answer: Answer, *, breach_fails: bool) -> Verdict:
    if answer.holds is None:
        return Verdict.UNKNOWN
    if not answer.holds:
        return Verdict.FAIL if breach_fails else Verdict.REVIEW
    return Verdict.REVIEW if answer.doubt else Verdict.PASS


def _checked(rule: Proceeding, figures: Mapping[str, Any]) -> dict[str, Any]:
    if stray := [name for name in figures if name not in rule.asks]:
        raise BanziError(
            NOT_ASKED(
                rule=rule.title, name=stray[0], asked=[ask.name for ask in rule.asks.values()]
            )
        )
    given = {name: figures.get(name) for name in rule.asks}
    for name, ask in rule.asks.items():
        if given[name] is not None and not _fits(ask, given[name]):
            raise BanziError(
                WRONG_FIGURE(name=ask.name, expected=_EXPECTED[ask.kind], value=given[name])
            )
    return given


def _is_open(value: Any) -> bool:
    return value is None or (isinstance(value, dict) and None in value.values())


def _fits(ask: Ask, value: Any) -> bool:
    match ask.kind:
        case "count":
            return _is_count(value)
        case "date":
            return isinstance(value, date)
        case "flag":
            return isinstance(value, bool)
        case "choice":
            return value in ask.choices
        case "names":
            return isinstance(value, list) and all(isinstance(name, str) for name in value)
        case "counts":
            return isinstance(value, dict) and all(
                each is None or _is_count(each) for each in value.values()
            )
        case "table":
            return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
