"""Clauses, parameters and rules of the law as pages show them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from banzi.codes.lookup import name_of
from banzi.kernel.messages import Language, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.law import Clause, Law
from banzi.law.book import NotInForce
from banzi.law.documents import FORCE_NAMES, GRADE_NAMES, Because, Document, Grade, Parameter
from banzi.law.numbers import numbers_of, written
from banzi.rules.checking import EVERY_RULE
from banzi.rules.coverage import Covered, coverage
from banzi.rules.explaining import declared
from banzi.rules.proceedings.declaring import Proceeding
from banzi.rules.runtime import Context, Rule

AnyRule = Rule | Proceeding

BECAUSE = {
    Because.BY_PEOPLE: _("由人判断"),
    Because.CONFIGURABLE: _("由本部门设置"),
    Because.PROCEDURE: _("由程序执行"),
    Because.DESCRIPTIVE: _("仅供参考"),
}
ABOUT = {
    "person": _("本人，不论何职位"),
    "appointment": _("本人和拟任职位"),
    "team": _("班子"),
    "rank": _("本人和拟晋升职级"),
}
FOR_HOLDER = {
    "skipped": _("现任该职的不适用（任职条件）"),
    "softened": _("现任该职的，由组织研究"),
    "applies": _("现任该职的同样适用"),
}
_PROCEEDING = _("会议、选举等程序")


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A clause in the list."""

    name: str
    document: Document
    clause: Clause
    covered: Covered
    text: str

    @property
    def force(self) -> str:
        return FORCE_NAMES[self.clause.force]

    @property
    def grade(self) -> str:
        return GRADE_NAMES[self.clause.grade]

    @property
    def because(self) -> str:
        reason = self.clause.not_computed
        return BECAUSE[reason.because] if reason else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One number of a parameter from a day on."""

    since: date
    label: str
    value: str
    grade: str
    is_in_force: bool


def lines(
    law: Law, language: Language, query: str = "", grade: str = "", document: str = ""
) -> list[ClauseLine]:
    """Clauses in which every word of the query occurs: number, title, content, reading, rules."""
    words = query.split()
    titles = {rule.id: translate(rule.title, language) for rule in EVERY_RULE}
    found = []
    for each in coverage(law):
        code = each.name.partition("/")[0]
        if (document and document != code) or (grade and grade != each.clause.grade.value):
            continue
        home = law.documents[code]
        text = getattr(each.clause.fact, language)
        reading = getattr(each.clause.reading, language) if each.clause.reading else ""
        parameters = [getattr(law.parameters[name].title, language) for name in each.parameters]
        whole = " ".join(
            [each.name, getattr(home.title, language), text, reading, *parameters,
             *(titles.get(rule, "") for rule in each.rules)]
        )  # fmt: skip
        if all(word in whole for word in words):
            found.append(ClauseLine(each.name, home, each.clause, each, text))
    return found


def covered(law: Law, name: str) -> Covered:
    """A clause with what cites it; KeyError when there is none."""
    for each in coverage(law):
        if each.name == name:
            return each
    raise KeyError(name)


def rule_of(rule_id: str) -> AnyRule:
    """KeyError when there is none of this id."""
    for rule in EVERY_RULE:
        if rule.id == rule_id:
            return rule
    raise KeyError(rule_id)


def entries(parameter: Parameter, day: date) -> list[Entry]:
    """Every number of a parameter with the day from which it holds, the newest first."""
    in_force = parameter.at(day)
    found = [
        Entry(
            each.since,
            each.label(parameter),
            _named(each.value),
            GRADE_NAMES[parameter.grades.get(each.since, parameter.grade)],
            in_force is not None and in_force.since == each.since,
        )
        for each in numbers_of(parameter)
    ]
    return sorted(found, key=lambda each: -each.since.toordinal())


def _named(value: object) -> str:
    """A value as people read it; codes of levels by name."""
    if isinstance(value, list):
        return "、".join(_named(each) for each in value)
    known = name_of("post_level_zb09", value) if isinstance(value, str) else None
    return known or written(value)


def parameters_of(rule: AnyRule, law: Law, day: date) -> list[str]:
    """Ids of the parameters whose values a rule asks for on a day; those of its clauses for a proceeding."""
    by_object = {id(each): name for name, each in law.parameters.items()}
    if isinstance(rule, Proceeding):
        return [name for name, each in law.parameters.items() if each.cites in rule.cites]
    context = Context(law.at(day))
    with suppress(NotInForce):
        rule.check(context)
    return [
        by_object[id(each.parameter)] for each in context.used if id(each.parameter) in by_object
    ]


def users_of(parameter: str, law: Law, day: date) -> list[AnyRule]:
    """Rules that ask for a parameter."""
    return [rule for rule in EVERY_RULE if parameter in parameters_of(rule, law, day)]


def about(rule: AnyRule) -> str:
    return _PROCEEDING if isinstance(rule, Proceeding) else ABOUT[rule.about]


def reads(rule: AnyRule, language: Language) -> Iterator[str]:
    """Names of what the rule asks for."""
    if isinstance(rule, Proceeding):
        for ask in rule.asks.values():
            yield translate(ask.name, language)
        return
    for name in dict.fromkeys((*rule.reads, *rule.also_reads)):
        yield _fact(name, language)


def _fact(name: str, language: Language) -> str:
    for each in (name, f"{name}_low"):
        try:
            column = declared(each)
        except KeyError:
            continue
        if language == "zh":
            return column.zh.removesuffix("（至少）")
        return column.en.removesuffix(", at least")
    return name


def grade_choices() -> list[tuple[str, str]]:
    return [(each.value, GRADE_NAMES[each]) for each in Grade]
