"""Why one person is or is not eligible for one post: the same expressions, on a frame of one row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from banzi.facts import PAIR_FACTS, PERSON_FACTS
from banzi.facts.origins import sources_of
from banzi.kernel.columns import Column, Kind
from banzi.kernel.dates import month_text
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import Language, MessageKind, render
from banzi.kernel.messages import gettext_noop as _
from banzi.law import Clause, Law, ValueInForce, load_law
from banzi.roster import TABLES, Roster
from banzi.rules.catalogue import RULES
from banzi.rules.runtime.judging import SHOWN, Outcome, columns_of, judge, make_case
from banzi.rules.runtime.verdicts import RANKED, Verdict

NO_SUCH_PAIR = MessageKind(
    "rules/no-such-pair", _("花名册中没有标识为“{person}”的人员或标识为“{post}”的职位")
)
HOLDS_POST = _("现任该职，任职条件不再适用")
HOLDER_STAYS = _("现任该职，是否继续任职由组织研究：{reason}")
WAIVED = _("{reason}；已由{by}于{on}同意破格（{document}）")
NOT_WAIVABLE = _("{reason}；该条不得破格，{by}的批准不影响结论")


@dataclass(frozen=True, slots=True)
class FactUsed:
    """A fact a rule read: its column, value (None: not known) and the places it came from."""

    column: Column
    value: object
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule's answer about one person and one post.

    `template` and `values` make the message (`message()`); "" when there is nothing to say.
    `missing` are the Chinese names of facts that are not known, or not precisely enough, and is
    empty unless the verdict is unknown. `changes_on` is the day a breach ends by itself.
    `waivable_by` is "" when nobody may agree to an exception.
    """

    rule_id: str
    title: str
    verdict: Verdict
    clauses: tuple[tuple[str, Clause], ...]
    parameters: tuple[ValueInForce, ...]
    facts: tuple[FactUsed, ...]
    template: str
    values: Mapping[str, object]
    missing: tuple[str, ...]
    changes_on: date | None
    waivable_by: str

    def message(self, language: Language = "zh") -> str:
        values = {
            name: render(value.template, value.values, language)
            if isinstance(value, _Inner)
            else value
            for name, value in self.values.items()
        }
        return render(self.template, values, language)


@dataclass(frozen=True, slots=True)
class _Inner:
    template: str
    values: Mapping[str, object]


def explain(
    roster: Roster, as_of: date, person_id: str, post_id: str, law: Law | None = None
) -> list[RuleResult]:
    """Every rule in force on the day, for one person and one post, in catalogue order.

    Raises
    ------
    BanziError
        `rules/no-such-pair` when the roster has no such person or post.
    """
    law = law or load_law()
    case = make_case(roster, as_of, law, [post_id], [person_id])
    if case.persons.height != 1 or case.posts.height != 1:
        raise BanziError(NO_SUCH_PAIR(person=person_id, post=post_id))
    return [
        _result(roster, person_id, post_id, law, judge(case, rule))
        for rule in RULES
        if rule.in_force(as_of)
    ]


def _result(roster: Roster, person_id: str, post_id: str, law: Law, outcome: Outcome) -> RuleResult:
    rule, row = outcome.rule, outcome.shown.row(0, named=True)
    verdict = RANKED[int(outcome.ranks[0, 0])]
    template, values = _message(roster, person_id, post_id, outcome, verdict, row)
    is_unknown = verdict is Verdict.UNKNOWN
    reads = [*columns_of(rule.reads), *columns_of(rule.also_reads)]
    return RuleResult(
        rule_id=rule.id,
        title=rule.title,
        verdict=verdict,
        clauses=tuple((name, law.clauses[name]) for name in rule.cites),
        parameters=outcome.parameters,
        facts=tuple(
            FactUsed(
                declared(name), shown_value(name, row[name]), sources_of(roster, person_id, name)
            )
            for name in reads
            if name in row
        ),
        template=template,
        values=values,
        missing=_missing(outcome, row) if is_unknown else (),
        changes_on=row["changes_on"] if verdict in (Verdict.FAIL, Verdict.REVIEW) else None,
        waivable_by=rule.waivable_by,
    )


def _message(
    roster: Roster,
    person_id: str,
    post_id: str,
    outcome: Outcome,
    verdict: Verdict,
    row: Mapping[str, Any],
) -> tuple[str, dict[str, object]]:
    check, rule = outcome.check, outcome.rule
    values: dict[str, object] = {
        name.removeprefix(SHOWN): value for name, value in row.items() if name.startswith(SHOWN)
    }
    if outcome.held[0, 0] and rule.for_holder == "skipped":
        return HOLDS_POST, {}
    if verdict is Verdict.UNKNOWN:
        return check.undecided, values
    if verdict is Verdict.PASS:
        return (check.satisfied if row["applies"] else check.elsewhere), values
    broken = row["truth"] is False
    reason = check.otherwise if broken else check.doubtful
    if not broken:
        return reason, values
    waiver = _waiver(roster, rule.id, person_id, post_id)
    if waiver is not None:
        by, on, document = waiver["approved_by"], waiver["approved_on"], waiver["document"]
        inner = _Inner(reason, values)
        if outcome.waived[0, 0]:
            return WAIVED, {"reason": inner, "by": by, "on": on, "document": document or "—"}
        if not rule.waivable_by:
            return NOT_WAIVABLE, {"reason": inner, "by": by}
    if outcome.held[0, 0] and rule.for_holder == "softened":
        return HOLDER_STAYS, {"reason": _Inner(reason, values)}
    return reason, values


def _waiver(roster: Roster, rule_id: str, person_id: str, post_id: str) -> dict[str, Any] | None:
    for row in roster["waivers"].sort("approved_on").iter_rows(named=True):
        if (row["rule_id"], row["person_id"], row["post_id"]) == (rule_id, person_id, post_id):
            return row
    return None


def _missing(outcome: Outcome, row: Mapping[str, Any]) -> tuple[str, ...]:
    """Facts that are null; where none is, spans too wide to decide; else what else was read."""
    rule = outcome.rule
    required = [name for name in columns_of(rule.reads) if name in row]
    absent = [name for name in required if row[name] is None]
    if not absent:
        absent = [
            name
            for name in required
            if name.endswith("_low") and row[name] != row[name.removesuffix("_low") + "_high"]
        ]
    if not absent:
        absent = [name for name in columns_of(rule.also_reads) if row.get(name) is None]
    names = (declared(name).zh.removesuffix("（至少）").removesuffix("（至多）") for name in absent)
    return tuple(dict.fromkeys(names))


def declared(name: str) -> Column:
    """The declaration of a fact or post feature that rules read."""
    for table in (PERSON_FACTS, PAIR_FACTS, TABLES["posts"], TABLES["organs"], TABLES["persons"]):
        if name in table:
            return table[name]
    raise KeyError(name)


def shown_value(name: str, value: object) -> object:
    """A fact as people read it: months as 2026.07, levels by name."""
    column = declared(name)
    if column.kind is Kind.MONTH and isinstance(value, int):
        return month_text(value)
    return value


def overall(results: Sequence[RuleResult]) -> Verdict:
    """The verdict of a pair from those of its rules."""
    return RANKED[max((RANKED.index(result.verdict) for result in results), default=0)]
