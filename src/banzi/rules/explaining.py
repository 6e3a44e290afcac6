"""Why one person is or is not eligible for one post: the same expressions, on a frame of one row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import polars as pl

from banzi.codes.levels import LADDER
from banzi.codes.lookup import name_of
from banzi.facts import PAIR_FACTS, PERSON_FACTS, RANK_FACTS, TEAM_FACTS
from banzi.facts.origins import Sources
from banzi.facts.sanctions import NEVER
from banzi.facts.waivers import Before
from banzi.kernel.columns import Column, Kind
from banzi.kernel.dates import month_text
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import Language, MessageKind, name_in, render, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.law import Clause, Law, ValueInForce, load_law
from banzi.roster import TABLES, Roster
from banzi.rules.catalogue import RULES
from banzi.rules.runtime import Rule
from banzi.rules.runtime.compiling import SHOWN, columns_of
from banzi.rules.runtime.judging import Case, Outcome, judge, make_case
from banzi.rules.runtime.verdicts import RANKED, Verdict
from banzi.rules.screening import Screening

NO_SUCH_PAIR = MessageKind(
    "rules/no-such-pair", _("花名册中没有标识为“{person}”的人员或标识为“{post}”的职位")
)
NO_SANCTION, YES, NO = _("没有处分和处理"), _("是"), _("否")
HOLDS_POST = _("现任该职，任职条件不再适用")
HOLDER_STAYS = _("现任该职，是否继续任职由组织研究：{reason}")
WAIVED = _("{reason}；已由{by}于{on}同意破格（{document}）")
NOT_WAIVABLE = _("{reason}；该条不得破格，{by}的批准不影响结论")
WAIVED_LATE = _("{reason}；{by}于{on}同意破格，未在{before}之前，不予计算")
WAIVED_WITHOUT_REASON = _("{reason}；{by}于{on}同意破格，没有写明理由，不予计算")
BEFORE: dict[Before, str] = {"discussion": _("讨论决定"), "inspection": _("考察")}
"""By when an exception must have been agreed to, as screens name it."""


@dataclass(frozen=True, slots=True)
class FactUsed:
    """A fact a rule read: its column, value (None: not known) and the places it came from."""

    column: Column
    value: object
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WaiverOnRecord:
    """The latest exception to a rule on record for a person and a post, and whether it counts."""

    approved_by: str
    approved_on: date
    document: str | None
    reason: str
    inspected_on: date | None
    discussed_on: date | None
    counts: bool


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule's answer about one person and one post.

    `template` and `values` make the message (`message()`); "" when there is nothing to say.
    `missing` are the Chinese names of facts that are not known, or not precisely enough, and is
    empty unless the verdict is unknown. `changes_on` is the day the verdict changes by itself if
    nothing in the records does; None when it does not, or when that cannot be told.
    `waivable_by` is "" when nobody may agree to an exception for this person and post (the rule
    knows none, or the case is past its limit); `waivable_before` says what the agreement must
    precede. `waiver` is None when none is on record.
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
    waivable_before: Before
    waiver: WaiverOnRecord | None

    def message(self, language: Language = "zh") -> str:
        return render(self.template, in_language(self.values, language), language)


@dataclass(frozen=True, slots=True)
class _Inner:
    template: str
    values: Mapping[str, object]


def in_language(values: Mapping[str, object], language: Language) -> dict[str, object]:
    """Values of a message: an inner message is rendered, a marked text translated."""
    return {
        name: render(value.template, in_language(value.values, language), language)
        if isinstance(value, _Inner)
        else translate(value, language)
        if isinstance(value, str)
        else value
        for name, value in values.items()
    }


def explain(
    roster: Roster,
    as_of: date,
    person_id: str,
    post_id: str,
    law: Law | None = None,
    rules: Sequence[Rule] = RULES,
) -> list[RuleResult]:
    """Every rule (or those given) in force on the day, for one person and one post, in order.

    Raises
    ------
    BanziError
        `rules/no-such-pair` when the roster has no such person or post.
    """
    book = law or load_law()
    case = make_case(roster, as_of, book, [post_id], [person_id])
    case_on = cache(case.on)
    if case.shape != (1, 1):
        raise BanziError(NO_SUCH_PAIR(person=person_id, post=post_id))
    sources = Sources(case.about, roster)
    asked = [rule for rule in rules if rule.in_force(as_of)]
    return [
        _with_confirmed_change(_result(case, outcome, 0, 0, sources), outcome.rule, case_on)
        for outcome in judge(case, asked, shown=True)
    ]


def _with_confirmed_change(
    result: RuleResult, rule: Rule, case_on: Callable[[date], Case]
) -> RuleResult:
    """Keep the day of change only where judging on that day, and the day before, shows it.

    A rule names the day on which its own count is full; the records may say that something else
    happens before then, such as the end of the level that is being counted.
    """
    day = result.changes_on
    if day is None:
        return result

    def verdict_on(then: date) -> Verdict:
        return RANKED[int(judge(case_on(then), [rule])[0].ranks[0, 0])]

    if verdict_on(day - timedelta(days=1)) is result.verdict is not verdict_on(day):
        return result
    return replace(result, changes_on=None)


def reasons(
    screening: Screening, post_id: str, only: Collection[str] | None = None
) -> dict[str, list[RuleResult]]:
    """For each person the rules that do not pass for a post, worst first; persons without any too.

    `only`: these persons; None for all.
    """
    post = screening.case.posts["post_id"].to_list().index(post_id)
    found: dict[str, list[RuleResult]] = {}
    for person, person_id in enumerate(screening.case.person_ids):
        if only is not None and person_id not in only:
            continue
        results = [
            _result(screening.case, outcome, post, person)
            for outcome in screening.outcomes
            if outcome.ranks[post, person] > 0
        ]
        found[person_id] = sorted(results, key=lambda result: -RANKED.index(result.verdict))
    return found


def _result(
    case: Case, outcome: Outcome, post: int, person: int, sources: Sources | None = None
) -> RuleResult:
    rule = outcome.rule
    row = outcome.row(post, person)
    verdict = RANKED[int(outcome.ranks[post, person])]
    template, values = _message(case, outcome, post, person, verdict, row)
    return RuleResult(
        rule_id=rule.id,
        title=rule.title,
        verdict=verdict,
        clauses=tuple((name, case.law.clauses[name]) for name in rule.cites),
        parameters=outcome.parameters,
        facts=tuple(
            FactUsed(
                declared(name),
                row[name],
                sources.of(name) if sources else (),
            )
            for name in outcome.compiled.reads
            if name in row
        ),
        template=template,
        values=values,
        missing=missing_facts(rule, row) if verdict is Verdict.UNKNOWN else (),
        changes_on=_change(case, outcome, post, person, row["changes_on"]) if sources else None,
        waivable_by=rule.waivable_by if row["waivable"] else "",
        waivable_before=rule.waivable_before,
        waiver=_on_record(case, outcome, post, person) if sources else None,
    )


def _change(case: Case, outcome: Outcome, post: int, person: int, day: date | None) -> date | None:
    """The day a verdict changes by itself; what a waiver or the seat held settles does not."""
    settled = outcome.waived[post, person] or (
        outcome.held[post, person] and outcome.rule.for_holder == "skipped"
    )
    return None if settled or day is None or day <= case.as_of else day


def _message(
    case: Case,
    outcome: Outcome,
    post: int,
    person: int,
    verdict: Verdict,
    row: Mapping[str, Any],
) -> tuple[str, dict[str, object]]:
    check, rule = outcome.check, outcome.rule
    is_held = bool(outcome.held[post, person])
    values: dict[str, object] = {
        name.removeprefix(SHOWN): value for name, value in row.items() if name.startswith(SHOWN)
    }
    if is_held and rule.for_holder == "skipped":
        return HOLDS_POST, {}
    if verdict is Verdict.UNKNOWN:
        return check.undecided, values
    if verdict is Verdict.PASS:
        return (check.satisfied if row["applies"] else check.elsewhere), values
    if row["truth"]:
        return check.doubtful, values
    inner = _Inner(check.otherwise, values)
    waiver = _on_record(case, outcome, post, person)
    if waiver is not None:
        return _with_waiver(inner, waiver, rule, is_waivable=row["waivable"])
    if is_held and rule.for_holder == "softened":
        return HOLDER_STAYS, {"reason": inner}
    return inner.template, values


def _with_waiver(
    inner: _Inner, waiver: WaiverOnRecord, rule: Rule, *, is_waivable: bool
) -> tuple[str, dict[str, object]]:
    """A breach together with the exception on record: why it counts, or why it does not."""
    by, on = waiver.approved_by, waiver.approved_on
    if not (rule.waivable_by and is_waivable):
        return NOT_WAIVABLE, {"reason": inner, "by": by}
    if waiver.counts:
        document = waiver.document or "—"
        return WAIVED, {"reason": inner, "by": by, "on": on, "document": document}
    if not waiver.reason.strip():
        return WAIVED_WITHOUT_REASON, {"reason": inner, "by": by, "on": on}
    before = BEFORE[rule.waivable_before]
    return WAIVED_LATE, {"reason": inner, "by": by, "on": on, "before": before}


def _on_record(case: Case, outcome: Outcome, post: int, person: int) -> WaiverOnRecord | None:
    """The latest waiver of the rule by the day; one that counts before one that does not."""
    if not case.waivers.height:
        return None
    found = case.waivers.filter(
        (pl.col("rule_id") == outcome.rule.id)
        & (pl.col("person_id") == case.person_ids[person])
        & (pl.col("post_id") == case.posts["post_id"][post])
    )
    if not found.height:
        return None
    in_time = pl.col(f"in_time_for_{outcome.rule.waivable_before}")
    row = (
        found.with_columns(counts=in_time & pl.col("is_reasoned"))
        .sort("counts", maintain_order=True)
        .row(-1, named=True)
    )
    return WaiverOnRecord(
        approved_by=row["approved_by"],
        approved_on=row["approved_on"],
        document=row["document"],
        reason=row["reason"],
        inspected_on=row["inspected_on"],
        discussed_on=row["discussed_on"],
        counts=bool(outcome.waived[post, person]),
    )


def missing_facts(rule: Rule, row: Mapping[str, Any]) -> tuple[str, ...]:
    """Facts that are null; where none is, spans too wide to decide; else what else was read."""
    required = [name for name in columns_of(rule.reads) if name in row]
    absent = [name for name in required if row[name] is None]
    if not absent:
        absent = [
            name
            for name in required
            if name.endswith("_low") and row[name] != row[name.removesuffix("_low") + "_high"]
        ]
    others = [name for name in columns_of(rule.also_reads) if name in row]
    if not absent:
        absent = [name for name in others if row[name] is None]
    if not absent:
        absent = required + others
    names = (
        fact_name(declared(name)).removesuffix("（至少）").removesuffix("（至多）")
        for name in absent
    )
    return tuple(dict.fromkeys(names))


def declared(name: str) -> Column:
    """The declaration of a fact or post feature that rules read."""
    for table in (
        PERSON_FACTS,
        PAIR_FACTS,
        TEAM_FACTS,
        RANK_FACTS,
        TABLES["posts"],
        TABLES["organs"],
        TABLES["persons"],
    ):
        if name in table:
            return table[name]
    raise KeyError(name)


_LEVELS = {
    "level_order": ("现职务层次", "present post level"),
    "target_level_order": ("拟任职务层次", "level of the post"),
}
"""Facts that compare levels by their order; readers are shown the level itself."""


def fact_name(column: Column, language: Language = "zh") -> str:
    """What a fact is called where it is shown to readers."""
    zh, en = _LEVELS.get(column.name, (column.zh, column.en))
    return zh if language == "zh" else en


def fact_text(fact: FactUsed, language: Language = "zh") -> str:
    """A fact's value as people read it: months as 2026.07, codes and levels by name, null in words."""
    column, value = fact.column, fact.value
    if value is None:
        return translate(column.null, language)
    if value == NEVER:
        return translate(NO_SANCTION, language)
    if isinstance(value, bool):
        return translate(YES if value else NO, language)
    if column.kind is Kind.MONTH and isinstance(value, int):
        return month_text(value)
    if column.name in _LEVELS and isinstance(value, int):
        return name_of("post_level_zb09", LADDER[value - 1]) or str(value)
    if column.codes and isinstance(value, str):
        return name_of(column.codes, value) or value
    if column.choices is not None:
        chosen = next(each for each in column.choices if each.value == value)
        return name_in(chosen, language)
    return str(value)


def parameter_text(used: ValueInForce) -> str:
    """A value of the law as people read it; a table of codes or heads is "" (its title says it)."""
    value = used.value
    if isinstance(value, dict):
        labels = used.parameter.labels
        return "，".join(f"{labels[key]}{value[key]}" for key in value if key in labels)
    if isinstance(value, list):
        return "、".join(name_of("post_level_zb09", each) or str(each) for each in value)
    return name_of("post_level_zb09", value) or value if isinstance(value, str) else str(value)


def overall(results: Sequence[RuleResult], of_none: Verdict = Verdict.UNKNOWN) -> Verdict:
    """The verdict of a pair from those of its rules in force.

    Where none is in force nothing was checked; who lists only the rules that do not pass says
    what an empty list means (`of_none`).
    """
    return max((result.verdict for result in results), key=RANKED.index, default=of_none)
